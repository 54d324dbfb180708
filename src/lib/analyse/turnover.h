/*
 * Do goroutines of one signature come and go, or come and stay?
 *
 * In a process at rest as many settled goroutines leave as new ones settle; in
 * a leak hardly one leaves, and new ones settle all along.
 */
#ifndef ANALYSE_TURNOVER_H
#define ANALYSE_TURNOVER_H

#include "analyse/stays.h"

/* Over all segments; the first sample of each shows whom it has, not who
 * came. */
struct turnover {
    bool known;       /* ids were complete in all dumps */
    uint64_t came;    /* behind the first sample */
    uint64_t alive;   /* of those, there at the end */
    uint64_t settled; /* of those that came, settled */
    uint64_t stayed;  /* of those, there at the end */
    uint64_t left;    /* settled ones, of the first sample too, that went */
    uint64_t fresh;   /* there at the last end, too late to settle */

    uint64_t recent_settled; /* settled and left again, of the last third of */
    uint64_t recent_left;    /* the last segment */
    uint64_t elders;         /* settled in the first half of a segment */
    uint64_t elders_stayed;
    uint64_t first; /* settled ones of the first samples */
    uint64_t first_gone;
    uint64_t gone; /* of all that were ever seen */

    /* The report's words: came before the last sample, there at the end. */
    uint64_t added, survived;
};

struct turnover turnover_of(const struct series *s, const struct stay *at,
                            size_t row);

/* Hardly one that came is gone: no requests share the signature. */
bool turnover_is_pure(const struct turnover *t);

/* Nobody is gone: none that came, and none that was there. */
bool turnover_is_nil(const struct turnover *t);

/* Half of those that came and settled stayed, the first ones and the latest
 * too. */
bool turnover_stays(const struct turnover *t);

/*
 * The probability that, with coming and going in balance, so few of the
 * settled ones leave: the sign test, P(Bin(settled + left, 1/2) <= left).
 * Dixon and Mood (1946), "The statistical sign test".
 */
double turnover_p_value(const struct turnover *t);

#endif
