/*
 * The shape of one run of counts: how it moves, and when it last reached a new
 * high.  A leak goes on setting new highs, at whatever pace; what grew and
 * stopped does not.
 */
#ifndef ANALYSE_SHAPE_H
#define ANALYSE_SHAPE_H

#include "analyse/samples.h"

struct shape {
    size_t steps;          /* from one dump to the next, inside segments */
    size_t rises;          /* steps up */
    size_t falls;          /* steps down */
    uint64_t risen;        /* goroutines gained over all steps up */
    uint64_t fallen;       /* goroutines lost over all steps down */
    uint64_t largest_step; /* goroutines gained in one step, at most */
    uint64_t last_step;    /* gained in the last step */
    size_t highs;          /* new highs of the last segment */
    size_t longest_wait;   /* steps between two of them, at most */
    size_t since_high;     /* steps since the last one, or since the start */
};

/* COUNTS are by place among the samples of S. */
struct shape shape_of(const uint64_t *counts, const struct samples *s);

/* It rose over several steps and then stopped for longer than ever before. */
bool shape_is_plateau(const struct shape *s);

/* Most of what it gained, it lost again. */
bool shape_is_oscillation(const struct shape *s);

#endif
