/*
 * When did those who stayed come?  A leak brings new ones all along, at
 * whatever pace; a pool that warms up, a cache that fills or one step bring
 * theirs and stop.
 */
#ifndef ANALYSE_ARRIVALS_H
#define ANALYSE_ARRIVALS_H

#include "analyse/turnover.h"

/* A sample that could bring goroutines. */
struct arrival {
    uint64_t count; /* came with it and stayed */
    double seconds; /* since the sample before */
};

struct arrivals {
    struct arrival *list; /* in order, over all segments */
    size_t *starts;       /* segment n has list[starts[n] .. starts[n + 1]) */
    size_t segment_count;
    bool *cut;       /* by segment: up to half of it, its end, is cut off, so
                        its pace is untold */
    uint64_t *rates; /* scratch */
    uint64_t total;
    size_t bringing;      /* that brought some */
    size_t most_bringing; /* in one segment */
};

/* Scratch for many rows of S.  Free with arrivals_free() in any case.
 * GRL_ENOMEM. */
enum grl_status arrivals_init(struct arrivals *a, const struct series *s);

/* Fill A for the row of which AT and T are known. */
void arrivals_measure(struct arrivals *a, const struct series *s,
                      const struct stay *at, const struct turnover *t);

/* Nearly all came with one sample: as many steps as have the same sum and the
 * same sum of squares (the participation ratio) are hardly more than one. */
bool arrivals_are_one_step(const struct arrivals *a);

void arrivals_free(struct arrivals *a);

#endif
