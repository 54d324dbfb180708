/* Files of one moment that differ in what they are of. */
#ifndef INPUT_SAME_NAME_H
#define INPUT_SAME_NAME_H

#include "base/text.h"

/*
 * Are the names of A and B the same but for words that say what kind of profile
 * and what format it is?  "t/01_heap1.txt" and "t/01_debug2.txt.gz" are, and
 * "goroutine.txt" and "heap.txt" of one folder.
 */
bool same_name(const char *a, const char *b);

#endif
