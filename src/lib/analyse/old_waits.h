/*
 * A goroutine that is blocked longer than the time between two dumps was there
 * at the first: no restart.  The longest wait of a signature grows by that time
 * when its goroutine never wakes; else the times of the dumps are not true, or
 * the dumps are of two processes.  After a restart no wait is longer.
 */
#ifndef ANALYSE_OLD_WAITS_H
#define ANALYSE_OLD_WAITS_H

#include "analyse/series.h"

struct old_waits {
    size_t on;   /* signatures whose longest wait went on */
    size_t anew; /* ... is no longer than the time between */
};

/* From dump D of S to the next; both 0 where their times are unknown. */
struct old_waits old_waits_at(const struct series *s, size_t d);

#endif
