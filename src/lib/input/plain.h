/* A stream that is not packed, to its end: by one thread, or several. */
#ifndef INPUT_PLAIN_H
#define INPUT_PLAIN_H

#include "input/source.h"
#include "input/stream.h"

/* Files that are worth mapping; of their front no more should have been read
 * than shows what they are. */
enum { PLAIN_LARGE_BYTES = 256 * 1024 };

/* Show VISIT what S, a file that is LARGE or anything else, has from here on.
 * Its own failure, that of VISIT, or GRL_EIO when S cannot be read. */
enum grl_status plain_read(struct stream *s, const struct source_visit *visit,
                           bool large, struct grl_error *err);

#endif
