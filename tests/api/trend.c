/* A series judged: the leaking server of the fixtures, and small series. */
#include "made.h"

#include <math.h>

static struct grl_trend *trend_of(const struct grl_dumps *d)
{
    struct grl_trend *t = NULL;

    assert_int_equal(grl_trend_new(&t, d, NULL), GRL_OK);
    return t;
}

/* ------------------------------------------------- fixtures/series/leaky */

static struct grl_dumps *leaky(void)
{
    struct grl_dumps *d = made_dumps(NULL);

    assert_int_equal(grl_dumps_read(d, "fixtures/series/leaky", NULL), GRL_OK);
    assert_int_equal(grl_dumps_sort(d, GRL_ORDER_AUTO), GRL_ORDER_NAME);
    assert_int_equal(grl_dumps_count(d), 12);
    return d;
}

/* The finding whose user code blocks in FUNCTION. */
static const struct grl_finding *in_function(const struct grl_trend *t,
                                             const char *function)
{
    for (size_t i = 0; i < grl_trend_count(t); i++) {
        const struct grl_finding *f = grl_trend_get(t, i);

        if (strcmp(f->cluster->blocked_in->function, function) == 0)
            return f;
    }
    fail_msg("nothing blocks in %s", function);
    return NULL;
}

static void test_the_leaks_and_nothing_else_leak(void **state)
{
    static const struct {
        const char *function;
        enum grl_verdict verdict;
        uint64_t first, last;
        double per_dump;
    } rows[] = {
        {"main.fetchWithTimeout.func1", GRL_LEAKING, 7, 84, 7},
        {"main.(*hub).watch", GRL_LEAKING, 3, 36, 3},
        {"main.(*shard).evictLoop", GRL_PLATEAUED, 2, 40, NAN},
        {"main.(*batch).job", GRL_OSCILLATING, 0, 20, NAN},
    };
    struct grl_dumps *d = leaky();
    struct grl_trend *t = trend_of(d);
    size_t steady = 0;

    (void)state;
    assert_int_equal(grl_trend_leaks(t), 2);
    assert_int_equal(grl_trend_segments(t), 1);
    assert_int_equal(grl_trend_instances(t), 1);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct grl_finding *f = in_function(t, rows[i].function);

        assert_string_equal(grl_verdict_name(f->verdict),
                            grl_verdict_name(rows[i].verdict));
        assert_int_equal(f->first, rows[i].first);
        assert_int_equal(f->last, rows[i].last);
        assert_true(isnan(rows[i].per_dump) ||
                    fabs(f->per_dump - rows[i].per_dump) < 1e-9);
    }
    for (size_t i = 0; i < grl_trend_count(t); i++)
        steady += grl_trend_get(t, i)->verdict == GRL_STEADY;
    assert_int_equal(steady, grl_trend_count(t) - 4);
    grl_trend_free(t);
    grl_dumps_free(d);
}

static void test_a_leak_has_numbers_and_reasons(void **state)
{
    struct grl_dumps *d = leaky();
    struct grl_trend *t = trend_of(d);
    const struct grl_finding *f = grl_trend_get(t, 0);

    (void)state;
    assert_int_equal(f->verdict, GRL_LEAKING);
    assert_int_equal(f->count_count, 12);
    for (size_t i = 0; i < 12; i++)
        assert_int_equal(f->counts[i], 7 * (i + 1));
    assert_int_equal(f->added, 70); /* those of the last dump had no time */
    assert_int_equal(f->survived, 70);
    assert_true(f->survival == 1);
    assert_true(f->p_value > 0 && f->p_value < 1e-4);
    assert_true(f->per_hour > 240 && f->per_hour < 260);
    assert_true(f->rms == 84); /* there is one process */
    assert_true(f->evidence_count >= 3);
    for (size_t i = 0; i < f->evidence_count; i++)
        assert_true(strlen(f->evidence[i]) > 5);
    assert_int_equal(f->cluster->count, 84);
    assert_int_equal(f->cluster->id_count, 84);
    grl_trend_free(t);
    grl_dumps_free(d);
}

static void test_findings_are_ordered_and_complete(void **state)
{
    struct grl_dumps *d = leaky();
    struct grl_trend *t = trend_of(d);

    (void)state;
    for (size_t i = 0; i < grl_trend_count(t); i++) {
        const struct grl_finding *f = grl_trend_get(t, i);
        const struct grl_finding *before = i > 0 ? grl_trend_get(t, i - 1)
                                                 : NULL;

        assert_true(before == NULL || before->verdict <= f->verdict);
        assert_true(before == NULL || before->verdict < f->verdict ||
                    before->rms >= f->rms);
        assert_string_equal(f->instance, "");
        assert_true(f->evidence_count > 0);
        assert_int_equal(f->first, f->counts[0]);
        assert_int_equal(f->last, f->counts[11]);
    }
    for (size_t k = 0; k < 12; k++) { /* every goroutine is in one finding */
        uint64_t sum = 0;

        for (size_t i = 0; i < grl_trend_count(t); i++)
            sum += grl_trend_get(t, i)->counts[k];
        assert_int_equal(sum, grl_dumps_get(d, k)->goroutines);
    }
    grl_trend_free(t);
    grl_dumps_free(d);
}

/* --------------------------------------------------------- small series */

/* COUNTS goroutines a dump; all stay, or, with TURNOVER, none. */
static struct grl_dumps *series(const int *counts, size_t n, bool turnover)
{
    struct grl_dumps *d = made_dumps(NULL);

    for (size_t i = 0; i < n; i++) {
        int first = turnover ? 1000 * (int)(i + 1) : 1000;

        assert_int_equal(grl_dumps_begin(d, "dump", NULL), GRL_OK);
        for (int id = 1; id <= 10; id++) /* what shows one process */
            made_goroutine(d, id, "serve", 9);
        for (int k = 0; k < counts[i]; k++)
            made_goroutine(d, first + k, "work", 9);
        assert_int_equal(grl_dumps_end(d, NULL), GRL_OK);
    }
    return d;
}

static void test_what_two_dumps_cannot_tell_is_nan(void **state)
{
    static const int counts[] = {1, 5000};
    struct grl_dumps *d = series(counts, 2, false);
    struct grl_trend *t = trend_of(d);

    (void)state;
    assert_int_equal(grl_trend_leaks(t), 0);
    assert_true(isnan(in_function(t, "main.work")->p_value));
    assert_true(isnan(in_function(t, "main.work")->survival));
    grl_trend_free(t);
    grl_dumps_free(d);
}

static void test_turnover_has_no_survivors(void **state)
{
    static const int counts[] = {2, 4, 6, 8, 10, 12};
    struct grl_dumps *d = series(counts, 6, true);
    struct grl_trend *t = trend_of(d);

    (void)state;
    assert_int_equal(grl_trend_segments(t), 1);
    assert_int_equal(in_function(t, "main.work")->added, 28);
    assert_int_equal(in_function(t, "main.work")->survived, 0);
    assert_true(in_function(t, "main.work")->survival == 0);
    grl_trend_free(t);
    grl_dumps_free(d);
}

static void test_times_unknown_make_no_rate_per_hour(void **state)
{
    static const int counts[] = {10, 20, 30};
    struct grl_dumps *d = series(counts, 3, false);
    struct grl_trend *t = trend_of(d);

    (void)state;
    assert_int_equal(grl_trend_leaks(t), 1);
    assert_true(isnan(grl_trend_get(t, 0)->per_hour));
    assert_true(grl_trend_get(t, 0)->per_dump == 10);
    grl_trend_free(t);
    grl_dumps_free(d);
}

/* Dumps of a process that leaks 5 a dump, its ids from FIRST on. */
static void put_leaking(struct grl_dumps *d, const char *name, int first,
                        int dumps)
{
    for (int i = 0; i < dumps; i++) {
        assert_int_equal(grl_dumps_begin(d, name, NULL), GRL_OK);
        made_goroutine(d, 1, "main", 9);
        for (int k = 0; k < 5 * (i + 1); k++)
            made_goroutine(d, first + k, "leak", 9);
        assert_int_equal(grl_dumps_end(d, NULL), GRL_OK);
    }
}

static void test_a_restart_cuts_but_does_not_hide(void **state)
{
    struct grl_dumps *d = made_dumps(NULL);
    struct grl_trend *t = NULL;

    (void)state;
    put_leaking(d, "dump", 500, 5);
    put_leaking(d, "dump", 10, 5);
    t = trend_of(d);
    assert_int_equal(grl_trend_instances(t), 1);
    assert_int_equal(grl_trend_segments(t), 2);
    assert_int_equal(grl_trend_leaks(t), 1);
    assert_int_equal(grl_trend_get(t, 0)->verdict, GRL_LEAKING);
    assert_true(grl_trend_get(t, 0)->per_dump == 5);
    assert_int_equal(grl_trend_get(t, 0)->count_count, 10);
    grl_trend_free(t);
    grl_dumps_free(d);
}

/* ------------------------------------------------------------ instances */

/* Two processes, dump by dump in turn. */
static struct grl_dumps *two_processes(const char *instance)
{
    struct grl_options o;
    struct grl_dumps *d = NULL;

    grl_options_init(&o);
    o.keep_ids = true;
    o.instance = instance;
    d = made_dumps(&o);
    for (int i = 0; i < 5; i++)
        for (int host = 0; host < 2; host++) {
            char name[32];

            snprintf(name, sizeof name, "host%d-%d.txt", host + 1, i);
            assert_int_equal(grl_dumps_begin(d, name, NULL), GRL_OK);
            for (int k = 0; k < 12 + 4 * i; k++)
                made_goroutine(d, 100 + 1000 * host + k, "leak", 9);
            assert_int_equal(grl_dumps_end(d, NULL), GRL_OK);
        }
    return d;
}

static void test_mixed_processes_are_refused(void **state)
{
    struct grl_dumps *d = two_processes(NULL);
    struct grl_trend *t = NULL;
    struct grl_error err;

    (void)state;
    memset(&err, 0xff, sizeof err);
    assert_int_equal(grl_trend_new(&t, d, &err), GRL_EMIXED);
    assert_null(t);
    assert_int_equal(err.code, GRL_EMIXED);
    assert_non_null(err.what);
    assert_int_equal(err.sys, 0);
    assert_non_null(strstr(err.detail, "host1"));
    assert_non_null(strstr(err.detail, "host2"));
    grl_dumps_free(d);
}

static void test_each_instance_is_judged_alone(void **state)
{
    struct grl_dumps *d = two_processes("^(host\\d+)-");
    struct grl_trend *t = trend_of(d);

    (void)state;
    assert_string_equal(grl_dumps_get(d, 0)->instance, "host1");
    assert_string_equal(grl_dumps_get(d, 1)->instance, "host2");
    assert_int_equal(grl_trend_instances(t), 2);
    assert_int_equal(grl_trend_segments(t), 2);
    assert_int_equal(grl_trend_count(t), 2);
    assert_int_equal(grl_trend_leaks(t), 2);
    assert_string_equal(grl_trend_get(t, 0)->instance, "host1");
    assert_string_equal(grl_trend_get(t, 1)->instance, "host2");
    for (size_t i = 0; i < 2; i++) {
        const struct grl_finding *f = grl_trend_get(t, i);

        assert_int_equal(f->count_count, 5);
        assert_int_equal(f->first, 12);
        assert_int_equal(f->last, 28);
        /* sqrt((28^2 + 28^2) / 2) */
        assert_true(fabs(f->rms - 28) < 1e-9);
    }
    grl_trend_free(t);
    grl_dumps_free(d);
}

static void test_a_bad_instance_pattern_says_where(void **state)
{
    struct grl_options o;
    struct grl_dumps *d = NULL;
    struct grl_error err;

    (void)state;
    grl_options_init(&o);
    o.instance = "ab(";
    memset(&err, 0xff, sizeof err);
    assert_int_equal(grl_dumps_new(&d, &o, &err), GRL_EPATTERN);
    assert_null(d);
    assert_int_equal(err.code, GRL_EPATTERN);
    assert_int_equal(err.offset, 3);
}

static void test_one_dump_and_none(void **state)
{
    static const int counts[] = {7};
    struct grl_dumps *d = series(counts, 1, false);
    struct grl_trend *t = trend_of(d);
    struct grl_error err;

    (void)state;
    assert_int_equal(grl_trend_count(t), 2);
    assert_int_equal(grl_trend_leaks(t), 0);
    grl_trend_free(t);
    grl_trend_free(NULL);
    grl_dumps_free(d);
    d = made_dumps(NULL);
    t = NULL;
    memset(&err, 0xff, sizeof err);
    assert_int_equal(grl_trend_new(&t, d, &err), GRL_ENODUMP);
    assert_null(t);
    assert_int_equal(err.code, GRL_ENODUMP);
    assert_non_null(err.what);
    grl_dumps_free(d);
}

static void test_merged_dumps_are_no_series(void **state)
{
    struct grl_options o;
    struct grl_dumps *d = NULL;
    struct grl_trend *t = NULL;

    (void)state;
    grl_options_init(&o);
    o.merge = true;
    d = made_dumps(&o);
    assert_int_equal(grl_dumps_read(d, "fixtures/series/leaky", NULL), GRL_OK);
    assert_int_equal(grl_trend_new(&t, d, NULL), GRL_EINVAL);
    grl_dumps_free(d);
}

/* DESIGN: "select (no cases)" is certain on sight outside main only. */
static void test_main_may_sleep_for_ever(void **state)
{
    static const char text[] = "goroutine 1 [select (no cases)]:\n"
                               "main.main()\n\t/src/main.go:9 +0x1\n";
    struct grl_dumps *d = NULL;
    struct grl_trend *t = NULL;
    const struct grl_finding *f = NULL;

    (void)state;
    d = made_dumps(NULL);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(grl_dumps_begin(d, "dump", NULL), GRL_OK);
        assert_int_equal(grl_dumps_feed(d, text, sizeof text - 1, NULL),
                         GRL_OK);
        assert_int_equal(grl_dumps_end(d, NULL), GRL_OK);
    }
    t = trend_of(d);
    f = grl_trend_get(t, 0);
    for (size_t i = 0; i < f->evidence_count; i++)
        assert_null(strstr(f->evidence[i], "ever wake"));
    grl_trend_free(t);
    grl_dumps_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_leaks_and_nothing_else_leak),
        cmocka_unit_test(test_a_leak_has_numbers_and_reasons),
        cmocka_unit_test(test_findings_are_ordered_and_complete),
        cmocka_unit_test(test_what_two_dumps_cannot_tell_is_nan),
        cmocka_unit_test(test_turnover_has_no_survivors),
        cmocka_unit_test(test_times_unknown_make_no_rate_per_hour),
        cmocka_unit_test(test_a_restart_cuts_but_does_not_hide),
        cmocka_unit_test(test_one_dump_and_none),
        cmocka_unit_test(test_merged_dumps_are_no_series),
        cmocka_unit_test(test_main_may_sleep_for_ever),
        cmocka_unit_test(test_mixed_processes_are_refused),
        cmocka_unit_test(test_each_instance_is_judged_alone),
        cmocka_unit_test(test_a_bad_instance_pattern_says_where),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
