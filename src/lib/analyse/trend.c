#include "analyse/trend.h"

#include "analyse/kendall.h"
#include "analyse/multiple.h"
#include "analyse/theil_sen.h"
#include "base/error.h"
#include "model/states.h"

#include <math.h>
#include <stdlib.h>

/* What is worked out once for all rows. */
struct judging {
    struct grl_trend *trend;
    struct facts *facts;         /* by row */
    double *p_values;            /* by row */
    struct kendall_series *runs; /* one a segment */
    struct point *points;        /* one a dump */
    uint64_t *reversed;          /* counts backwards, for falling trends */
    size_t tested;
};

static enum grl_status test(struct judging *j, const uint64_t *counts,
                            double *p)
{
    const struct series *s = &j->trend->series;
    struct kendall k;
    enum grl_status st = GRL_OK;

    for (size_t n = 0; n < s->segment_count; n++)
        j->runs[n] = (struct kendall_series){
            counts + s->segments[n], series_segment_end(s, n) - s->segments[n]};
    st = kendall_test(j->runs, s->segment_count, &k);
    *p = k.p;
    return st;
}

/* The opposite trend: each run backwards. */
static enum grl_status test_falling(struct judging *j, const uint64_t *counts,
                                    double *p)
{
    const struct series *s = &j->trend->series;

    for (size_t n = 0; n < s->segment_count; n++) {
        size_t from = s->segments[n];
        size_t to = series_segment_end(s, n);

        for (size_t i = from; i < to; i++)
            j->reversed[i] = counts[from + to - 1 - i];
    }
    return test(j, j->reversed, p);
}

/* The slope of COUNTS by dump, or by hour. */
static enum grl_status slope(struct judging *j, const uint64_t *counts,
                             bool by_hour, double *out)
{
    const struct series *s = &j->trend->series;
    size_t segment = 0;

    *out = NAN;
    for (size_t d = 0; d < s->dump_count; d++) {
        int64_t time = s->dumps[d]->info.time;

        if (by_hour && time == GRL_NO_TIME)
            return GRL_OK;
        while (segment + 1 < s->segment_count && s->segments[segment + 1] <= d)
            segment++;
        j->points[d] = (struct point){
            by_hour ? (double)(time - s->dumps[0]->info.time) / 3600
                    : (double)d,
            (double)counts[d], segment};
    }
    return theil_sen(j->points, s->dump_count, out);
}

static const struct tally *last_tally(const struct series *s, size_t row)
{
    return s->cells[s->starts[row + 1] - 1].tally;
}

static void fill_facts(struct judging *j, size_t row, const uint64_t *counts)
{
    const struct series *s = &j->trend->series;
    const struct grl_cluster *c = &last_tally(s, row)->pub;
    struct facts *f = &j->facts[row];
    size_t last = s->dump_count - 1;

    *f = (struct facts){
        .dumps = s->dump_count,
        .segments = s->segment_count,
        .first = counts[0],
        .last = counts[last],
        .shape = shape_of(counts, s->dump_count, s->segments, s->segment_count),
        .p_value = NAN,
        .falling_p = NAN,
        .truncated = s->dumps[last]->info.truncated,
        .forever = state_is_forever(text_of(c->state)),
        .leaked = c->leaked > 0,
        .oldest = c->waits.known > 0 ? c->waits.max : -1,
    };
    f->least = f->most = counts[0];
    for (size_t d = 1; d < s->dump_count; d++) {
        f->least = counts[d] < f->least ? counts[d] : f->least;
        f->most = counts[d] > f->most ? counts[d] : f->most;
    }
}

/* Facts that need no other row. */
static enum grl_status measure(struct judging *j, size_t row)
{
    const struct series *s = &j->trend->series;
    struct grl_finding *f = &j->trend->findings[j->trend->count];
    struct facts *facts = &j->facts[row];
    uint64_t *counts = arena_take(&j->trend->arena,
                                  s->dump_count * sizeof *counts);
    enum grl_status st = GRL_OK;

    if (counts == NULL)
        return GRL_ENOMEM;
    series_counts(s, row, counts);
    fill_facts(j, row, counts);
    if (s->dump_count >= 3 && facts->shape.risen + facts->shape.fallen > 0) {
        st = test(j, counts, &facts->p_value);
        if (st == GRL_OK)
            st = test_falling(j, counts, &facts->falling_p);
    }
    if (st == GRL_OK)
        st = slope(j, counts, false, &f->per_dump);
    if (st == GRL_OK)
        st = slope(j, counts, true, &f->per_hour);
    if (st == GRL_OK)
        st = survivors_count(s, row, &facts->survivors);
    j->p_values[row] = facts->p_value;
    f->counts = counts;
    f->count_count = s->dump_count;
    f->cluster = &last_tally(s, row)->pub;
    return st;
}

/* With the p-values corrected for each other. */
static enum grl_status conclude(struct judging *j, size_t row,
                                struct grl_finding *f)
{
    struct facts *facts = &j->facts[row];
    const char **sentences = arena_take(&j->trend->arena,
                                        EVIDENCE_MOST * sizeof *sentences);

    if (sentences == NULL)
        return GRL_ENOMEM;
    facts->p_value = j->p_values[row];
    f->verdict = verdict_of(facts);
    f->first = facts->first;
    f->last = facts->last;
    f->p_value = facts->p_value;
    f->added = facts->survivors.added;
    f->survived = facts->survivors.survived;
    f->survival = facts->survivors.known && f->added > 0
                      ? (double)f->survived / (double)f->added
                      : NAN;
    f->evidence = sentences;
    return evidence_of(facts, f->verdict, &j->trend->arena, sentences,
                       &f->evidence_count);
}

/* By verdict, then most grown first; the signature settles ties. */
static int compare_findings(const void *pa, const void *pb)
{
    const struct grl_finding *a = pa;
    const struct grl_finding *b = pb;
    int64_t grown_a = (int64_t)(a->last - a->first);
    int64_t grown_b = (int64_t)(b->last - b->first);

    if (a->verdict != b->verdict)
        return a->verdict < b->verdict ? -1 : 1;
    if (grown_a != grown_b)
        return grown_a < grown_b ? 1 : -1;
    if (a->last != b->last)
        return a->last < b->last ? 1 : -1;
    return strcmp(a->cluster->signature, b->cluster->signature);
}

static enum grl_status judge_rows(struct judging *j, size_t *rows)
{
    struct grl_trend *t = j->trend;
    enum grl_status st = GRL_OK;

    for (size_t r = 0; r < t->series.row_count && st == GRL_OK; r++) {
        j->p_values[r] = NAN;
        if (t->series.starts[r] == t->series.starts[r + 1])
            continue;
        st = measure(j, r);
        rows[t->count++] = r;
    }
    if (st == GRL_OK)
        st = adjust_p_values(j->p_values, t->series.row_count);
    for (size_t i = 0; i < t->count && st == GRL_OK; i++) {
        st = conclude(j, rows[i], &t->findings[i]);
        t->leaks += t->findings[i].verdict == GRL_LEAKING ? 1 : 0;
    }
    if (st == GRL_OK && t->count > 0)
        qsort(t->findings, t->count, sizeof *t->findings, compare_findings);
    return st;
}

static enum grl_status judge_all(struct grl_trend *t)
{
    size_t rows = t->series.row_count + 1;
    size_t dumps = t->series.dump_count + 1;
    size_t *order = malloc(rows * sizeof *order);
    struct judging j = {
        .trend = t,
        .facts = calloc(rows, sizeof *j.facts),
        .p_values = malloc(rows * sizeof *j.p_values),
        .runs = malloc(dumps * sizeof *j.runs),
        .points = malloc(dumps * sizeof *j.points),
        .reversed = malloc(dumps * sizeof *j.reversed),
    };
    enum grl_status st = GRL_ENOMEM;

    t->findings = calloc(rows, sizeof *t->findings);
    if (order != NULL && j.facts != NULL && j.p_values != NULL &&
        j.runs != NULL && j.points != NULL && j.reversed != NULL &&
        t->findings != NULL)
        st = judge_rows(&j, order);
    free(order);
    free(j.facts);
    free(j.p_values);
    free(j.runs);
    free(j.points);
    free(j.reversed);
    return st;
}

enum grl_status trend_new(struct grl_trend **out, struct snapshot *const *dumps,
                          size_t count, size_t rows, struct grl_error *err)
{
    struct grl_trend *t = calloc(1, sizeof *t);
    enum grl_status st = GRL_OK;

    if (t == NULL)
        return fail_memory(err);
    st = series_init(&t->series, dumps, count, rows, err);
    if (st == GRL_OK)
        st = judge_all(t);
    if (st == GRL_OK)
        *out = t;
    else
        grl_trend_free(t);
    return st == GRL_OK ? st : fail_memory(err);
}

size_t grl_trend_segments(const struct grl_trend *t)
{
    return t->series.segment_count;
}

size_t grl_trend_segment_start(const struct grl_trend *t, size_t s)
{
    return t->series.segments[s];
}

size_t grl_trend_count(const struct grl_trend *t)
{
    return t->count;
}

const struct grl_finding *grl_trend_get(const struct grl_trend *t, size_t i)
{
    return &t->findings[i];
}

size_t grl_trend_leaks(const struct grl_trend *t)
{
    return t->leaks;
}

void grl_trend_free(struct grl_trend *t)
{
    if (t == NULL)
        return;
    series_free(&t->series);
    arena_free(&t->arena);
    free(t->findings);
    free(t);
}
