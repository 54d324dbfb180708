/* A series judged: a finding for each signature. */
#ifndef ANALYSE_TREND_H
#define ANALYSE_TREND_H

#include "analyse/series.h"
#include "analyse/verdict.h"

struct grl_trend {
    struct series series;
    struct arena arena; /* counts and evidence */
    struct grl_finding *findings;
    size_t count;
    size_t leaks;
};

/* Judge COUNT dumps, whose stacks have indexes below ROWS. */
enum grl_status trend_new(struct grl_trend **out, struct snapshot *const *dumps,
                          size_t count, size_t rows, struct grl_error *err);

#endif
