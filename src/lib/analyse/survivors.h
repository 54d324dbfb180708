/*
 * Did what was added stay?  Of the goroutines of one signature that appeared
 * after the first dump of a segment and before its last, how many are in the
 * last one.  Those that only the last dump shows have had no time to go.
 */
#ifndef ANALYSE_SURVIVORS_H
#define ANALYSE_SURVIVORS_H

#include "analyse/series.h"

struct survivors {
    uint64_t added;
    uint64_t survived;
    bool known; /* ids were complete in all dumps */
};

/* Over all segments together.  GRL_ENOMEM. */
enum grl_status survivors_count(const struct series *s, size_t row,
                                struct survivors *out);

#endif
