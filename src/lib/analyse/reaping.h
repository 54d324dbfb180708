/*
 * Goroutines that are reaped together every so often: the count is a sawtooth.
 * Since the last time they only came, and look like a leak until the next.
 */
#ifndef ANALYSE_REAPING_H
#define ANALYSE_REAPING_H

#include "analyse/stays.h"

/* Most goroutines went at once some time, and since then not twice as long has
 * passed as it took at most. */
bool reaping_may_come(const struct series *s, const struct stay *at);

#endif
