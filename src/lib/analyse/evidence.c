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
    char text[200];
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
    if (shape_is_plateau(s) && s->highs > 0)
        say(p, "no new high in the last %zu dumps", s->since_high);
}

static void say_survivors(struct pen *p, const struct facts *f)
{
    const struct survivors *s = &f->survivors;

    if (!s->known)
        say(p, "no goroutine ids, so survivors could not be checked");
    else if (s->added > 0)
        say(p, "%" PRIu64 " of %" PRIu64 " added goroutines are still there",
            s->survived, s->added);
    if (s->known && s->added > 0 && s->survived * 2 < s->added)
        say(p, "ids turn over: looks like load");
}

static void say_chance(struct pen *p, const struct facts *f, enum grl_verdict v)
{
    enum { FEWEST = 5 };

    if ((v == GRL_LEAKING || v == GRL_GROWING) && f->dumps >= FEWEST &&
        !isnan(f->p_value)) {
        if (f->p_value < 0.0001)
            say(p, "chance of this by accident below 1 in 10000");
        else
            say(p, "chance of this by accident %.2g", f->p_value);
    }
    if (f->dumps == 2 && f->last > f->first)
        say(p, "two dumps cannot tell a leak from load; take a third");
}

static void say_certain(struct pen *p, const struct facts *f)
{
    if (f->forever)
        say(p, "nothing can ever wake it");
    if (f->leaked)
        say(p, "the runtime marked it (leaked): nothing can reach it");
    if (f->truncated)
        say(p, "the last dump is cut off, so its count is a lower bound");
    if (f->segments > 1)
        say(p, "the process restarted %zu time%s in between", f->segments - 1,
            f->segments > 2 ? "s" : "");
}

enum grl_status evidence_of(const struct facts *f, enum grl_verdict v,
                            struct arena *a, const char **sentences,
                            size_t *count)
{
    struct pen p = {a, sentences, 0, false};

    say_counts(&p, f);
    say_survivors(&p, f);
    say_chance(&p, f, v);
    say_certain(&p, f);
    *count = p.count;
    return p.lost ? GRL_ENOMEM : GRL_OK;
}
