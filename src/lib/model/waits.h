/*
 * How long goroutines have waited: a histogram of minutes whose memory does
 * not grow with the number of goroutines.  Below 128 minutes it is exact,
 * above it keeps 64 steps an octave, so a median is off by at most 1 part in
 * 64 (as in HdrHistogram); min and max are exact.
 */
#ifndef MODEL_WAITS_H
#define MODEL_WAITS_H

#include "goroleak.h"

struct wait_step {
    uint32_t step; /* number of the bucket, ascending */
    uint64_t count;
};

/* Zero-initialise. */
struct waits {
    struct wait_step *steps; /* only those with a count */
    size_t count;
    size_t capacity;
    uint64_t known;
    int64_t min, max;
};

/* False when out of memory. */
bool waits_add(struct waits *w, int64_t minutes, uint64_t times);
bool waits_merge(struct waits *into, const struct waits *from);
struct grl_waits waits_summary(const struct waits *w);
void waits_free(struct waits *w);

#endif
