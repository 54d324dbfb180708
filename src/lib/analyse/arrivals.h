/*
 * When did those who stayed come?  A leak brings new ones all along, at
 * whatever pace; a pool that warms up, a cache that fills or one step bring
 * theirs and stop.
 */
#ifndef ANALYSE_ARRIVALS_H
#define ANALYSE_ARRIVALS_H

#include "goroleak.h"

/* One dump that could bring goroutines, in order, over all segments. */
struct arrival {
    uint64_t stayed; /* came with it, were seen again and stayed */
    double hours;    /* since the dump before; 1 when times are unknown */
};

struct arrivals {
    size_t dumps;       /* that could bring some */
    size_t bringing;    /* that did */
    size_t span;        /* dumps from the first to the last that did */
    size_t longest_gap; /* dumps between two that did, at most */
    size_t end_gap;     /* dumps since the last that did */
    size_t late_dumps;  /* in the last third */
    size_t late_bringing;
    uint64_t stayed;  /* goroutines in all */
    double late_rate; /* pace of the last third beside that of all; 1 is
                         even, NaN without arrivals */
};

struct arrivals arrivals_of(const struct arrival *list, size_t count);

/* They have stopped coming: the pause at the end is longer than chance and
 * twice any pause before, or the last third brought hardly any. */
bool arrivals_stopped(const struct arrivals *a);

#endif
