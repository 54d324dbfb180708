/*
 * At what pace they came, by time: evenly, or ever more slowly as what fills
 * up does.  Related to Laplace's test for a trend in a Poisson process (Cox and
 * Lewis 1966, "The statistical analysis of series of events"), for goroutines
 * that come in bursts.
 */
#ifndef ANALYSE_PACE_H
#define ANALYSE_PACE_H

#include "analyse/arrivals.h"

/* They become ever fewer: the last third of the segments brought hardly any,
 * or in a short series fewer and they fall all along, which is more than
 * chance.  *SLOWS.  GRL_ENOMEM. */
enum grl_status arrivals_slow(const struct arrivals *a, bool *slows);

/* The restart brought a build that has no leak. */
bool arrivals_ended_by_restart(const struct arrivals *a);

#endif
