/* What must hold for diffs, assertions and trends. */
#ifndef FUZZ_CHECK_COMPARE_H
#define FUZZ_CHECK_COMPARE_H

#include "fuzz/check_reports.h"

#include <math.h>

/* ---------------------------------------------------------------- diff */

static inline void check_change(const struct grl_diff *f,
                                const struct grl_change *c)
{
    uint64_t fewer = c->before < c->after ? c->before : c->after;

    CHECK(c->delta == (int64_t)(c->after - c->before) && c->delta != 0);
    CHECK(c->cluster->count == (c->after > 0 ? c->after : c->before));
    CHECK(c->survivors >= -1 && c->survivors <= (int64_t)fewer);
    CHECK(!grl_diff_restarted(f) || c->survivors == -1);
    CHECK((c->kind == GRL_NEW) == (c->before == 0));
    CHECK((c->kind == GRL_GONE) == (c->after == 0));
    CHECK((c->kind == GRL_GREW) == (c->delta > 0 && c->before > 0));
    CHECK((c->kind == GRL_SHRANK) == (c->delta < 0 && c->after > 0));
}

static inline uint64_t kept(const struct grl_dumps *d, size_t i)
{
    return grl_dumps_get(d, i)->goroutines - grl_dumps_get(d, i)->ignored;
}

static inline void check_diff(const struct grl_dumps *d, size_t before,
                              size_t after)
{
    struct grl_diff *f = NULL;
    int64_t delta = 0;

    CHECK(grl_diff_new(&f, d, before, after, NULL) == GRL_OK);
    for (size_t i = 0; i < grl_diff_count(f); i++) {
        const struct grl_change *c = grl_diff_get(f, i);

        check_change(f, c);
        CHECK(i == 0 || c->delta <= grl_diff_get(f, i - 1)->delta);
        delta += c->delta;
    }
    CHECK(delta == (int64_t)(kept(d, after) - kept(d, before)));
    CHECK(before != after || grl_diff_count(f) == 0);
    for (int format = GRL_TEXT; format <= GRL_JSON; format++) {
        struct page_text p;
        struct grl_report r = begin_page(&p, (enum grl_format)format);

        CHECK(grl_report_diff(&r, d, f, before, after, NULL) == GRL_OK);
        json_decref(end_page(&p, &r));
    }
    grl_diff_free(f);
}

/* -------------------------------------------------------------- assert */

static inline void check_assert(const struct grl_dumps *d, size_t dump,
                                ptrdiff_t baseline)
{
    struct grl_assertion *a = NULL;
    uint64_t sum = 0;
    enum grl_status st = grl_assert_new(&a, d, dump, baseline, NULL);

    if ((st == GRL_EINVAL || st == GRL_EMIXED) && baseline >= 0)
        return; /* a baseline needs keep_ids, and is of the same program */
    CHECK(st == GRL_OK);
    for (size_t i = 0; i < grl_assert_count(a); i++) {
        const struct grl_cluster *c = grl_assert_get(a, i);

        CHECK(c->count > 0 && c->id_count <= c->count);
        CHECK(i == 0 || c->count <= grl_assert_get(a, i - 1)->count);
        sum += c->count;
    }
    CHECK(grl_assert_ignored(a) == grl_dumps_get(d, dump)->ignored);
    CHECK(sum + grl_assert_in_baseline(a) == kept(d, dump));
    CHECK(baseline >= 0 || grl_assert_in_baseline(a) == 0);
    for (int format = GRL_TEXT; format <= GRL_JSON; format++) {
        struct page_text p;
        struct grl_report r = begin_page(&p, (enum grl_format)format);

        CHECK(grl_report_assert(&r, d, a, dump, NULL) == GRL_OK);
        json_decref(end_page(&p, &r));
    }
    grl_assert_free(a);
}

/* --------------------------------------------------------------- trend */

static inline bool is_share(double x)
{
    return isnan(x) || (x >= 0 && x <= 1);
}

static inline void check_finding(const struct grl_dumps *d,
                                 const struct grl_finding *f, bool instances)
{
    size_t n = f->count_count;

    CHECK(n > 0 && n <= grl_dumps_count(d));
    CHECK(instances || n == grl_dumps_count(d));
    CHECK(f->first == f->counts[0] && f->last == f->counts[n - 1]);
    CHECK(strcmp(grl_verdict_name(f->verdict), "unknown") != 0);
    CHECK(is_share(f->p_value) && is_share(f->survival));
    CHECK(f->survived <= f->added);
    CHECK(n >= 3 || isnan(f->p_value));
    for (size_t i = 0; i < f->evidence_count; i++)
        CHECK(f->evidence[i][0] != '\0');
}

/* Every cluster of every dump is in one finding. */
static inline void check_counts(const struct grl_dumps *d,
                                const struct grl_trend *t, size_t clusters)
{
    const char **all = malloc((clusters + 1) * sizeof *all);
    size_t seen = 0;

    CHECK(all != NULL);
    for (size_t i = 0; i < grl_dumps_count(d); i++) {
        uint64_t sum = 0;

        for (size_t k = 0; k < grl_trend_count(t); k++)
            sum += grl_trend_get(t, k)->counts[i];
        CHECK(sum == kept(d, i));
        for (size_t k = 0; k < grl_cluster_count(d, i); k++)
            all[seen++] = grl_cluster_get(d, i, k)->signature;
    }
    CHECK(grl_trend_count(t) == distinct(all, seen) ||
          (grl_trend_segments(t) > 1 && /* a new build moves lines */
           grl_trend_count(t) < distinct(all, seen)));
    free(all);
}

/* With INSTANCES each is judged alone, and its findings are of its dumps. */
static inline void check_trend(const struct grl_dumps *d, size_t clusters,
                               bool instances)
{
    struct grl_trend *t = NULL;
    size_t leaks = 0;
    enum grl_status st = grl_trend_new(&t, d, NULL);

    if (st == GRL_EMIXED)
        return;
    CHECK(st == GRL_OK);
    for (size_t i = 0; i < grl_trend_count(t); i++) {
        check_finding(d, grl_trend_get(t, i), instances);
        leaks += grl_trend_get(t, i)->verdict == GRL_LEAKING;
    }
    CHECK(leaks == grl_trend_leaks(t));
    CHECK(grl_trend_instances(t) >= 1);
    CHECK(instances || grl_trend_instances(t) == 1);
    CHECK(grl_trend_segments(t) >= grl_trend_instances(t));
    CHECK(grl_trend_segments(t) <= grl_dumps_count(d));
    if (!instances)
        check_counts(d, t, clusters);
    for (int format = GRL_TEXT; format <= GRL_JSON; format++) {
        struct page_text p;
        struct grl_report r = begin_page(&p, (enum grl_format)format);

        CHECK(grl_report_trend(&r, d, t, NULL) == GRL_OK);
        json_decref(end_page(&p, &r));
    }
    grl_trend_free(t);
}

#endif
