/*
 * The Theil-Sen slope: the median of the slopes of all pairs.
 *
 * Theil (1950), "A rank-invariant method of linear and polynomial regression
 * analysis"; Sen (1968), "Estimates of the regression coefficient based on
 * Kendall's tau".  Pairs are never taken across a restart.
 */
#ifndef ANALYSE_THEIL_SEN_H
#define ANALYSE_THEIL_SEN_H

#include "goroleak.h"

/* A longer series is thinned evenly to this many points, so that the cost
 * stays linear in its length. */
enum { THEIL_SEN_MOST = 256 };

struct point {
    double x;
    double y;
    size_t segment; /* only points of one segment make a pair */
};

/* *OUT is the slope in y per x, NaN when no pair has two different x.
 * GRL_ENOMEM. */
enum grl_status theil_sen(const struct point *points, size_t count,
                          double *out);

#endif
