/*
 * Do goroutines of one signature come and go, or come and stay?
 *
 * Ids never repeat in a process, so each goroutine's stay is known: from the
 * first to the last dump that shows it.  One that two dumps show has settled;
 * requests in flight hardly ever do.  In a process at rest as many settled
 * goroutines leave as new ones settle; in a leak hardly one leaves, and new
 * ones settle all along.
 */
#ifndef ANALYSE_TURNOVER_H
#define ANALYSE_TURNOVER_H

#include "analyse/arrivals.h"
#include "analyse/series.h"

struct turnover {
    bool known;        /* ids were complete in all dumps */
    uint64_t added;    /* came after the first dump and before the last */
    uint64_t survived; /* of those, still there at the end */
    uint64_t settled;  /* came after the first dump and were seen again */
    uint64_t stayed;   /* of those, still there at the end */
    uint64_t left;     /* settled ones, of the first dump too, that went */
    uint64_t recent_settled;  /* the same two in the last third of the last */
    uint64_t recent_left;     /* segment */
    bool fresh_at_end;        /* the last dump shows somebody new */
    struct arrivals arrivals; /* over all segments */
    struct arrivals longest;  /* in the longest one */
};

/* All segments together.  GRL_ENOMEM. */
enum grl_status turnover_measure(const struct series *s, size_t row,
                                 struct turnover *out);

/*
 * The probability that, with coming and going in balance, so few of the
 * settled ones leave: the sign test, P(Bin(settled + left, 1/2) <= left).
 * Dixon and Mood (1946), "The statistical sign test".
 */
double turnover_p_value(const struct turnover *t);

#endif
