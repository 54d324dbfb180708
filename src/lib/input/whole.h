/* Small files, read at once. */
#ifndef INPUT_WHOLE_H
#define INPUT_WHOLE_H

#include "input/source.h"

/* Is PATH a file of less than ROOM bytes, and not empty? */
bool whole_can(const char *path, size_t room);

/*
 * Read PATH, of which whole_can() was true, into TO: *LEN bytes, as many as it
 * had when it was opened, fewer than ROOM.  False when it is packed, or has
 * changed: it is to be read by source_read(), which says what is wrong with it;
 * nothing was taken from it.
 */
bool whole_read(const char *path, char *to, size_t room, size_t *len,
                struct source_facts *facts);

#endif
