/*
 * How long nobody came.  A leak goes on; what has filled up does not.  Pauses
 * are counted in dumps, and how often dumps bring some is taken for constant
 * (a Bernoulli process).
 */
#ifndef ANALYSE_PAUSES_H
#define ANALYSE_PAUSES_H

#include "analyse/arrivals.h"

/* A pause at the end longer than chance and than any pause before: over all
 * segments, or in the longest one. */
bool arrivals_paused(const struct arrivals *a);

/* They drip: in a process that was not restarted some come again and again, in
 * an even beat, or four times and more never after a pause half as long again
 * as the mean.  Chance is not so regular. */
bool arrivals_drip(const struct arrivals *a);

#endif
