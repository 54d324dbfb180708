/* Sets of goroutine ids as ascending arrays; ids never repeat in a process. */
#ifndef ANALYSE_IDSET_H
#define ANALYSE_IDSET_H

#include "model/tally.h"

struct idset {
    const uint64_t *ids; /* ascending */
    size_t count;
};

/* The ids of T, which may be NULL; empty when not all of them are known. */
struct idset idset_of(const struct tally *t);

/* How many ids are in both. */
uint64_t idset_common(struct idset a, struct idset b);

#endif
