#include "analyse/judge.h"

#include "analyse/kendall.h"
#include "analyse/multiple.h"
#include "analyse/theil_sen.h"

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
    uint64_t *sampled;           /* counts by place among the samples */
    uint64_t *reversed;          /* the same backwards, for falling trends */
    struct stays stays;
    struct arrivals arrivals;
};

/* COUNTS are by place among the samples. */
static enum grl_status test(struct judging *j, const uint64_t *counts,
                            double *p)
{
    const struct samples *samples = &j->part->series.samples;
    struct kendall k;
    enum grl_status st = GRL_OK;

    for (size_t n = 0; n < samples->segment_count; n++)
        j->runs[n] = (struct kendall_series){
            counts + samples->stretches[n].from,
            samples->stretches[n].to - samples->stretches[n].from};
    st = kendall_test(j->runs, samples->segment_count, &k);
    *p = k.p;
    return st;
}

/* The opposite trend: each run backwards. */
static enum grl_status test_falling(struct judging *j, const uint64_t *counts,
                                    double *p)
{
    const struct samples *samples = &j->part->series.samples;

    for (size_t n = 0; n < samples->segment_count; n++) {
        size_t from = samples->stretches[n].from;
        size_t to = samples->stretches[n].to;

        for (size_t i = from; i < to; i++)
            j->reversed[i] = counts[from + to - 1 - i];
    }
    return test(j, j->reversed, p);
}

/* The slope a sample or an hour of COUNTS, which are by dump. */
static enum grl_status slope(struct judging *j, const uint64_t *counts,
                             bool by_hour, double *out)
{
    const struct series *s = &j->part->series;
    const struct samples *samples = &s->samples;
    size_t segment = 0;

    *out = NAN;
    for (size_t i = 0; i < samples->count; i++) {
        size_t d = samples->dumps[i];
        int64_t time = s->dumps[d]->info.time;

        if (by_hour && time == GRL_NO_TIME)
            return GRL_OK;
        while (samples->stretches[segment].to <= i)
            segment++;
        j->points[i] = (struct point){
            by_hour ? (double)(time - s->dumps[0]->info.time) / 3600
                    : (double)i,
            (double)counts[d], segment};
    }
    return theil_sen(j->points, samples->count, out);
}

static const struct tally *last_tally(const struct series *s, size_t row)
{
    return s->cells[s->starts[row + 1] - 1].tally;
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

static void fill_facts(const struct judging *j, struct judged *r)
{
    const struct series *s = &j->part->series;
    const struct samples *samples = &s->samples;
    const struct grl_cluster *c = &last_tally(s, r->row)->pub;
    struct facts *f = &r->facts;
    size_t last = s->dump_count - 1;

    *f = (struct facts){
        .dumps = samples->count,
        .segments = s->segment_count,
        .first = r->counts[0],
        .last = r->counts[last],
        .least = r->counts[0],
        .most = r->counts[0],
        .counts = r->counts,
        .series = s,
        .shape = shape_of(j->sampled, samples),
        .rising_p = NAN,
        .falling_p = NAN,
        .truncated = s->samples.cut[last],
        .heap = strcmp(s->dumps[last]->info.form, "heap") == 0,
        .gone_since_restart = is_gone_since_restart(s, r->counts),
        .forever = suspicion_is_forever(c),
        .leaked = c->leaked > 0,
        .spread = suspicion_waits_spread(c),
    };
    for (size_t d = 1; d < s->dump_count; d++) {
        f->least = r->counts[d] < f->least ? r->counts[d] : f->least;
        f->most = r->counts[d] > f->most ? r->counts[d] : f->most;
    }
}

static enum grl_status measure_turnover(struct judging *j, struct judged *r)
{
    const struct series *s = &j->part->series;
    struct facts *f = &r->facts;
    enum grl_status st = stays_measure(&j->stays, s, r->row);

    if (st != GRL_OK)
        return st;
    f->turnover = turnover_of(s, j->stays.at, r->row);
    if (!f->turnover.known)
        return GRL_OK;
    arrivals_measure(&j->arrivals, s, j->stays.at, &f->turnover);
    return leak_form_of(s, j->stays.at, &f->turnover, &j->arrivals, &f->leak);
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
    for (size_t i = 0; i < s->samples.count; i++)
        j->sampled[i] = r->counts[s->samples.dumps[i]];
    fill_facts(j, r);
    if (f->dumps >= 3 && f->shape.risen + f->shape.fallen > 0) {
        st = test(j, j->sampled, &f->rising_p);
        if (st == GRL_OK)
            st = test_falling(j, j->sampled, &f->falling_p);
    }
    return st == GRL_OK ? measure_turnover(j, r) : st;
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
        .sampled = malloc(dumps * sizeof *j.sampled),
        .reversed = malloc(dumps * sizeof *j.reversed),
    };
    enum grl_status st = stays_init(&j.stays, &part->series);

    if (st == GRL_OK)
        st = arrivals_init(&j.arrivals, &part->series);
    if (j.rows == NULL || j.p_values == NULL || j.runs == NULL ||
        j.points == NULL || j.sampled == NULL || j.reversed == NULL)
        st = GRL_ENOMEM;
    if (st == GRL_OK)
        st = judge(&j);
    *count = j.count;
    stays_free(&j.stays);
    arrivals_free(&j.arrivals);
    free(j.rows);
    free(j.p_values);
    free(j.runs);
    free(j.points);
    free(j.sampled);
    free(j.reversed);
    return st;
}
