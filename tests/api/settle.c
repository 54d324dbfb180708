/* Time to end: how often a dump is taken, and which one counts. */
#include <goroleak.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

/* A process that has LEFT goroutines, one fewer at each look, that takes some
 * MILLISECONDS to answer, and that cannot be asked any more from look DIES on.
 */
struct process {
    int left;
    int looks;
    int dies;
    long milliseconds;
};

static enum grl_status take(void *user, struct grl_dumps *d,
                            struct grl_error *err)
{
    struct process *p = user;
    struct timespec slow = {0, p->milliseconds * 1000000};
    enum grl_status st = GRL_OK;

    nanosleep(&slow, NULL);
    if (++p->looks == p->dies) {
        err->code = GRL_EIO;
        err->what = "it is gone";
        return GRL_EIO;
    }
    st = grl_dumps_begin(d, "process", err);
    for (int i = 0; i <= p->left && st == GRL_OK; i++) {
        char text[100];
        int n = snprintf(text, sizeof text,
                         "goroutine %d [select]:\nmain.%c(0x1)\n"
                         "\t/src/main.go:7 +0x1\n\n",
                         i + 1, i == 0 ? 'm' : 'w');

        st = grl_dumps_feed(d, text, (size_t)n, err);
    }
    p->left -= p->left > 0;
    return st == GRL_OK ? grl_dumps_end(d, err) : st;
}

static struct grl_dumps *new_dumps(struct grl_rules **rules)
{
    struct grl_options o;
    struct grl_dumps *d = NULL;

    grl_options_init(&o);
    assert_int_equal(grl_rules_new(rules, NULL), GRL_OK);
    assert_int_equal(grl_rules_add(*rules, GRL_IGNORE, "top:=main.m", NULL),
                     GRL_OK);
    o.rules = *rules;
    o.keep_ids = true;
    assert_int_equal(grl_dumps_new(&d, &o, NULL), GRL_OK);
    return d;
}

/* Leaks that are told of P after SECONDS. */
static size_t settled(struct process *p, ptrdiff_t baseline, double seconds)
{
    struct grl_rules *rules = NULL;
    struct grl_dumps *d = new_dumps(&rules);
    struct grl_assertion *a = NULL;
    size_t count = 0;

    if (baseline == 0)
        assert_int_equal(take(p, d, NULL), GRL_OK);
    assert_int_equal(
        grl_assert_settled(&a, d, baseline, seconds, take, p, NULL), GRL_OK);
    assert_int_equal(grl_dumps_count(d), p->looks);
    count = grl_assert_count(a) > 0 ? grl_assert_get(a, 0)->count : 0;
    grl_assert_free(a);
    grl_dumps_free(d);
    grl_rules_free(rules);
    return count;
}

static void test_until_none_is_left(void **state)
{
    struct process p = {.left = 5};

    (void)state;
    assert_int_equal(settled(&p, -1, 600), 0);
    assert_int_equal(p.looks, 6);
}

static void test_no_time_is_one_look(void **state)
{
    struct process p = {.left = 5};

    (void)state;
    assert_int_equal(settled(&p, -1, 0), 5);
    assert_int_equal(p.looks, 1);
}

/* The goroutine had its time only when a dump that begins behind it says so. */
static void test_a_look_that_takes_longer_than_there_is_time(void **state)
{
    struct process p = {.left = 1, .milliseconds = 100};

    (void)state;
    assert_int_equal(settled(&p, -1, 0.05), 0);
    assert_int_equal(p.looks, 2);
}

static void test_what_the_baseline_has_is_not_waited_for(void **state)
{
    struct process p = {.left = 5};

    (void)state;
    assert_int_equal(settled(&p, 0, 600), 0);
    assert_int_equal(p.looks, 2);
}

/* In 0.4 s: after 1, 3, 7, 15, 31, 63, 127, 227, 327 and 400 ms, or fewer times
 * on a machine that is slow. */
static void test_pauses_grow(void **state)
{
    struct process p = {.left = 1000};
    struct timespec t[2];
    double took = 0;

    (void)state;
    clock_gettime(CLOCK_MONOTONIC, &t[0]);
    assert_true(settled(&p, -1, 0.4) > 980);
    clock_gettime(CLOCK_MONOTONIC, &t[1]);
    took = (double)(t[1].tv_sec - t[0].tv_sec) +
           (double)(t[1].tv_nsec - t[0].tv_nsec) / 1e9;
    assert_true(took >= 0.4);
    assert_in_range(p.looks, 2, 12);
}

static void test_a_process_that_dies_meanwhile(void **state)
{
    struct process p = {.left = 5, .dies = 3};
    struct grl_rules *rules = NULL;
    struct grl_dumps *d = new_dumps(&rules);
    struct grl_assertion *a = NULL;
    struct grl_error err;

    (void)state;
    memset(&err, -1, sizeof err);
    assert_int_equal(grl_assert_settled(&a, d, -1, 600, take, &p, &err),
                     GRL_EIO);
    assert_string_equal(err.what, "it is gone");
    assert_null(a);
    grl_dumps_free(d);
    grl_rules_free(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_until_none_is_left),
        cmocka_unit_test(test_no_time_is_one_look),
        cmocka_unit_test(test_a_look_that_takes_longer_than_there_is_time),
        cmocka_unit_test(test_what_the_baseline_has_is_not_waited_for),
        cmocka_unit_test(test_pauses_grow),
        cmocka_unit_test(test_a_process_that_dies_meanwhile),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
