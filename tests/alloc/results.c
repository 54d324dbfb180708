/* Diff, trend, assert and all reports, when memory runs out. */
#include "support/failing_alloc.h"
#include "support/sweep.h"

/* What the jobs work on, made while there was memory. */
static struct grl_dumps *dumps;
static struct grl_dumps *builds;
static struct grl_diff *diff;
static struct grl_trend *trend;
static struct grl_assertion *assertion;

/* A leaking server, then another process, whose goroutines have labels. */
static const char *const inputs[] = {
    "fixtures/series/leaky/20261123T062012Z.txt",
    "fixtures/series/leaky/20261123T062832Z.txt",
    "fixtures/series/leaky/20261123T063833Z.txt",
    "fixtures/cases/08_labels127.txt",
};

/* One program, built by two releases of Go. */
static const char *const one_program[] = {
    "fixtures/debug2/waits/go1.26.txt",
    "fixtures/debug2/waits/go1.27.txt",
};

static int set_up(void **state)
{
    (void)state;
    assert_int_equal(grl_dumps_new(&dumps, NULL, NULL), GRL_OK);
    for (size_t i = 0; i < LENGTH(inputs); i++)
        assert_int_equal(grl_dumps_read(dumps, inputs[i], NULL), GRL_OK);
    assert_int_equal(grl_dumps_count(dumps), LENGTH(inputs));
    assert_int_equal(grl_dumps_new(&builds, NULL, NULL), GRL_OK);
    for (size_t i = 0; i < LENGTH(one_program); i++)
        assert_int_equal(grl_dumps_read(builds, one_program[i], NULL), GRL_OK);
    assert_int_equal(grl_diff_new(&diff, dumps, 0, 2, NULL), GRL_OK);
    assert_int_equal(grl_trend_new(&trend, dumps, NULL), GRL_OK);
    assert_int_equal(grl_assert_new(&assertion, dumps, 3, -1, NULL), GRL_OK);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    grl_assert_free(assertion);
    grl_trend_free(trend);
    grl_diff_free(diff);
    grl_dumps_free(builds);
    grl_dumps_free(dumps);
    return 0;
}

static enum grl_status make_diff(struct digest *d, struct grl_error *err)
{
    struct grl_diff *f = NULL;
    enum grl_status st = grl_diff_new(&f, dumps, 0, 2, err);

    for (size_t i = 0; st == GRL_OK && i < grl_diff_count(f); i++) {
        const struct grl_change *c = grl_diff_get(f, i);

        digest_add_string(d, c->cluster->signature);
        digest_add(d, &c->delta, sizeof c->delta);
        digest_add(d, &c->survivors, sizeof c->survivors);
    }
    grl_diff_free(f);
    return st;
}

static enum grl_status make_trend(struct digest *d, struct grl_error *err)
{
    struct grl_trend *t = NULL;
    enum grl_status st = grl_trend_new(&t, dumps, err);

    for (size_t i = 0; st == GRL_OK && i < grl_trend_count(t); i++) {
        const struct grl_finding *f = grl_trend_get(t, i);

        digest_add_string(d, grl_verdict_name(f->verdict));
        digest_add_string(d, f->cluster->signature);
        digest_add(d, &f->p_value, sizeof f->p_value);
        for (size_t k = 0; k < f->evidence_count; k++)
            digest_add_string(d, f->evidence[k]);
    }
    grl_trend_free(t);
    return st;
}

static enum grl_status make_assertion(struct digest *d, struct grl_error *err,
                                      const struct grl_dumps *from, size_t dump,
                                      ptrdiff_t baseline)
{
    struct grl_assertion *a = NULL;
    enum grl_status st = grl_assert_new(&a, from, dump, baseline, err);

    for (size_t i = 0; st == GRL_OK && i < grl_assert_count(a); i++) {
        const struct grl_cluster *c = grl_assert_get(a, i);

        digest_add_string(d, c->signature);
        digest_add(d, &c->count, sizeof c->count);
        digest_add(d, c->ids, c->id_count * sizeof *c->ids);
    }
    grl_assert_free(a);
    return st;
}

static enum grl_status assert_alone(struct digest *d, struct grl_error *err)
{
    return make_assertion(d, err, dumps, 2, -1);
}

static enum grl_status assert_by_id(struct digest *d, struct grl_error *err)
{
    return make_assertion(d, err, dumps, 2, 0);
}

static enum grl_status assert_by_count(struct digest *d, struct grl_error *err)
{
    return make_assertion(d, err, builds, 1, 0);
}

/* -------------------------------------------------------------- reports */

static struct grl_report report(enum grl_format format, struct digest *d)
{
    struct grl_report r;

    grl_report_init(&r);
    r.format = format;
    r.write = digest_write;
    r.user = d;
    r.color = true;
    r.top = 3;
    return r;
}

#define REPORT(name, format, call)                                             \
    static enum grl_status name(struct digest *d, struct grl_error *err)       \
    {                                                                          \
        struct grl_report r = report(format, d);                               \
                                                                               \
        return call;                                                           \
    }

REPORT(scan_text, GRL_TEXT, grl_report_scan(&r, dumps, err))
REPORT(scan_json, GRL_JSON, grl_report_scan(&r, dumps, err))
REPORT(diff_text, GRL_TEXT, grl_report_diff(&r, dumps, diff, 0, 2, err))
REPORT(diff_json, GRL_JSON, grl_report_diff(&r, dumps, diff, 0, 2, err))
REPORT(trend_text, GRL_TEXT, grl_report_trend(&r, dumps, trend, err))
REPORT(trend_json, GRL_JSON, grl_report_trend(&r, dumps, trend, err))
REPORT(explain_text, GRL_TEXT, grl_report_explain(&r, NULL, dumps, err))
REPORT(explain_json, GRL_JSON, grl_report_explain(&r, NULL, dumps, err))
REPORT(leaks_text, GRL_TEXT, grl_report_assert(&r, dumps, assertion, 3, err))
REPORT(leaks_json, GRL_JSON, grl_report_assert(&r, dumps, assertion, 3, err))
REPORT(leaks_sarif, GRL_SARIF, grl_report_assert(&r, dumps, assertion, 3, err))

/* With a word on leaks that are not shown. */
REPORT(doubt_sarif, GRL_SARIF,
       (r.min_count = UINT64_MAX,
        grl_report_assert(&r, dumps, assertion, 3, err)))

#define SWEEP(job, fewest)                                                     \
    static void test_##job(void **state)                                       \
    {                                                                          \
        (void)state;                                                           \
        sweep_all(job, fewest, 4); /* qsort() can do without */                \
    }

SWEEP(make_diff, 5)
SWEEP(make_trend, 20)
SWEEP(assert_alone, 1)
SWEEP(assert_by_id, 5)
SWEEP(assert_by_count, 5)
SWEEP(scan_text, 2)
SWEEP(scan_json, 100)
SWEEP(diff_text, 2)
SWEEP(diff_json, 100)
SWEEP(trend_text, 2)
SWEEP(trend_json, 100)
SWEEP(explain_text, 2)
SWEEP(explain_json, 100)
SWEEP(leaks_text, 2)

/* SARIF is written in one piece, whole or not. */
static void test_sarif(void **state)
{
    (void)state;
    sweep_all(leaks_sarif, 50, 0);
    sweep_all(doubt_sarif, 20, 0);
}

static void test_leaks_json(void **state)
{
    (void)state;
    sweep_all(leaks_json, 50, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_make_diff),
        cmocka_unit_test(test_make_trend),
        cmocka_unit_test(test_assert_alone),
        cmocka_unit_test(test_assert_by_id),
        cmocka_unit_test(test_assert_by_count),
        cmocka_unit_test(test_scan_text),
        cmocka_unit_test(test_scan_json),
        cmocka_unit_test(test_diff_text),
        cmocka_unit_test(test_diff_json),
        cmocka_unit_test(test_trend_text),
        cmocka_unit_test(test_trend_json),
        cmocka_unit_test(test_explain_text),
        cmocka_unit_test(test_explain_json),
        cmocka_unit_test(test_leaks_text),
        cmocka_unit_test(test_leaks_json),
        cmocka_unit_test(test_sarif),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
