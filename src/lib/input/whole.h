/* Small files, read at once. */
#ifndef INPUT_WHOLE_H
#define INPUT_WHOLE_H

#include "input/source.h"

/* Is PATH a file of less than ROOM bytes? */
bool whole_can(const char *path, size_t room);

/*
 * Read all of PATH into TO, *LEN bytes, if it is a file of at most ROOM bytes
 * that is not packed.  False: it is to be read by source_read(), which says
 * what is wrong with it; nothing was taken from it.
 */
bool whole_read(const char *path, char *to, size_t room, size_t *len,
                struct source_facts *facts);

#endif
