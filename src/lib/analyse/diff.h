/* Two dumps compared, signature by signature. */
#ifndef ANALYSE_DIFF_H
#define ANALYSE_DIFF_H

#include "analyse/series.h"

struct grl_diff {
    struct grl_change *changes;
    size_t count;
    bool restarted;
};

/* PAIR is before and after; their stacks have indexes below ROWS. */
enum grl_status diff_new(struct grl_diff **out, struct snapshot *const *pair,
                         size_t rows, struct grl_error *err);

#endif
