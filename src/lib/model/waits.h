/*
 * How long goroutines have waited: a histogram of minutes whose memory does
 * not grow with the number of goroutines.  Below 128 minutes it is exact,
 * above it keeps 64 steps an octave, so a median is off by at most 1 part in
 * 64 (as in HdrHistogram); min and max are exact.
 */
#ifndef MODEL_WAITS_H
#define MODEL_WAITS_H

#include "goroleak.h"

/* Zero-initialise. */
struct waits {
    /* Steps with a count, by linear probing from the step's number on, so that
     * the short waits that most have lie close together. */
    uint64_t *slots; /* a step above WAITS_COUNT_BITS of its count, which stays
                        at the most they hold; 0 is free; NULL while all share
                        a step */
    uint32_t count;
    uint32_t capacity; /* a power of two, or 0 */
    uint64_t known;
    int64_t min, max;
};

enum { WAITS_COUNT_BITS = 52 };

/* False when out of memory. */
bool waits_add(struct waits *w, int64_t minutes, uint64_t times);
/* Have the processor fetch where MINUTES are counted. */
void waits_prepare(const struct waits *w, int64_t minutes);

struct grl_waits waits_summary(const struct waits *w);
void waits_free(struct waits *w);

#endif
