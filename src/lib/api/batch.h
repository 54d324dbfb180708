/*
 * Many files in order.  Where several threads read, each takes the next small
 * file whole, and the caller's thread what is in them; whatever else there is
 * is read as reading_file() does, when its turn comes.
 */
#ifndef API_BATCH_H
#define API_BATCH_H

#include "goroleak.h"

/* Read COUNT PATHS, none of which is a folder; see api/reading.h. */
enum grl_status batch_read(struct grl_dumps *d, const char *const *paths,
                           size_t count, bool listed, struct grl_error *err);

#endif
