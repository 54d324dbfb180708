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

/* A sign test this sure lets the trend of the counts speak too. */
static const double SURE_ENOUGH = 0.05;

/* The geometric mean of two p-values that may depend on each other, times e, is
 * one (Vovk and Wang 2020, "Combining p-values via averaging"). */
static double both(double p, double q)
{
    return fmin(exp(1) * sqrt(p * q), 1);
}

double verdict_leak_p(const struct facts *f)
{
    double p = 1;

    if (!f->turnover.known)
        return f->rising_p;
    p = turnover_p_value(&f->turnover);
    if (isnan(f->rising_p) || p > SURE_ENOUGH)
        return f->turnover.left == 0 && !isnan(f->rising_p) ? f->rising_p : p;
    return fmin(p, f->turnover.left == 0 ? f->rising_p : both(p, f->rising_p));
}

/* ------------------------------------------------- by the goroutines' ids */

static bool settled_stay(const struct turnover *t)
{
    return (double)t->stayed >= MOST_STAY * (double)t->settled &&
           (double)t->recent_left <= RECENT_BALANCE * (double)t->recent_settled;
}

/* Three or four dumps: every step must rise, none may have left, and the last
 * step must not be much smaller than the largest. */
static bool looks_leaky_in_few(const struct facts *f)
{
    enum { FEWEST_SETTLED = 5 };

    return f->shape.steps > 0 && f->shape.rises == f->shape.steps &&
           f->turnover.settled >= FEWEST_SETTLED && f->turnover.left == 0 &&
           f->shape.last_step * 3 >= f->shape.largest_step;
}

/* What warms up after each restart stops in a run that is long enough. */
static bool stops_in_a_run(const struct facts *f)
{
    enum { LONG_ENOUGH = 6 };
    const struct arrivals *a = &f->turnover.longest;

    return f->segments > 1 && a->dumps >= LONG_ENOUGH && a->bringing > 0 &&
           arrivals_stopped(a);
}

/* Goroutines that stay came with three dumps; with two when there were few
 * that could, and the last one shows more of them. */
static bool came_often(const struct turnover *t)
{
    enum { OFTEN = 3, FEW_DUMPS = 6 };

    return t->arrivals.bringing >= OFTEN ||
           (t->arrivals.bringing == OFTEN - 1 &&
            t->arrivals.dumps <= FEW_DUMPS && t->fresh_at_end);
}

static bool looks_leaky_by_ids(const struct facts *f)
{
    const struct turnover *t = &f->turnover;

    if (f->dumps < FEWEST_TESTED)
        return looks_leaky_in_few(f);
    return t->stayed >= FEWEST_TOLD && came_often(t) && settled_stay(t) &&
           !arrivals_stopped(&t->arrivals) && !stops_in_a_run(f);
}

/* ------------------------------------------------------ by counts alone */

static bool looks_leaky_by_counts(const struct facts *f)
{
    return f->dumps >= FEWEST_TESTED && !shape_is_oscillation(&f->shape) &&
           (f->truncated || !shape_is_plateau(&f->shape)) && f->shape.highs > 1;
}

bool verdict_may_leak(const struct facts *f)
{
    if (f->dumps < FEWEST_JUDGED || f->last == 0)
        return false;
    return f->turnover.known ? looks_leaky_by_ids(f) : looks_leaky_by_counts(f);
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
    if (f->leak_p <= SURE_LEAK) /* NaN where it may not leak */
        return GRL_LEAKING;
    if (f->most - f->least < FEWEST_TOLD)
        return GRL_STEADY;
    if (f->last == 0 && (falls(f) || f->gone_since_restart))
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
