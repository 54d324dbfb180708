/* A dump as a test's last word: what rules and baseline do not excuse. */
#include "made.h"

#include <inttypes.h>

static struct grl_dumps *new_dumps(struct grl_rules *rules, bool keep_ids)
{
    struct grl_options o;

    grl_options_init(&o);
    o.keep_ids = keep_ids;
    o.rules = rules;
    return made_dumps(&o);
}

static struct grl_assertion *judge(const struct grl_dumps *d, size_t dump,
                                   ptrdiff_t baseline)
{
    struct grl_assertion *a = NULL;

    assert_int_equal(grl_assert_new(&a, d, dump, baseline, NULL), GRL_OK);
    return a;
}

static char letter_of(const struct grl_cluster *c)
{
    return c->frames[0]->function[5];
}

static void test_whatever_is_left_is_a_leak(void **state)
{
    struct grl_dumps *d = new_dumps(NULL, true);
    struct grl_assertion *a = NULL;

    (void)state;
    made_dump(d, "A2-4 B5-9 C10");
    a = judge(d, 0, -1);
    assert_int_equal(grl_assert_count(a), 3);
    assert_int_equal(grl_assert_ignored(a), 0);
    assert_int_equal(grl_assert_in_baseline(a), 0);
    assert_int_equal(grl_assert_baseline(a), GRL_BASELINE_NONE);
    assert_int_equal(grl_assert_get(a, 0)->count, 5); /* largest first */
    assert_int_equal(letter_of(grl_assert_get(a, 0)), 'B');
    assert_int_equal(grl_assert_get(a, 2)->count, 1);
    assert_int_equal(grl_assert_get(a, 2)->ids[0], 10);
    grl_assert_free(a);
    grl_assert_free(NULL);
    grl_dumps_free(d);
}

static void test_rules_excuse(void **state)
{
    struct grl_rules *r = NULL;
    struct grl_dumps *d = NULL;
    struct grl_assertion *a = NULL;

    (void)state;
    assert_int_equal(grl_rules_new(&r, NULL), GRL_OK);
    assert_int_equal(grl_rules_add_builtin(r, NULL), GRL_OK);
    assert_int_equal(grl_rules_add(r, GRL_IGNORE, "top:=main.B", NULL), GRL_OK);
    d = new_dumps(r, true);
    made_dump(d, "M1 A2-4 B5-9");
    a = judge(d, 0, -1);
    assert_int_equal(grl_assert_ignored(a), 6); /* main, and five B */
    assert_int_equal(grl_assert_count(a), 1);
    assert_int_equal(letter_of(grl_assert_get(a, 0)), 'A');
    assert_int_equal(grl_assert_get(a, 0)->count, 3);
    grl_assert_free(a);
    grl_dumps_free(d);
    grl_rules_free(r);
}

static void test_one_process_is_excused_by_id(void **state)
{
    struct grl_dumps *d = new_dumps(NULL, true);
    struct grl_assertion *a = NULL;

    (void)state;
    made_dump(d, "M1 A2-4 B5-9");
    made_dump(d, "M1 A2-3,20-22 B5-9 C4");
    a = judge(d, 1, 0);
    /* 4 was in the baseline too, though in another stack */
    assert_int_equal(grl_assert_in_baseline(a), 9);
    assert_int_equal(grl_assert_baseline(a), GRL_BASELINE_SAME_PROCESS);
    assert_int_equal(grl_assert_count(a), 1);
    assert_int_equal(letter_of(grl_assert_get(a, 0)), 'A');
    assert_int_equal(grl_assert_get(a, 0)->count, 3);
    assert_int_equal(grl_assert_get(a, 0)->id_count, 3);
    assert_int_equal(grl_assert_get(a, 0)->ids[0], 20);
    assert_int_equal(grl_assert_get(a, 0)->ids[2], 22);
    grl_assert_free(a);
    grl_dumps_free(d);
}

/* What a rule left out of the baseline was there all the same. */
static void test_ignored_goroutines_of_the_baseline_excuse_too(void **state)
{
    struct grl_rules *r = NULL;
    struct grl_dumps *d = NULL;
    struct grl_assertion *a = NULL;
    static const char before[] =
        "goroutine 7 [sleep]:\nmain.a(0x1)\n\t/src/main.go:9 +0x1\n\n"
        "goroutine 8 [select]:\nmain.a(0x1)\n\t/src/main.go:9 +0x1\n";
    static const char after[] =
        "goroutine 7 [select]:\nmain.a(0x1)\n\t/src/main.go:9 +0x1\n\n"
        "goroutine 8 [select]:\nmain.a(0x1)\n\t/src/main.go:9 +0x1\n";

    (void)state;
    assert_int_equal(grl_rules_new(&r, NULL), GRL_OK);
    assert_int_equal(grl_rules_add(r, GRL_IGNORE, "state:=sleep", NULL),
                     GRL_OK);
    d = new_dumps(r, true);
    assert_int_equal(made_source(d, "a", before), GRL_OK);
    assert_int_equal(made_source(d, "b", after), GRL_OK);
    a = judge(d, 1, 0);
    assert_int_equal(grl_assert_count(a), 0);
    assert_int_equal(grl_assert_in_baseline(a), 2);
    grl_assert_free(a);
    grl_dumps_free(d);
    grl_rules_free(r);
}

static void test_another_process_is_excused_by_count(void **state)
{
    struct grl_dumps *d = new_dumps(NULL, true);
    struct grl_assertion *a = NULL;

    (void)state;
    made_dump(d, "M1 A100-102 B110-119");
    made_dump(d, "M1 A2-6 B10-13 C20-21");
    a = judge(d, 1, 0);
    assert_int_equal(grl_assert_in_baseline(a), 1 + 3 + 4);
    assert_int_equal(grl_assert_baseline(a), GRL_BASELINE_OTHER_RUN);
    assert_int_equal(grl_assert_count(a), 2);
    for (size_t i = 0; i < 2; i++) {
        const struct grl_cluster *c = grl_assert_get(a, i);

        assert_true(letter_of(c) == 'A' || letter_of(c) == 'C');
        assert_int_equal(c->count, 2);
        /* Which three of A's five are excused, nobody knows. */
        assert_int_equal(c->id_count, letter_of(c) == 'A' ? 0 : 2);
    }
    grl_assert_free(a);
    grl_dumps_free(d);
}

static void test_a_dump_is_its_own_baseline(void **state)
{
    struct grl_dumps *d = new_dumps(NULL, true);
    struct grl_assertion *a = NULL;

    (void)state;
    assert_int_equal(
        grl_dumps_read(d, "fixtures/debug2/waits/go1.27.txt", NULL), GRL_OK);
    a = judge(d, 0, 0);
    assert_int_equal(grl_assert_count(a), 0);
    assert_int_equal(grl_assert_in_baseline(a), 32);
    grl_assert_free(a);
    grl_dumps_free(d);
}

static void test_a_baseline_needs_ids(void **state)
{
    struct grl_dumps *d = new_dumps(NULL, false);
    struct grl_assertion *a = NULL;

    (void)state;
    made_dump(d, "M1 A2-31");
    made_dump(d, "M1 A2-31");
    assert_int_equal(grl_assert_new(&a, d, 1, 0, NULL), GRL_EINVAL);
    assert_null(a);
    a = judge(d, 1, -1); /* and without one it does not */
    assert_int_equal(grl_assert_get(a, 0)->count, 30);
    assert_int_equal(grl_assert_get(a, 0)->id_count, 20);
    grl_assert_free(a);
    grl_dumps_free(d);
}

static void test_the_leaky_server_with_a_baseline(void **state)
{
    struct grl_dumps *d = new_dumps(NULL, true);
    struct grl_assertion *a = NULL;
    uint64_t left = 0;

    (void)state;
    assert_int_equal(grl_dumps_read(d, "fixtures/series/leaky", NULL), GRL_OK);
    a = judge(d, 11, 0);
    for (size_t i = 0; i < grl_assert_count(a); i++) {
        const struct grl_cluster *c = grl_assert_get(a, i);

        left += c->count;
        assert_int_equal(c->id_count, c->count);
        assert_true(i == 0 || c->count <= grl_assert_get(a, i - 1)->count);
    }
    assert_int_equal(grl_assert_get(a, 0)->count, 77);
    assert_int_equal(left + grl_assert_in_baseline(a), 194);
    grl_assert_free(a);
    grl_dumps_free(d);
}

static void test_dumps_there_are_not(void **state)
{
    struct grl_dumps *d = new_dumps(NULL, true);
    struct grl_assertion *a = NULL;
    struct grl_error err;

    (void)state;
    made_dump(d, "M1");
    memset(&err, 0xff, sizeof err);
    assert_int_equal(grl_assert_new(&a, d, 1, -1, &err), GRL_ENODUMP);
    assert_int_equal(err.code, GRL_ENODUMP);
    assert_int_equal(grl_assert_new(&a, d, 0, 1, NULL), GRL_ENODUMP);
    assert_null(a);
    grl_dumps_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whatever_is_left_is_a_leak),
        cmocka_unit_test(test_rules_excuse),
        cmocka_unit_test(test_one_process_is_excused_by_id),
        cmocka_unit_test(test_ignored_goroutines_of_the_baseline_excuse_too),
        cmocka_unit_test(test_another_process_is_excused_by_count),
        cmocka_unit_test(test_a_dump_is_its_own_baseline),
        cmocka_unit_test(test_a_baseline_needs_ids),
        cmocka_unit_test(test_the_leaky_server_with_a_baseline),
        cmocka_unit_test(test_dumps_there_are_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
