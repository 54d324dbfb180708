#include "analyse/leak.h"

#include "analyse/pace.h"
#include "analyse/pauses.h"
#include "analyse/reaping.h"

/* Comings of fewer goroutines than this are not worth telling; of few dumps it
 * takes the more of them the fewer dumps there are: five of four. */
enum { FEWEST_TOLD = 3, FEWEST_TOLD_AND_DUMPS = 9 };

static const struct stretch *longest_stretch(const struct samples *s)
{
    const struct stretch *longest = &s->stretches[0];

    for (size_t n = 1; n < s->segment_count; n++)
        if (s->stretches[n].to - s->stretches[n].from >=
            longest->to - longest->from)
            longest = &s->stretches[n];
    return longest;
}

/* ------------------------------------------------------------- few dumps */

/* One short segment, summed up. */
struct brief {
    uint64_t first, first_gone; /* of the first sample */
    uint64_t came, gone;        /* gone: of the first sample too */
    uint64_t told;              /* came and stayed, as far as can be known */
    bool every_step;            /* each step brought such, and rose */
    double rate, last_rate;     /* the largest before the last; the last */
};

static struct brief brief_of(const struct samples *s, const struct stay *at,
                             const struct stretch *st)
{
    struct brief b = {.first = at[st->from].came, .every_step = true};

    b.first_gone = b.first - at[st->from].alive;
    b.gone = b.first_gone;
    for (size_t i = st->from + 1; i < st->to; i++) {
        uint64_t told = i < st->open ? at[i].stayed : at[i].alive;
        double rate = (double)told / samples_step(s, i);

        b.came += at[i].came;
        b.gone += at[i].came - at[i].alive;
        b.told += told;
        b.every_step = b.every_step && told > 0 && at[i].seen > at[i - 1].seen;
        if (i + 1 < st->to && rate > b.rate && !s->cut[s->dumps[i - 1]])
            b.rate = rate; /* behind a cut dump all seem to be new */
        b.last_rate = rate;
    }
    return b;
}

/* Every other segment that is as long brought some at every step too. */
static bool all_bring(const struct samples *s, const struct stay *at)
{
    for (size_t n = 0; n < s->segment_count; n++)
        if (s->stretches[n].to - s->stretches[n].from >= LEAK_FEWEST_JUDGED &&
            !brief_of(s, at, &s->stretches[n]).every_step)
            return false;
    return true;
}

/* Every step brought some, hardly any went, and the last step was not much
 * slower than the fastest. */
static enum leak_form of_few(const struct samples *s, const struct stay *at,
                             const struct turnover *t, const struct stretch *st)
{
    enum { LEFT_ONE_OF = 3, SEVERAL = 8 };
    static const double slow = 0.15;
    struct brief b = brief_of(s, at, st);

    if (!all_bring(s, at))
        return LEAK_NOT_STEADY;
    if (st->open - st->from < 2 || t->stayed < 2 ||
        b.told + (st->to - st->from) < FEWEST_TOLD_AND_DUMPS)
        return LEAK_TOO_FEW;
    if (st->whole < st->to && st->whole - st->from >= LEAK_FEWEST_JUDGED)
        b.rate = 0; /* the cut end tells no pace */
    if (b.gone * LEFT_ONE_OF > b.came || b.first_gone * 5 > b.first + 5 ||
        (t->left > 0 &&
         (t->settled < SEVERAL || t->left * LEFT_ONE_OF > t->settled)))
        return LEAK_TURNOVER;
    return b.last_rate >= slow * b.rate ? LEAK_FORM : LEAK_SLOWS;
}

/* Among requests that come and go: settled goroutines, of which none left. */
static enum leak_form of_few_in_churn(const struct stay *at,
                                      const struct turnover *t,
                                      const struct stretch *st)
{
    static const double sure = 0.004;

    if (st->to - st->from <= LEAK_FEWEST_JUDGED || st->whole < st->to ||
        st->open - st->from < 3 || t->fresh == 0)
        return LEAK_TOO_FEW;
    if (t->left > 0 || turnover_p_value(t) > sure)
        return LEAK_TURNOVER;
    for (size_t i = st->from + 1; i < st->open; i++)
        if (at[i].stayed == 0)
            return LEAK_NOT_STEADY;
    return LEAK_FORM;
}

/* ------------------------------------------------------------ many dumps */

static enum grl_status of_many(const struct series *s, const struct stay *at,
                               const struct turnover *t,
                               const struct arrivals *a, enum leak_form *form)
{
    bool slows = false;
    enum grl_status st = arrivals_slow(a, &slows);

    if (a->total < FEWEST_TOLD || a->bringing < FEWEST_TOLD ||
        (a->segment_count > 1 && a->most_bringing < 2) ||
        arrivals_are_one_step(a))
        *form = LEAK_TOO_FEW;
    else if (!turnover_stays(t))
        *form = LEAK_TURNOVER;
    else if (reaping_may_come(s, at))
        *form = LEAK_REAPED;
    else if (arrivals_paused(a))
        *form = LEAK_PAUSED;
    else
        *form = slows ? LEAK_SLOWS : LEAK_FORM;
    return st;
}

enum grl_status leak_form_of(const struct series *s, const struct stay *at,
                             const struct turnover *t, const struct arrivals *a,
                             struct likeness *out)
{
    const struct stretch *st = longest_stretch(&s->samples);
    size_t samples = st->to - st->from;

    *out = (struct likeness){.few = samples < LEAK_FEWEST_TESTED};
    if (samples < LEAK_FEWEST_JUDGED)
        return GRL_OK;
    if (at[s->samples.count - 1].seen == 0 && s->samples.segment_count == 1) {
        out->form = LEAK_TURNOVER;
        return GRL_OK;
    }
    if (arrivals_ended_by_restart(a)) {
        out->form = LEAK_PAUSED;
        return GRL_OK;
    }
    out->drips = turnover_is_nil(t) && arrivals_drip(a);
    /* Of five dumps the trend is not quite sure even when every step rises. */
    if (samples == LEAK_FEWEST_TESTED && out->drips)
        out->few = of_few(&s->samples, at, t, st) == LEAK_FORM;
    if (!out->few)
        return of_many(s, at, t, a, &out->form);
    out->form = turnover_is_pure(t) ? of_few(&s->samples, at, t, st)
                                    : of_few_in_churn(at, t, st);
    return GRL_OK;
}
