/* What names of files say besides what the files are of. */
#ifndef INPUT_MOMENT_H
#define INPUT_MOMENT_H

#include "base/text.h"

/*
 * PATH without the words of its last name that say what kind of profile and
 * what format it is, into OUT, which has room for PATH; its length.  Files of
 * one moment have the same: "t/01_heap1.txt" and "t/01_debug2.txt.gz", and
 * "goroutine.txt" and "heap.txt" of one folder.
 */
size_t moment_name(struct grl_text path, char *out);

#endif
