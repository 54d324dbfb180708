#include "analyse/verdict.h"

#include <math.h>

/* Fewer dumps than this and no test can tell anything. */
enum { FEWEST_TESTED = 5, FEWEST_JUDGED = 3 };

static const double SIGNIFICANT = 0.05;

/* Of what was added, this share must stay for a leak. */
static const double MOST_STAY = 0.5;

/* Comings and goings of fewer goroutines than this are not worth telling. */
enum { FEWEST_TOLD = 3 };

/* The counts go up, more surely than by chance. */
static bool rises(const struct facts *f)
{
    if (f->dumps < FEWEST_JUDGED || f->shape.risen <= f->shape.fallen)
        return false;
    if (f->dumps < FEWEST_TESTED)
        return f->shape.steps > 0 && f->shape.rises == f->shape.steps;
    return f->p_value <= SIGNIFICANT;
}

static bool stays(const struct facts *f)
{
    const struct survivors *s = &f->survivors;

    if (!s->known || s->added == 0)
        return f->dumps >= FEWEST_TESTED;
    return (double)s->survived >= MOST_STAY * (double)s->added;
}

static bool falls(const struct facts *f)
{
    if (f->last >= f->first || f->shape.rises > f->shape.falls)
        return false;
    if (f->dumps < FEWEST_TESTED)
        return f->shape.rises == 0;
    return f->falling_p <= SIGNIFICANT || f->last == 0;
}

static enum grl_verdict when_risen(const struct facts *f)
{
    if (!f->truncated && shape_is_plateau(&f->shape))
        return f->shape.highs > 1 ? GRL_PLATEAUED : GRL_STEADY;
    return stays(f) ? GRL_LEAKING : GRL_GROWING;
}

enum grl_verdict verdict_of(const struct facts *f)
{
    if (rises(f))
        return when_risen(f);
    if (f->most - f->least < FEWEST_TOLD)
        return GRL_STEADY;
    if (f->last == 0 && falls(f))
        return GRL_GONE_AWAY;
    if (falls(f))
        return GRL_FALLING;
    if (shape_is_oscillation(&f->shape) && f->dumps >= FEWEST_JUDGED)
        return GRL_OSCILLATING;
    if (f->dumps >= FEWEST_TESTED && f->shape.highs > 1 &&
        shape_is_plateau(&f->shape))
        return GRL_PLATEAUED;
    if (f->dumps < FEWEST_JUDGED && f->last > f->first)
        return GRL_GROWING;
    return GRL_STEADY;
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
