/* Every way of telling goroutines apart. */
#include <goroleak.h>

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SLEEP "time.Sleep(0x1)\n\t/go/src/runtime/time.go:195 +0x1\n"
#define AT(line) "main.f(0x1)\n\t/src/main.go:" line " +0x1\n"
#define BY(who)                                                                \
    "created by main." who " in goroutine 1\n\t/src/main.go:99 +0x1\n"
#define G(id, head, stack) "goroutine " id " " head ":\n" stack "\n"

static const char dump[] = G("1", "[select] {tenant: acme}", AT("1") BY("a"))
    G("2", "[select] {tenant: acme}", AT("1") BY("b"))
        G("3", "[select] {tenant: evil}", AT("2") BY("a"))
            G("4", "[select]", SLEEP AT("1") BY("a"))
                G("5", "[sleep]", SLEEP AT("1"))
                    G("6", "[running] {\"tenant\": \"acme\"}", AT("1") BY("a"))
                        G("7", "[runnable]", AT("1") BY("a"));

static struct grl_dumps *grouped(enum grl_group by, const char *label)
{
    struct grl_options o;
    struct grl_dumps *d = NULL;

    grl_options_init(&o);
    o.keep_ids = true;
    o.group_by = by;
    o.group_label = label;
    assert_int_equal(grl_dumps_new(&d, &o, NULL), GRL_OK);
    assert_int_equal(grl_dumps_begin(d, "dump", NULL), GRL_OK);
    assert_int_equal(grl_dumps_feed(d, dump, sizeof dump - 1, NULL), GRL_OK);
    assert_int_equal(grl_dumps_end(d, NULL), GRL_OK);
    return d;
}

/* The ids of each cluster, in the order of the first: "12 3 4". */
static void clusters_text(const struct grl_dumps *d, char *out)
{
    bool done[10] = {false};

    for (uint64_t first = 1; first < 10; first++)
        for (size_t k = 0; k < grl_cluster_count(d, 0); k++) {
            const struct grl_cluster *c = grl_cluster_get(d, 0, k);

            if (c->ids[0] != first || done[first])
                continue;
            done[first] = true;
            if (first > 1)
                *out++ = ' ';
            for (size_t i = 0; i < c->id_count; i++)
                *out++ = (char)('0' + c->ids[i]);
        }
    *out = '\0';
}

static const struct {
    enum grl_group by;
    const char *label;
    const char *clusters;
} rows[] = {
    {GRL_GROUP_STACK, NULL, "1 2 3 4 5 67"},
    {GRL_GROUP_FUNCTION, NULL, "13 2 4 5 67"},
    {GRL_GROUP_LOCATION, NULL, "124 3 5 67"},
    {GRL_GROUP_CREATOR, NULL, "13467 2 5"},
    {GRL_GROUP_STATE, NULL, "1234 5 67"},
    {GRL_GROUP_LABEL, "tenant", "126 3 457"},
    {GRL_GROUP_LABEL, "nope", "1234567"},
    {GRL_GROUP_CALLS, NULL, "12367 45"},
};

static void test_clusters_of_every_grouping(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct grl_dumps *d = grouped(rows[i].by, rows[i].label);
        char got[40];

        clusters_text(d, got);
        if (strcmp(got, rows[i].clusters) != 0)
            fail_msg("grouping %d: %s, not %s", (int)rows[i].by, got,
                     rows[i].clusters);
        grl_dumps_free(d);
    }
}

static void test_no_goroutine_is_lost_in_any_grouping(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct grl_dumps *d = grouped(rows[i].by, rows[i].label);
        size_t count = grl_cluster_count(d, 0);
        uint64_t sum = 0;

        for (size_t k = 0; k < count; k++) {
            const struct grl_cluster *c = grl_cluster_get(d, 0, k);
            const struct grl_cluster *next = k + 1 < count
                                                 ? grl_cluster_get(d, 0, k + 1)
                                                 : NULL;

            sum += c->count;
            assert_int_equal(c->id_count, c->count);
            assert_non_null(c->blocked_in);
            assert_true(next == NULL || next->count <= c->count);
        }
        assert_int_equal(sum, 7);
        assert_int_equal(grl_dumps_get(d, 0)->clusters, count);
        grl_dumps_free(d);
    }
}

static void test_signatures_differ_by_grouping(void **state)
{
    char seen[6][33];

    (void)state;
    for (size_t i = 0; i < 6; i++) {
        struct grl_dumps *d = grouped(rows[i].by, rows[i].label);

        memcpy(seen[i], grl_cluster_get(d, 0, 0)->signature, 33);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(seen[k], seen[i]);
        grl_dumps_free(d);
    }
}

static void test_the_label_key_is_copied(void **state)
{
    char key[] = "tenant";
    struct grl_options o;
    struct grl_dumps *d = NULL;

    (void)state;
    grl_options_init(&o);
    o.group_by = GRL_GROUP_LABEL;
    o.group_label = key;
    assert_int_equal(grl_dumps_new(&d, &o, NULL), GRL_OK);
    assert_int_equal(grl_dumps_begin(d, "dump", NULL), GRL_OK);
    assert_int_equal(grl_dumps_feed(d, dump, sizeof dump - 1, NULL), GRL_OK);
    assert_int_equal(grl_dumps_end(d, NULL), GRL_OK);
    assert_int_equal(grl_cluster_count(d, 0), 3);
    grl_dumps_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clusters_of_every_grouping),
        cmocka_unit_test(test_no_goroutine_is_lost_in_any_grouping),
        cmocka_unit_test(test_signatures_differ_by_grouping),
        cmocka_unit_test(test_the_label_key_is_copied),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
