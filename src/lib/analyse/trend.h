/* Series judged, each instance alone: a finding for each signature. */
#ifndef ANALYSE_TREND_H
#define ANALYSE_TREND_H

#include "analyse/judge.h"

struct grl_trend {
    struct trend_part *parts;
    size_t part_count;
    struct grl_finding *findings; /* of all parts */
    size_t count;
    size_t leaks;
    size_t segments;
};

/* Judge COUNT dumps, each instance alone; their stacks have indexes below
 * ROWS. */
enum grl_status trend_new(struct grl_trend **out, struct snapshot *const *dumps,
                          size_t count, size_t rows, struct grl_error *err);

#endif
