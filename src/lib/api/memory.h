/* What heap profiles tell of a process's memory, and the dumps it belongs to.
 */
#ifndef API_MEMORY_H
#define API_MEMORY_H

#include "goroleak.h"

struct grl_dumps;

/* Readings without a dump so far; zero-initialise. */
struct memories {
    struct reading_of_memory {
        const char *source; /* the dumps' own */
        struct grl_memory memory;
        bool used;
    } * list;
    size_t count;
    size_t capacity;
};

/* M was read from the source at hand: of the dump before it there, or of one
 * of the same name, or of one to come. */
enum grl_status memory_take(struct grl_dumps *d, const struct grl_memory *m);

/* The source at hand is at its end: its dumps take what waits for them.  True
 * when there was memory in this source. */
bool memory_settle(struct grl_dumps *d);

#endif
