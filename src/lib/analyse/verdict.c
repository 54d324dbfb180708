#include "analyse/verdict.h"

#include <math.h>

/* Comings and goings of fewer goroutines than this are not worth telling. */
enum { FEWEST_TOLD = 3 };

/* A leak accuses somebody's code, so it must be surer than a trend. */
static const double SURE_LEAK = 0.0075;
static const double SURE_TREND = 0.05;

double verdict_leak_p(const struct facts *f)
{
    double p = 1;

    if (!f->turnover.known)
        return f->rising_p;
    if (f->leak.few)
        return NAN;
    p = turnover_p_value(&f->turnover);
    return f->leak.drips ? fmin(p, f->rising_p) : p;
}

/* Counts that are lower bounds stop rising though the leak goes on. */
static bool has_settled(const struct facts *f)
{
    return !f->truncated && shape_is_plateau(&f->shape);
}

/* ------------------------------------------------------ by counts alone */

static bool looks_leaky_by_counts(const struct facts *f)
{
    return f->dumps >= LEAK_FEWEST_TESTED && !shape_is_oscillation(&f->shape) &&
           !has_settled(f) && f->shape.highs > 1;
}

bool verdict_may_leak(const struct facts *f)
{
    if (f->dumps < LEAK_FEWEST_JUDGED)
        return false;
    if (f->turnover.known)
        return f->leak.form == LEAK_FORM;
    return f->last > 0 && looks_leaky_by_counts(f);
}

/* The runtime proved it, or it grows and nothing can ever wake it. */
static bool is_certain(const struct facts *f)
{
    return (f->leaked && f->last > 0) || (f->forever && f->last > f->first);
}

static bool leaks(const struct facts *f)
{
    if (is_certain(f))
        return true;
    if (f->turnover.known && f->leak.few)
        return verdict_may_leak(f);
    return f->leak_p <= SURE_LEAK; /* NaN where it may not leak */
}

/* --------------------------------------------------------- all the others */

static bool grows(const struct facts *f)
{
    if (f->last <= f->first)
        return false;
    if (f->dumps < LEAK_FEWEST_TESTED)
        return f->shape.steps > 0 && f->shape.rises == f->shape.steps;
    return f->shape.rises > 1 && f->rising_p <= SURE_TREND && !has_settled(f);
}

static bool falls(const struct facts *f)
{
    if (f->last >= f->first || f->shape.rises > f->shape.falls)
        return false;
    if (f->dumps < LEAK_FEWEST_TESTED)
        return f->shape.rises == 0;
    return f->falling_p <= SURE_TREND || f->last == 0;
}

/* Steps that are large beside the level, not its noise. */
static bool swings(const struct facts *f)
{
    return f->dumps >= LEAK_FEWEST_JUDGED && shape_is_oscillation(&f->shape) &&
           (f->most - f->least) * 4 >= f->most;
}

enum grl_verdict verdict_of(const struct facts *f)
{
    if (leaks(f))
        return GRL_LEAKING;
    if (f->most - f->least < FEWEST_TOLD)
        return GRL_STEADY;
    if (f->last == 0 && (falls(f) || f->gone_since_restart))
        return GRL_GONE_AWAY;
    if (falls(f))
        return GRL_FALLING;
    if (f->shape.highs > 1 && f->last > f->first && has_settled(f) &&
        !swings(f))
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
