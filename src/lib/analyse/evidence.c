/* The sentences beside a verdict: what speaks for it, and what against. */
#include "analyse/verdict.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>

struct pen {
    struct arena *arena;
    const char **sentences;
    size_t count;
    bool lost;
};

static void say(struct pen *p, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void say(struct pen *p, const char *format, ...)
{
    char text[300];
    va_list args;
    char *copy = NULL;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    copy = arena_copy(p->arena, text_of(text));
    p->lost = p->lost || copy == NULL;
    if (copy != NULL && p->count < EVIDENCE_MOST)
        p->sentences[p->count++] = copy;
}

static const char *plural(uint64_t n)
{
    return n == 1 ? "" : "s";
}

static void say_counts(struct pen *p, const struct facts *f)
{
    const struct shape *s = &f->shape;

    if (s->rises == 0 && s->falls == 0)
        say(p, "the same in every dump");
    else if (s->rises == s->steps)
        say(p, "rises in every dump");
    else if (s->falls == 0)
        say(p, "rises in %zu of %zu steps and never falls", s->rises, s->steps);
    else
        say(p, "rises in %zu and falls in %zu of %zu steps", s->rises, s->falls,
            s->steps);
}

static void say_turnover(struct pen *p, const struct facts *f,
                         enum grl_verdict v)
{
    const struct turnover *t = &f->turnover;

    if (!t->known && f->heap)
        return;
    if (!t->known) {
        say(p, "no goroutine ids, so survivors could not be checked");
        return;
    }
    if (t->added > 0)
        say(p, "%" PRIu64 " of %" PRIu64 " added goroutine%s %s still there",
            t->survived, t->added, plural(t->added),
            t->survived == 1 ? "is" : "are");
    if (v == GRL_LEAKING && t->survived * 2 < t->added)
        say(p,
            "of those that settled %" PRIu64 " of %" PRIu64
            " never left: a leak among short-lived ones",
            t->stayed, t->settled);
    else if (t->added > 0 && t->survived * 2 < t->added)
        say(p, "ids turn over: looks like load");
}

/* What kept rising goroutines from being called a leak. */
static void say_against(struct pen *p, const struct facts *f,
                        enum grl_verdict v)
{
    if (v == GRL_LEAKING || !f->turnover.known || f->last <= f->first)
        return;
    if (f->leak.form == LEAK_TOO_FEW && !f->leak.few)
        say(p, "too few of them came, or too seldom, to call it a leak");
    else if (f->leak.form == LEAK_REAPED)
        say(p, "most of them went at once before, and may again");
    else if (f->leak.form == LEAK_PAUSED)
        say(p, "none came for longer than ever before");
    else if (f->leak.form == LEAK_SLOWS)
        say(p, "fewer and fewer come, as when something fills up");
}

static void say_recent(struct pen *p, const struct facts *f, enum grl_verdict v)
{
    if (v != GRL_LEAKING && f->shape.highs > 0 && !f->truncated &&
        shape_is_plateau(&f->shape))
        say(p, "no new high in the last %zu dumps", f->shape.since_high);
}

static void say_chance(struct pen *p, const struct facts *f, enum grl_verdict v)
{
    bool late = v == GRL_LEAKING || v == GRL_GROWING;
    double chance = v == GRL_LEAKING ? f->leak_p : f->rising_p;

    if (isnan(chance))
        late = false;
    if (late && f->dumps >= LEAK_FEWEST_TESTED && chance < 0.0001)
        say(p, "less than 1 chance in 10000 that this is an accident");
    else if (late && f->dumps >= LEAK_FEWEST_TESTED)
        say(p, "%.2g chance that this is an accident", chance);
    if (f->dumps == 2 && f->last > f->first)
        say(p, "two dumps cannot tell a leak from load; take a third");
    else if (v == GRL_GROWING && f->dumps < LEAK_FEWEST_TESTED)
        say(p,
            "%zu dumps cannot tell a leak from load; one more would show "
            "who stays",
            f->dumps);
}

/* With few dumps the waits are evidence; later the survivors are better. */
static void say_waits(struct pen *p, const struct facts *f)
{
    if (f->spread && f->dumps < LEAK_FEWEST_TESTED && f->last > f->first)
        say(p, "the waits spread evenly, as those of a leak do");
}

/* "its runs went 7 -> 84, 0 -> 12, 2 -> 30"; of many runs the last. */
static void say_restarts(struct pen *p, const struct facts *f)
{
    enum { MOST_TOLD = 4 };
    const struct series *s = f->series;
    char runs[200] = ""; /* four pairs of the largest numbers fit */
    size_t from = f->segments > MOST_TOLD ? f->segments - MOST_TOLD : 0;
    int n = 0;

    if (f->segments < 2)
        return;
    for (size_t i = from; i < f->segments; i++)
        n += snprintf(runs + n, sizeof runs - (size_t)n,
                      "%s%" PRIu64 " -> %" PRIu64, i > from ? ", " : "",
                      f->counts[s->segments[i]],
                      f->counts[series_segment_end(s, i) - 1]);
    say(p, "the process restarted %zu time%s in between; its %sruns went %s",
        f->segments - 1, f->segments > 2 ? "s" : "", from > 0 ? "last " : "",
        runs);
}

static void say_certain(struct pen *p, const struct facts *f)
{
    if (f->forever)
        say(p, "nothing can ever wake it");
    if (f->leaked)
        say(p, "the runtime marked it (leaked): nothing can reach it");
    if (f->truncated)
        say(p, "the last dump is cut off, so its count is a lower bound");
    say_restarts(p, f);
}

enum grl_status evidence_of(const struct facts *f, enum grl_verdict v,
                            struct arena *a, const char **sentences,
                            size_t *count)
{
    struct pen p = {a, sentences, 0, false};

    say_counts(&p, f);
    say_turnover(&p, f, v);
    say_against(&p, f, v);
    say_recent(&p, f, v);
    say_waits(&p, f);
    say_chance(&p, f, v);
    say_certain(&p, f);
    *count = p.count;
    return p.lost ? GRL_ENOMEM : GRL_OK;
}
