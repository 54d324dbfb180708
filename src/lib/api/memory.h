/* What heap profiles tell of a process's memory, and the dumps it belongs to.
 */
#ifndef API_MEMORY_H
#define API_MEMORY_H

#include "base/strings.h"
#include "base/table.h"

struct grl_dumps;
struct snapshot;

/* Sources whose names differ only in what they are of. */
struct moment {
    const struct string *name; /* the key, by address: it is interned */
    struct snapshot *dump;     /* the latest, or NULL */
    struct grl_memory memory;  /* of a dump to come */
    bool waits;
    bool lost;
    UT_hash_handle hh;
};

/* Zero-initialise. */
struct memories {
    struct arena arena;
    struct moment *table;
    struct moment *now; /* of the source at hand */
    bool told;          /* this source told some */
};

/* The source at hand is NAME.  False when out of memory. */
bool memory_begin(struct grl_dumps *d, const char *name);

/* M was read from it: of the dump before it there, or of one of its moment, or
 * of one to come. */
void memory_take(struct grl_dumps *d, const struct grl_memory *m);

/* It is at its end: its last dump takes what waits for it. */
void memory_settle(struct grl_dumps *d);

void memory_free(struct memories *m);

#endif
