/* A stream that is not packed, to its end: by one thread, or several. */
#ifndef INPUT_PLAIN_H
#define INPUT_PLAIN_H

#include "input/source.h"
#include "input/stream.h"

/* Show VISIT what S has from here on.  Its own failure, that of VISIT, or
 * GRL_EIO when S cannot be read. */
enum grl_status plain_read(struct stream *s, const struct source_visit *visit,
                           struct grl_error *err);

#endif
