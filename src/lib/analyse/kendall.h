/*
 * The Mann-Kendall test for a rising trend.
 *
 * Mann (1945), "Nonparametric tests against trend"; Kendall (1975), "Rank
 * Correlation Methods", for the variance with ties.  Short series are exact:
 * under no trend every order of the values is as likely, and the number of
 * falling pairs of a multiset is distributed as the q-multinomial coefficient
 * (Stanley, "Enumerative Combinatorics 1", section 1.7).  Several series are
 * summed as seasons are by Hirsch, Slack and Smith (1982), "Techniques of
 * trend analysis for monthly water quality data".
 */
#ifndef ANALYSE_KENDALL_H
#define ANALYSE_KENDALL_H

#include "goroleak.h"

enum { KENDALL_EXACT_MOST = 40 }; /* values in all series together */

/* One run of values in time order. */
struct kendall_series {
    const uint64_t *values;
    size_t count;
};

struct kendall {
    int64_t s;       /* rising pairs less falling pairs */
    double variance; /* of s under no trend, with ties */
    double p;        /* one-sided: P(S >= s) under no trend; 1 without pairs */
};

/* Test COUNT series together.  GRL_ENOMEM. */
enum grl_status kendall_test(const struct kendall_series *series, size_t count,
                             struct kendall *out);

#endif
