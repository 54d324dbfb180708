#include "analyse/trend.h"

#include "analyse/restart.h"
#include "base/error.h"
#include "base/limits.h"
#include "model/order.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* ------------------------------------------------------------- instances */

static struct trend_part *part_of(struct grl_trend *t, const char *instance)
{
    for (size_t i = 0; i < t->part_count; i++)
        if (t->parts[i].instance == instance)
            return &t->parts[i];
    return NULL;
}

/* Deal the dumps out to their instances, whose names are interned. */
static enum grl_status deal(struct grl_trend *t, struct snapshot *const *dumps,
                            size_t count)
{
    t->parts = calloc(count + 1, sizeof *t->parts);
    if (t->parts == NULL)
        return GRL_ENOMEM;
    for (size_t d = 0; d < count; d++) {
        struct trend_part *part = part_of(t, dumps[d]->info.instance);

        if (part == NULL) {
            part = &t->parts[t->part_count++];
            part->instance = dumps[d]->info.instance;
            part->dumps = malloc((count - d) * sizeof *part->dumps);
            if (part->dumps == NULL)
                return GRL_ENOMEM;
        }
        part->dumps[part->dump_count++] = dumps[d];
    }
    return GRL_OK;
}

static enum grl_status refuse_mixed(const struct series *s,
                                    struct grl_error *err)
{
    size_t first = 0;
    size_t other = 0;
    char words[240];

    if (!restart_is_mixed(s, &first, &other))
        return GRL_OK;
    snprintf(words, sizeof words,
             "%.60s and %.60s; name the part of the path that tells them "
             "apart with --instance",
             s->dumps[first]->info.source, s->dumps[other]->info.source);
    return fail_detail(err, GRL_EMIXED, "dumps of several processes", words);
}

static enum grl_status arrange_parts(struct grl_trend *t, size_t rows,
                                     struct grl_error *err)
{
    enum grl_status st = GRL_OK;

    for (size_t i = 0; i < t->part_count && st == GRL_OK; i++) {
        struct trend_part *part = &t->parts[i];

        if (!series_fits(part->dump_count, rows))
            return fail(err, GRL_ELIMIT,
                        "too many dumps with too many signatures", 0);

        st = series_init(&part->series, part->dumps, part->dump_count, rows,
                         err);
        if (st == GRL_OK)
            st = refuse_mixed(&part->series, err);
        t->segments += part->series.segment_count;
    }
    return st;
}

static enum grl_status judge_parts(struct grl_trend *t)
{
    size_t most = 0;
    enum grl_status st = GRL_OK;

    for (size_t i = 0; i < t->part_count; i++)
        most += t->parts[i].series.row_count;
    t->findings = calloc(most + 1, sizeof *t->findings);
    if (t->findings == NULL)
        return GRL_ENOMEM;
    for (size_t i = 0; i < t->part_count && st == GRL_OK; i++) {
        size_t count = 0;

        st = judge_part(&t->parts[i], t->findings + t->count, &count);
        t->count += count;
    }
    return st;
}

/* --------------------------------------------------------------- ranking */

static int compare_signatures(const void *pa, const void *pb)
{
    const struct grl_finding *a = pa;
    const struct grl_finding *b = pb;

    return strcmp(a->cluster->signature, b->cluster->signature);
}

/* By verdict, then the most leaked over all instances, then most grown, then
 * the largest; the instance is last. */
static int compare_findings(const void *pa, const void *pb)
{
    const struct grl_finding *a = pa;
    const struct grl_finding *b = pb;
    int64_t grown_a = (int64_t)(a->last - a->first);
    int64_t grown_b = (int64_t)(b->last - b->first);
    int order = order_ties(a->cluster, b->cluster);

    if (a->verdict != b->verdict)
        return a->verdict < b->verdict ? -1 : 1;
    if (a->rms < b->rms || a->rms > b->rms)
        return a->rms < b->rms ? 1 : -1;
    if (grown_a != grown_b)
        return grown_a < grown_b ? 1 : -1;
    if (a->last != b->last)
        return a->last < b->last ? 1 : -1;
    return order != 0 ? order : strcmp(a->instance, b->instance);
}

/* Set rms of the findings FROM .. TO - 1, which share a signature. */
static void rank(struct grl_trend *t, size_t from, size_t to)
{
    double squares = 0;

    for (size_t i = from; i < to; i++)
        if (t->findings[i].verdict == GRL_LEAKING)
            squares += (double)t->findings[i].last *
                       (double)t->findings[i].last;
    for (size_t i = from; i < to; i++)
        t->findings[i].rms = sqrt(squares / (double)t->part_count);
}

static void rank_all(struct grl_trend *t)
{
    if (t->count == 0)
        return;
    qsort(t->findings, t->count, sizeof *t->findings, compare_signatures);
    for (size_t i = 0; i < t->count;) {
        size_t k = i + 1;

        while (k < t->count &&
               compare_signatures(&t->findings[i], &t->findings[k]) == 0)
            k++;
        rank(t, i, k);
        i = k;
    }
    qsort(t->findings, t->count, sizeof *t->findings, compare_findings);
    while (t->leaks < t->count && t->findings[t->leaks].verdict == GRL_LEAKING)
        t->leaks++;
}

enum grl_status trend_new(struct grl_trend **out, struct snapshot *const *dumps,
                          size_t count, size_t rows, struct grl_error *err)
{
    struct grl_trend *t = calloc(1, sizeof *t);
    enum grl_status st = GRL_OK;

    if (t == NULL)
        return fail_memory(err);
    st = deal(t, dumps, count);
    if (st == GRL_OK)
        st = arrange_parts(t, rows, err);
    if (st == GRL_OK)
        st = judge_parts(t);
    if (st == GRL_OK) {
        rank_all(t);
        *out = t;
        return GRL_OK;
    }
    grl_trend_free(t);
    return st == GRL_ENOMEM ? fail_memory(err) : st;
}

size_t grl_trend_instances(const struct grl_trend *t)
{
    return t->part_count;
}

size_t grl_trend_segments(const struct grl_trend *t)
{
    return t->segments;
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
    for (size_t i = 0; i < t->part_count; i++) {
        series_free(&t->parts[i].series);
        arena_free(&t->parts[i].arena);
        free(t->parts[i].dumps);
    }
    free(t->parts);
    free(t->findings);
    free(t);
}
