/* Snapshots that are like ones that were recorded before. */
#ifndef STORE_COPIES_H
#define STORE_COPIES_H

#include "store/history.h"

#include "base/xxh.h"

/*
 * *DIGEST is that of what W has.  It becomes what W is kept under, and
 * *COUNTED says that it is there already.
 */
enum grl_status copies_find(sqlite3 *db, const struct written *w,
                            XXH128_canonical_t *digest, bool *counted,
                            struct grl_error *err);

#endif
