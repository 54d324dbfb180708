#include "analyse/judge.h"

#include "analyse/kendall.h"
#include "analyse/multiple.h"
#include "analyse/theil_sen.h"
#include "model/states.h"

#include <math.h>
#include <stdlib.h>

/* A row and what is known of it. */
struct judged {
    size_t row;
    uint64_t *counts; /* by dump; of the trend's arena */
    struct facts facts;
};

/* What is worked out once for all rows, and scratch. */
struct judging {
    struct trend_part *part;
    struct grl_finding *findings; /* by place in rows */
    struct judged *rows;
    size_t count;
    double *p_values;            /* by place in rows */
    struct kendall_series *runs; /* one a segment */
    struct point *points;        /* one a dump */
    uint64_t *reversed;          /* counts backwards, for falling trends */
};

static enum grl_status test(struct judging *j, const uint64_t *counts,
                            double *p)
{
    const struct series *s = &j->part->series;
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
    const struct series *s = &j->part->series;

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
    const struct series *s = &j->part->series;
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

/* main may sleep for ever on purpose. */
static bool is_main(const struct grl_cluster *c)
{
    return c->count == 1 && c->id_count == 1 && c->ids[0] == 1;
}

static bool is_gone_since_restart(const struct series *s,
                                  const uint64_t *counts)
{
    size_t from = s->segments[s->segment_count - 1];

    for (size_t d = from; d < s->dump_count; d++)
        if (counts[d] > 0)
            return false;
    return s->segment_count > 1 && s->dump_count - from > 1;
}

static void fill_facts(const struct series *s, struct judged *r)
{
    const struct grl_cluster *c = &last_tally(s, r->row)->pub;
    struct facts *f = &r->facts;
    size_t last = s->dump_count - 1;

    *f = (struct facts){
        .dumps = s->dump_count,
        .segments = s->segment_count,
        .first = r->counts[0],
        .last = r->counts[last],
        .least = r->counts[0],
        .most = r->counts[0],
        .shape = shape_of(r->counts, s->dump_count, s->segments,
                          s->segment_count),
        .rising_p = NAN,
        .falling_p = NAN,
        .truncated = s->dumps[last]->info.truncated,
        .gone_since_restart = is_gone_since_restart(s, r->counts),
        .forever = state_is_forever(text_of(c->state)) && !is_main(c),
        .leaked = c->leaked > 0,
    };
    for (size_t d = 1; d < s->dump_count; d++) {
        f->least = r->counts[d] < f->least ? r->counts[d] : f->least;
        f->most = r->counts[d] > f->most ? r->counts[d] : f->most;
    }
}

/* Facts that need no other row. */
static enum grl_status measure(struct judging *j, struct judged *r)
{
    const struct series *s = &j->part->series;
    struct facts *f = &r->facts;
    enum grl_status st = GRL_OK;

    r->counts = arena_take(&j->part->arena, s->dump_count * sizeof *r->counts);
    if (r->counts == NULL)
        return GRL_ENOMEM;
    series_counts(s, r->row, r->counts);
    fill_facts(s, r);
    if (s->dump_count >= 3 && f->shape.risen + f->shape.fallen > 0) {
        st = test(j, r->counts, &f->rising_p);
        if (st == GRL_OK)
            st = test_falling(j, r->counts, &f->falling_p);
    }
    return st == GRL_OK ? turnover_measure(s, r->row, &f->turnover) : st;
}

static enum grl_status measure_all(struct judging *j)
{
    const struct series *s = &j->part->series;
    enum grl_status st = GRL_OK;

    for (size_t row = 0; row < s->row_count && st == GRL_OK; row++) {
        if (s->starts[row] == s->starts[row + 1])
            continue;
        j->rows[j->count].row = row;
        st = measure(j, &j->rows[j->count]);
        j->count++;
    }
    return st;
}

/* Correct both families of p-values for the number of rows that move. */
static enum grl_status correct(struct judging *j)
{
    enum grl_status st = GRL_OK;

    for (size_t i = 0; i < j->count; i++)
        j->p_values[i] = j->rows[i].facts.rising_p;
    st = adjust_p_values(j->p_values, j->count);
    for (size_t i = 0; i < j->count && st == GRL_OK; i++) {
        struct facts *f = &j->rows[i].facts;
        double corrected = j->p_values[i];

        j->p_values[i] = verdict_may_leak(f) ? verdict_leak_p(f) : NAN;
        f->rising_p = corrected;
    }
    if (st == GRL_OK)
        st = adjust_p_values(j->p_values, j->count);
    for (size_t i = 0; i < j->count && st == GRL_OK; i++)
        j->rows[i].facts.leak_p = j->p_values[i];
    return st;
}

static void fill_finding(const struct trend_part *part, const struct judged *r,
                         struct grl_finding *f)
{
    const struct series *s = &part->series;
    const struct facts *facts = &r->facts;

    f->verdict = verdict_of(facts);
    f->counts = r->counts;
    f->count_count = s->dump_count;
    f->first = facts->first;
    f->last = facts->last;
    f->p_value = f->verdict == GRL_LEAKING ? facts->leak_p : facts->rising_p;
    f->added = facts->turnover.added;
    f->survived = facts->turnover.survived;
    f->survival = facts->turnover.known && f->added > 0
                      ? (double)f->survived / (double)f->added
                      : NAN;
    f->cluster = &last_tally(s, r->row)->pub;
    f->instance = part->instance;
}

static enum grl_status conclude(struct judging *j, const struct judged *r,
                                struct grl_finding *f)
{
    const char **sentences = arena_take(&j->part->arena,
                                        EVIDENCE_MOST * sizeof *sentences);
    enum grl_status st = GRL_OK;

    if (sentences == NULL)
        return GRL_ENOMEM;
    fill_finding(j->part, r, f);
    f->evidence = sentences;
    st = slope(j, r->counts, false, &f->per_dump);
    if (st == GRL_OK)
        st = slope(j, r->counts, true, &f->per_hour);
    if (st == GRL_OK)
        st = evidence_of(&r->facts, f->verdict, &j->part->arena, sentences,
                         &f->evidence_count);
    return st;
}

static enum grl_status judge(struct judging *j)
{
    enum grl_status st = measure_all(j);

    if (st == GRL_OK)
        st = correct(j);
    for (size_t i = 0; i < j->count && st == GRL_OK; i++)
        st = conclude(j, &j->rows[i], &j->findings[i]);
    return st;
}

enum grl_status judge_part(struct trend_part *part,
                           struct grl_finding *findings, size_t *count)
{
    size_t rows = part->series.row_count + 1;
    size_t dumps = part->series.dump_count + 1;
    struct judging j = {
        .part = part,
        .findings = findings,
        .rows = calloc(rows, sizeof *j.rows),
        .p_values = malloc(rows * sizeof *j.p_values),
        .runs = malloc(dumps * sizeof *j.runs),
        .points = malloc(dumps * sizeof *j.points),
        .reversed = malloc(dumps * sizeof *j.reversed),
    };
    enum grl_status st = GRL_ENOMEM;

    if (j.rows != NULL && j.p_values != NULL && j.runs != NULL &&
        j.points != NULL && j.reversed != NULL)
        st = judge(&j);
    *count = j.count;
    free(j.rows);
    free(j.p_values);
    free(j.runs);
    free(j.points);
    free(j.reversed);
    return st;
}
