/* Memory that is given out piece by piece and freed all at once. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "goroleak.h"

struct arena_block;

/* Zero-initialise to start empty. */
struct arena {
    struct arena_block *blocks;
    size_t used; /* bytes of the newest block */
    size_t size;
};

/* Bytes behind any piece that may be read, whatever they are. */
enum { ARENA_SLACK_BYTES = 128 };

/* LEN zeroed bytes, aligned for any object; NULL when out of memory. */
void *arena_take(struct arena *a, size_t len);

/* A NUL-terminated copy of T; NULL when out of memory. */
char *arena_copy(struct arena *a, struct grl_text t);

void arena_free(struct arena *a);

#endif
