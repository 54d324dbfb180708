#include "analyse/samples.h"

#include "analyse/median.h"

#include <stdlib.h>

/* Without the cut ones this many must be left for them to be dispensable. */
enum { ENOUGH = 5 };

/* One segment being chosen from. */
struct choice {
    struct snapshot *const *dumps;
    const bool *cut;
    double soon; /* seconds after which a copy is none */
    size_t from, to;
    size_t wholes; /* dumps that are not cut, copies apart */
};

static bool is_copy(const struct choice *c, size_t d)
{
    const struct snapshot *before = NULL;
    const struct snapshot *later = c->dumps[d];

    if (d == c->from)
        return false;
    before = c->dumps[d - 1];
    return before->digest == later->digest &&
           before->info.goroutines == later->info.goroutines &&
           before->info.time != GRL_NO_TIME &&
           later->info.time != GRL_NO_TIME &&
           (double)(later->info.time - before->info.time) < c->soon;
}

static void count_wholes(struct choice *c)
{
    for (size_t d = c->from; d < c->to; d++)
        c->wholes += !c->cut[d] && !is_copy(c, d);
}

static bool is_chosen(const struct choice *c, size_t d)
{
    return !is_copy(c, d) && (!c->cut[d] || c->wholes < ENOUGH);
}

static double seconds_between(const struct snapshot *before,
                              const struct snapshot *later)
{
    if (before->info.time == GRL_NO_TIME || later->info.time == GRL_NO_TIME ||
        later->info.time <= before->info.time)
        return 1;
    return (double)(later->info.time - before->info.time);
}

static void choose_segment(struct samples *s, const struct choice *c)
{
    size_t from = s->count;

    for (size_t d = c->from; d < c->to; d++) {
        s->places[d] = SAMPLES_NONE;
        if (!is_chosen(c, d))
            continue;
        s->places[d] = s->count;
        s->clock[s->count] = 0;
        if (s->count > from)
            s->clock[s->count] =
                s->clock[s->count - 1] +
                seconds_between(c->dumps[s->dumps[s->count - 1]], c->dumps[d]);
        s->dumps[s->count++] = d;
    }
}

double samples_step(const struct samples *s, size_t place)
{
    return s->clock[place] - s->clock[place - 1];
}

bool samples_settled(const struct samples *s, size_t first, size_t last)
{
    return last > first &&
           s->clock[last] - s->clock[first] >= (double)s->settle;
}

/* A quarter of the median time between two dumps; STEPS is scratch. */
static double soon_after(struct snapshot *const *dumps, size_t count,
                         double *steps)
{
    enum { QUARTER = 4 };
    size_t n = 0;

    for (size_t d = 1; d < count; d++)
        if (dumps[d - 1]->info.time != GRL_NO_TIME &&
            dumps[d]->info.time != GRL_NO_TIME)
            steps[n++] =
                (double)(dumps[d]->info.time - dumps[d - 1]->info.time);
    return n > 0 ? median(steps, n) / QUARTER : 0;
}

/* Half the median step inside segments; STEPS is scratch. */
static void find_settle(struct samples *s, double *steps)
{
    size_t n = 0;

    for (size_t i = 0; i < s->count; i++)
        if (s->clock[i] > 0)
            steps[n++] = samples_step(s, i);
    s->settle = n > 0 ? (int64_t)(median(steps, n) / 2) : 0;
}

static void measure_stretch(const struct samples *s, struct stretch *t)
{
    enum { LONG_ENOUGH = 4 };
    bool restarted = t > s->stretches && t->to - t->from >= LONG_ENOUGH;

    t->calm = t->from + (restarted ? 2 : 1);
    t->whole = t->to;
    while (t->whole > t->from && s->cut[s->dumps[t->whole - 1]])
        t->whole--;
    if (t->whole == t->from)
        t->whole = t->to;
    t->open = t->to;
    while (t->open > t->from && !samples_settled(s, t->open - 1, t->to - 1))
        t->open--;
}

static void find_cut(struct samples *s, struct snapshot *const *dumps,
                     size_t count)
{
    uint64_t cap = 0; /* bytes of the largest dump that is cut */

    for (size_t d = 0; d < count; d++)
        if (dumps[d]->info.truncated && dumps[d]->bytes > cap)
            cap = dumps[d]->bytes;
    for (size_t d = 0; d < count; d++)
        s->cut[d] = dumps[d]->info.truncated ||
                    (cap > 0 && dumps[d]->bytes == cap);
}

static bool allocate(struct samples *s, size_t dumps)
{
    s->dumps = malloc((dumps + 1) * sizeof *s->dumps);
    s->clock = calloc(dumps + 1, sizeof *s->clock);
    s->cut = malloc((dumps + 1) * sizeof *s->cut);
    s->places = malloc((dumps + 1) * sizeof *s->places);
    s->stretches = calloc(s->segment_count + 1, sizeof *s->stretches);
    return s->dumps != NULL && s->clock != NULL && s->cut != NULL &&
           s->places != NULL && s->stretches != NULL;
}

static void choose(struct samples *s, struct snapshot *const *dumps,
                   size_t count, const size_t *segments, double soon)
{
    for (size_t n = 0; n < s->segment_count; n++) {
        struct choice c = {.dumps = dumps,
                           .cut = s->cut,
                           .soon = soon,
                           .from = segments[n],
                           .to = count};

        if (n + 1 < s->segment_count)
            c.to = segments[n + 1];
        s->stretches[n].from = s->count;
        count_wholes(&c);
        choose_segment(s, &c);
        s->stretches[n].to = s->count;
    }
}

enum grl_status samples_choose(struct samples *out,
                               struct snapshot *const *dumps, size_t count,
                               const size_t *segments, size_t segment_count)
{
    double *steps = malloc((count + 1) * sizeof *steps);
    bool ok = false;

    *out = (struct samples){.segment_count = segment_count};
    ok = allocate(out, count) && steps != NULL;
    if (ok) {
        find_cut(out, dumps, count);
        choose(out, dumps, count, segments, soon_after(dumps, count, steps));
        find_settle(out, steps);
        for (size_t n = 0; n < segment_count; n++)
            measure_stretch(out, &out->stretches[n]);
    }
    free(steps);
    return ok ? GRL_OK : GRL_ENOMEM;
}

void samples_free(struct samples *s)
{
    free(s->dumps);
    free(s->clock);
    free(s->cut);
    free(s->places);
    free(s->stretches);
    *s = (struct samples){0};
}
