/* In which order groups of as many goroutines stand, in every list of them. */
#include "made.h"

#define G(id, head, function)                                                  \
    "goroutine " id " [" head "]:\nmain." function                             \
    "(0x1)\n\t/src/main.go:1 +0x1\n\n"

/* Functions are called by their place; signatures settle those of one name. */
static const char dump[] = G("1", "running", "z1") G("2", "syscall", "z2")
    G("3", "select", "m1") G("4", "IO wait", "m2") G("5", "runnable", "z3")
        G("6", "select, 2 minutes", "b") G("7", "syscall, 3 minutes", "a")
            G("8", "chan send", "m3");

typedef const struct grl_cluster *getter(const void *list, size_t i);

static void assert_order(const void *list, getter *get)
{
    for (size_t i = 0; i < 8; i++) {
        const struct grl_cluster *c = get(list, i);

        assert_int_equal(c->count, 1);
        assert_int_equal(c->frames[0]->function[5], "abmmmzzz"[i]);
        if (i > 2 && i != 5)
            assert_true(strcmp(get(list, i - 1)->signature, c->signature) < 0);
    }
}

static const struct grl_cluster *of_dumps(const void *list, size_t i)
{
    return grl_cluster_get(list, 0, i);
}

static const struct grl_cluster *of_diff(const void *list, size_t i)
{
    return grl_diff_get(list, i)->cluster;
}

static const struct grl_cluster *of_trend(const void *list, size_t i)
{
    return grl_trend_get(list, i)->cluster;
}

static const struct grl_cluster *of_assertion(const void *list, size_t i)
{
    return grl_assert_get(list, i);
}

static struct grl_dumps *two_dumps(const char *first, const char *second)
{
    struct grl_dumps *d = made_dumps(NULL);

    assert_int_equal(made_source(d, "first", first), GRL_OK);
    assert_int_equal(made_source(d, "second", second), GRL_OK);
    return d;
}

static void test_the_clusters_of_a_dump(void **state)
{
    struct grl_options o;

    (void)state;
    grl_options_init(&o);
    for (int merge = 0; merge < 2; merge++) {
        struct grl_dumps *d = NULL;

        o.merge = merge;
        d = made_dumps(&o);
        assert_int_equal(made_source(d, "dump", dump), GRL_OK);
        assert_order(d, of_dumps);
        grl_dumps_free(d);
    }
}

static void test_what_grew_alike(void **state)
{
    struct grl_dumps *d = two_dumps(G("9", "select", "gone"), dump);
    struct grl_diff *f = NULL;

    (void)state;
    assert_int_equal(grl_diff_new(&f, d, 0, 1, NULL), GRL_OK);
    assert_order(f, of_diff);
    grl_diff_free(f);
    grl_dumps_free(d);
}

static void test_what_a_series_says_alike_of(void **state)
{
    struct grl_dumps *d = two_dumps(dump, dump);
    struct grl_trend *t = NULL;

    (void)state;
    assert_int_equal(grl_trend_new(&t, d, NULL), GRL_OK);
    assert_order(t, of_trend);
    grl_trend_free(t);
    grl_dumps_free(d);
}

static void test_what_an_assertion_leaves(void **state)
{
    struct grl_dumps *d = two_dumps(dump, dump);
    struct grl_assertion *a = NULL;

    (void)state;
    assert_int_equal(grl_assert_new(&a, d, 0, -1, NULL), GRL_OK);
    assert_order(a, of_assertion);
    grl_assert_free(a);
    grl_dumps_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_clusters_of_a_dump),
        cmocka_unit_test(test_what_grew_alike),
        cmocka_unit_test(test_what_a_series_says_alike_of),
        cmocka_unit_test(test_what_an_assertion_leaves),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
