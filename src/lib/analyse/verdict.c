#include "analyse/verdict.h"

#include <math.h>

/* Fewer dumps than this and no test can tell anything. */
enum { FEWEST_TESTED = 5, FEWEST_JUDGED = 3 };

/* Comings and goings of fewer goroutines than this are not worth telling. */
enum { FEWEST_TOLD = 3 };

/* A leak accuses somebody's code, so it must be surer than a trend. */
static const double SURE_LEAK = 0.01;
static const double SURE_TREND = 0.05;

/* Of the settled goroutines that were added, this share must stay, and in the
 * last third not so many may leave for one that settles. */
static const double MOST_STAY = 0.5;
static const double RECENT_BALANCE = 0.6;

/* What stayed came in the last third by this share at least; a third would be
 * even, and what saturates comes early. */
static const double LATE_ENOUGH = 0.12;

double verdict_leak_p(const struct facts *f)
{
    double p = f->turnover.known ? turnover_p_value(&f->turnover) : 1;

    if (!f->turnover.known)
        return f->rising_p;
    if (f->turnover.left == 0 && !isnan(f->rising_p))
        p = fmin(p, f->rising_p);
    return fmin(2 * p, 1); /* two looks at one series */
}

/* ------------------------------------------------- by the goroutines' ids */

static bool settled_stay(const struct turnover *t)
{
    return (double)t->stayed >= MOST_STAY * (double)t->settled &&
           (double)t->recent_left <= RECENT_BALANCE * (double)t->recent_settled;
}

/* New ones went on coming until the end, at whatever pace. */
static bool still_coming(const struct facts *f)
{
    enum { SHORTEST = 3 };
    const struct turnover *t = &f->turnover;

    if (f->truncated)
        return t->bringing > 1;
    if (t->end_gap >= SHORTEST && t->end_gap >= 2 * t->longest_gap)
        return false;
    return t->bringing > 1 && t->late_share >= LATE_ENOUGH;
}

/* Three or four dumps: every step must rise and not one may have left. */
static bool leaks_in_few(const struct facts *f)
{
    return f->shape.steps > 0 && f->shape.rises == f->shape.steps &&
           f->turnover.settled >= FEWEST_TOLD && f->turnover.left == 0;
}

static bool leaks_by_ids(const struct facts *f)
{
    if (f->dumps < FEWEST_TESTED)
        return leaks_in_few(f);
    return f->leak_p <= SURE_LEAK && settled_stay(&f->turnover) &&
           still_coming(f);
}

/* ------------------------------------------------------ by counts alone */

static bool leaks_by_counts(const struct facts *f)
{
    return f->dumps >= FEWEST_TESTED && f->leak_p <= SURE_LEAK &&
           !shape_is_oscillation(&f->shape) &&
           (f->truncated || !shape_is_plateau(&f->shape)) && f->shape.highs > 1;
}

static bool leaks(const struct facts *f)
{
    if (f->dumps < FEWEST_JUDGED || f->last == 0)
        return false;
    return f->turnover.known ? leaks_by_ids(f) : leaks_by_counts(f);
}

/* --------------------------------------------------------- all the others */

static bool grows(const struct facts *f)
{
    if (f->last <= f->first)
        return false;
    if (f->dumps < FEWEST_TESTED)
        return f->shape.rises == f->shape.steps;
    return f->rising_p <= SURE_TREND && !shape_is_plateau(&f->shape);
}

static bool falls(const struct facts *f)
{
    if (f->last >= f->first || f->shape.rises > f->shape.falls)
        return false;
    if (f->dumps < FEWEST_TESTED)
        return f->shape.rises == 0;
    return f->falling_p <= SURE_TREND || f->last == 0;
}

/* Steps that are large beside the level, not its noise. */
static bool swings(const struct facts *f)
{
    return f->dumps >= FEWEST_JUDGED && shape_is_oscillation(&f->shape) &&
           (f->most - f->least) * 4 >= f->most;
}

enum grl_verdict verdict_of(const struct facts *f)
{
    if (leaks(f))
        return GRL_LEAKING;
    if (f->most - f->least < FEWEST_TOLD)
        return GRL_STEADY;
    if (f->last == 0 && falls(f))
        return GRL_GONE_AWAY;
    if (falls(f))
        return GRL_FALLING;
    if (f->shape.highs > 1 && f->last > f->first &&
        shape_is_plateau(&f->shape) && !swings(f))
        return GRL_PLATEAUED;
    if (swings(f) && f->rising_p > SURE_TREND)
        return GRL_OSCILLATING;
    if (grows(f))
        return GRL_GROWING;
    return swings(f) ? GRL_OSCILLATING : GRL_STEADY;
}

const char *grl_verdict_name(enum grl_verdict v)
{
    switch (v) {
    case GRL_LEAKING:
        return "leaking";
    case GRL_GROWING:
        return "growing";
    case GRL_PLATEAUED:
        return "plateaued";
    case GRL_OSCILLATING:
        return "oscillating";
    case GRL_FALLING:
        return "falling";
    case GRL_GONE_AWAY:
        return "gone";
    case GRL_STEADY:
        return "steady";
    }
    return "unknown";
}
