/* Two dumps compared. */
#include "made.h"

#include <inttypes.h>

static struct grl_diff *diff_of(const struct grl_dumps *d)
{
    struct grl_diff *f = NULL;

    assert_int_equal(grl_diff_new(&f, d, 0, 1, NULL), GRL_OK);
    return f;
}

static void test_each_kind_of_change_largest_growth_first(void **state)
{
    static const struct {
        char letter;
        enum grl_change_kind kind;
        uint64_t before, after;
        int64_t delta, survivors;
    } want[] = {
        {'G', GRL_GREW, 3, 10, 7, 3},
        {'N', GRL_NEW, 0, 2, 2, 0},
        {'X', GRL_GONE, 5, 0, -5, 0},
        {'F', GRL_SHRANK, 10, 4, -6, 4},
    };
    struct grl_dumps *d = made_dumps(NULL);
    struct grl_diff *f = NULL;

    (void)state;
    made_dump(d, "M1 S2-4 G10-12 F20-29 X30-34 T40-44");
    made_dump(d, "M1 S2-4 G10-12,100-106 F20-23 N110-111 T140-144");
    f = diff_of(d);
    assert_false(grl_diff_restarted(f));
    assert_int_equal(grl_diff_count(f), 4); /* S and T are the same */
    for (size_t i = 0; i < 4; i++) {
        const struct grl_change *c = grl_diff_get(f, i);

        assert_int_equal(c->cluster->frames[0]->function[5], want[i].letter);
        assert_int_equal(c->kind, want[i].kind);
        assert_int_equal(c->before, want[i].before);
        assert_int_equal(c->after, want[i].after);
        assert_int_equal(c->delta, want[i].delta);
        assert_int_equal(c->survivors, want[i].survivors);
    }
    grl_diff_free(f);
    grl_dumps_free(d);
}

static void test_the_cluster_is_of_the_later_dump_that_has_it(void **state)
{
    struct grl_dumps *d = made_dumps(NULL);
    struct grl_diff *f = NULL;

    (void)state;
    made_dump(d, "M1 G2-3 X9");
    made_dump(d, "M1 G2-6");
    f = diff_of(d);
    assert_int_equal(grl_diff_count(f), 2);
    assert_int_equal(grl_diff_get(f, 0)->cluster->count, 5);
    assert_int_equal(grl_diff_get(f, 1)->cluster->count, 1);
    assert_int_equal(grl_diff_get(f, 1)->cluster->ids[0], 9);
    grl_diff_free(f);
    grl_dumps_free(d);
}

static void test_a_dump_does_not_differ_from_itself(void **state)
{
    struct grl_dumps *d = made_dumps(NULL);
    struct grl_diff *f = NULL;

    (void)state;
    made_dump(d, "M1 A2-30");
    assert_int_equal(grl_diff_new(&f, d, 0, 0, NULL), GRL_OK);
    assert_int_equal(grl_diff_count(f), 0);
    assert_false(grl_diff_restarted(f));
    grl_diff_free(f);
    grl_dumps_free(d);
}

static void test_survivors_of_two_processes_are_unknown(void **state)
{
    struct grl_dumps *d = made_dumps(NULL);
    struct grl_diff *f = NULL;

    (void)state;
    made_dump(d, "M1 A100-120");
    made_dump(d, "M1 A2-40");
    f = diff_of(d);
    assert_true(grl_diff_restarted(f));
    assert_int_equal(grl_diff_count(f), 1);
    assert_int_equal(grl_diff_get(f, 0)->delta, 18);
    assert_int_equal(grl_diff_get(f, 0)->survivors, -1);
    grl_diff_free(f);
    grl_dumps_free(d);
}

/* Grown equally: the signature settles it, so the order never changes. */
static void test_ties_are_settled_by_signature(void **state)
{
    struct grl_dumps *d = made_dumps(NULL);
    struct grl_diff *f = NULL;

    (void)state;
    made_dump(d, "M1");
    made_dump(d, "M1 A10-11 B20-21 C30-31 D40-41 E50-51");
    f = diff_of(d);
    assert_int_equal(grl_diff_count(f), 5);
    for (size_t i = 1; i < 5; i++)
        assert_true(strcmp(grl_diff_get(f, i - 1)->cluster->signature,
                           grl_diff_get(f, i)->cluster->signature) < 0);
    grl_diff_free(f);
    grl_dumps_free(d);
}

static void test_dumps_there_are_not(void **state)
{
    static const size_t pairs[][2] = {{0, 1}, {1, 0}, {5, 9}, {0, SIZE_MAX}};
    struct grl_dumps *d = made_dumps(NULL);
    struct grl_diff *f = NULL;

    (void)state;
    made_dump(d, "M1");
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        struct grl_error err;

        memset(&err, 0xff, sizeof err);
        assert_int_equal(grl_diff_new(&f, d, pairs[i][0], pairs[i][1], &err),
                         GRL_ENODUMP);
        assert_null(f); /* written only on success */
        assert_int_equal(err.code, GRL_ENODUMP);
        assert_non_null(err.what);
        assert_int_equal(err.sys, 0);
        assert_string_equal(err.detail, "");
    }
    grl_diff_free(NULL);
    grl_dumps_free(d);
}

static void test_merged_dumps_cannot_be_compared(void **state)
{
    struct grl_options o;
    struct grl_dumps *d = NULL;
    struct grl_diff *f = NULL;

    (void)state;
    grl_options_init(&o);
    o.merge = true;
    assert_int_equal(grl_dumps_new(&d, &o, NULL), GRL_OK);
    made_dump(d, "M1");
    made_dump(d, "M1");
    assert_int_equal(grl_diff_new(&f, d, 0, 1, NULL), GRL_EINVAL);
    grl_dumps_free(d);
}

/* From the first to the last dump of the fixture: fetchWithTimeout gained 77,
 * and all 7 of the first are still there. */
static void test_the_leaky_server(void **state)
{
    struct grl_dumps *d = made_dumps(NULL);
    struct grl_diff *f = NULL;

    (void)state;
    assert_int_equal(grl_dumps_read(d, "fixtures/series/leaky", NULL), GRL_OK);
    assert_int_equal(grl_diff_new(&f, d, 0, 11, NULL), GRL_OK);
    assert_int_equal(grl_diff_get(f, 0)->kind, GRL_GREW);
    assert_int_equal(grl_diff_get(f, 0)->delta, 77);
    assert_int_equal(grl_diff_get(f, 0)->survivors, 7);
    assert_int_equal(grl_diff_get(f, 1)->delta, 38); /* the cache */
    assert_int_equal(grl_diff_get(f, 2)->delta, 33);
    grl_diff_free(f);
    grl_dumps_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_kind_of_change_largest_growth_first),
        cmocka_unit_test(test_the_cluster_is_of_the_later_dump_that_has_it),
        cmocka_unit_test(test_a_dump_does_not_differ_from_itself),
        cmocka_unit_test(test_survivors_of_two_processes_are_unknown),
        cmocka_unit_test(test_ties_are_settled_by_signature),
        cmocka_unit_test(test_dumps_there_are_not),
        cmocka_unit_test(test_merged_dumps_cannot_be_compared),
        cmocka_unit_test(test_the_leaky_server),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
