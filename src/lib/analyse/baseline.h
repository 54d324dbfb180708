/* What a baseline is of: the process, another run, another build. */
#ifndef ANALYSE_BASELINE_H
#define ANALYSE_BASELINE_H

#include "analyse/assert.h"

/* *WHAT is NONE without a baseline.  GRL_EMIXED for one of another program. */
enum grl_status baseline_know(const struct assertion_input *in,
                              enum grl_baseline *what, struct grl_error *err);

#endif
