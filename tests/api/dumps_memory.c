/* Dumps from memory: ids, options, merging, clusters. */
#include "made.h"

#define G(id, state, stack) "goroutine " id " [" state "]:\n" stack "\n"
#define A "main.a(0x1)\n\t/src/main.go:1 +0x1\n"
#define B "main.b(0x1)\n\t/src/main.go:2 +0x1\n"

static struct grl_options options(void)
{
    struct grl_options o;

    memset(&o, 0xff, sizeof o);
    grl_options_init(&o);
    return o;
}

static const struct grl_cluster *cluster(const struct grl_dumps *d, size_t i,
                                         size_t k)
{
    assert_true(k < grl_cluster_count(d, i));
    return grl_cluster_get(d, i, k);
}

/* -------------------------------------------------------------- memory */

static void test_dumps_from_memory(void **state)
{
    struct grl_dumps *d = made_dumps(NULL);
    static const char text[] = G("1", "select", A);
    char name[] = "first.txt";

    (void)state;
    assert_int_equal(grl_dumps_begin(d, name, NULL), GRL_OK);
    name[0] = '?'; /* it is copied */
    assert_int_equal(grl_dumps_feed(d, text, 20, NULL), GRL_OK);
    assert_int_equal(grl_dumps_feed(d, &text[20], sizeof text - 21, NULL),
                     GRL_OK);
    assert_int_equal(grl_dumps_feed(d, "", 0, NULL), GRL_OK);
    assert_int_equal(grl_dumps_end(d, NULL), GRL_OK);
    assert_int_equal(made_source(d, "empty", "nothing\n"), GRL_ENODUMP);
    assert_int_equal(made_source(d, "second", G("1", "select", A)), GRL_OK);
    assert_int_equal(grl_dumps_count(d), 2);
    assert_string_equal(grl_dumps_get(d, 0)->source, "first.txt");
    assert_string_equal(grl_dumps_get(d, 1)->source, "second");
    assert_int_equal(grl_dumps_get(d, 0)->goroutines, 1);
    assert_int_equal(grl_dumps_get(d, 0)->max_id, 1);
    grl_dumps_free(d);
    grl_dumps_free(NULL);
}

static void test_freed_in_the_middle_of_a_source(void **state)
{
    struct grl_dumps *d = made_dumps(NULL);

    (void)state;
    assert_int_equal(grl_dumps_begin(d, "x", NULL), GRL_OK);
    assert_int_equal(
        grl_dumps_feed(d, G("1", "select", A) "goroutine 2 [se", 40, NULL),
        GRL_OK);
    grl_dumps_free(d);
}

static const char three_dumps[] = G("1", "running", A) G("2", "select", B)
    G("3", "select", B) G("1", "running", A) G("2", "select", B)
        G("4", "select", B) G("1", "running", A);

static void test_an_id_again_begins_the_next_dump(void **state)
{
    struct grl_dumps *d = made_dumps(NULL);

    (void)state;
    assert_int_equal(made_source(d, "x", three_dumps), GRL_OK);
    assert_int_equal(grl_dumps_count(d), 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(grl_dumps_get(d, i)->index, i);
        assert_string_equal(grl_dumps_get(d, i)->source, "x");
        assert_int_equal(grl_dumps_get(d, i)->goroutines, i == 2 ? 1 : 3);
        assert_int_equal(grl_dumps_get(d, i)->clusters, i == 2 ? 1 : 2);
    }
    grl_dumps_free(d);
}

static void test_merged_clusters_are_summed_over_the_dumps(void **state)
{
    struct grl_options o = options();
    struct grl_dumps *d = NULL;

    (void)state;
    o.merge = true;
    d = made_dumps(&o);
    assert_int_equal(made_source(d, "x", three_dumps), GRL_OK);
    assert_int_equal(made_source(d, "y", G("9", "select", B)), GRL_OK);
    assert_int_equal(grl_dumps_count(d), 4);
    assert_int_equal(grl_cluster_count(d, 0), 2);
    assert_int_equal(cluster(d, 0, 0)->count, 5);
    assert_string_equal(cluster(d, 0, 0)->frames[0]->function, "main.b");
    assert_int_equal(cluster(d, 0, 1)->count, 3);
    /* and each dump still knows its own numbers */
    assert_int_equal(grl_dumps_get(d, 0)->clusters, 2);
    assert_int_equal(grl_dumps_get(d, 2)->clusters, 1);
    assert_int_equal(grl_dumps_get(d, 3)->goroutines, 1);
    grl_dumps_free(d);
}

/* ----------------------------------------------------------------- ids */

/* COUNT goroutines of one stack, ids falling from 1000. */
static struct grl_dumps *many(const struct grl_options *o, int count)
{
    struct grl_dumps *d = made_dumps(o);
    char text[128];

    assert_int_equal(grl_dumps_begin(d, "many", NULL), GRL_OK);
    for (int i = 0; i < count; i++) {
        int n = snprintf(text, sizeof text, "goroutine %d [select]:\n" A "\n",
                         1000 - i);

        assert_int_equal(grl_dumps_feed(d, text, (size_t)n, NULL), GRL_OK);
    }
    assert_int_equal(grl_dumps_end(d, NULL), GRL_OK);
    return d;
}

static void test_all_ids_are_kept_on_demand_and_ascend(void **state)
{
    struct grl_dumps *d = many(NULL, 500); /* defaults keep them */
    const struct grl_cluster *c = cluster(d, 0, 0);

    (void)state;
    assert_int_equal(c->count, 500);
    assert_int_equal(c->id_count, 500);
    for (size_t i = 0; i < 500; i++)
        assert_int_equal(c->ids[i], 501 + i);
    grl_dumps_free(d);
}

static void test_else_the_first_20_to_appear(void **state)
{
    struct grl_options o = options();
    struct grl_dumps *d = many(&o, 500);
    const struct grl_cluster *c = cluster(d, 0, 0);

    (void)state;
    assert_int_equal(c->count, 500);
    assert_int_equal(c->id_count, 20);
    for (size_t i = 0; i < 20; i++)
        assert_int_equal(c->ids[i], 1000 - i);
    grl_dumps_free(d);
    d = many(&o, 20);
    assert_int_equal(cluster(d, 0, 0)->ids[0], 981); /* all: ascending */
    grl_dumps_free(d);
}

/* ------------------------------------------------------------- options */

static void test_min_wait_leaves_out_younger_and_unknown(void **state)
{
    struct grl_options o = options();
    struct grl_dumps *d = NULL;

    (void)state;
    o.min_wait_minutes = 5;
    d = made_dumps(&o);
    assert_int_equal(made_source(d, "x",
                                 G("1", "select", A)
                                     G("2", "select, 4 minutes", A)
                                         G("3", "select, 5 minutes", A)
                                             G("4", "select, 60 minutes", A)),
                     GRL_OK);
    assert_int_equal(cluster(d, 0, 0)->count, 2);
    assert_int_equal(cluster(d, 0, 0)->waits.min, 5);
    assert_int_equal(grl_dumps_get(d, 0)->goroutines, 4);
    assert_int_equal(grl_dumps_get(d, 0)->ignored, 2);
    grl_dumps_free(d);
}

static void test_a_separator_begins_the_next_dump(void **state)
{
    struct grl_options o = options();
    struct grl_dumps *d = NULL;

    (void)state;
    o.dump_separator = "^=== dump \\d+ ===$";
    d = made_dumps(&o);
    assert_int_equal(
        made_source(
            d, "x",
            "=== dump 1 ===\n" G("1", "select", A)
                G("2", "select", A) "=== dump 2 ===\n" G(
                    "3", "select", A) "=== dump x ===\n" G("4", "select", A)),
        GRL_OK);
    assert_int_equal(grl_dumps_count(d), 2);
    assert_int_equal(grl_dumps_get(d, 0)->goroutines, 2);
    assert_int_equal(grl_dumps_get(d, 1)->goroutines, 2);
    grl_dumps_free(d);
}

static void test_a_bad_separator_says_where(void **state)
{
    struct grl_options o = options();
    struct grl_dumps *d = NULL;
    struct grl_error err;

    (void)state;
    o.dump_separator = "ab(c";
    memset(&err, 0xff, sizeof err);
    assert_int_equal(grl_dumps_new(&d, &o, &err), GRL_EPATTERN);
    assert_null(d);
    assert_int_equal(err.code, GRL_EPATTERN);
    assert_int_equal(err.offset, 4);
    assert_int_equal(err.line, 0);
    assert_int_equal(err.sys, 0);
    assert_non_null(err.what);
    assert_true(memchr(err.detail, '\0', sizeof err.detail) != NULL);
}

/* ------------------------------------------------------------ clusters */

static void test_clusters_are_sorted_and_complete(void **state)
{
    struct grl_dumps *d = made_dumps(NULL);
    const struct grl_cluster *c = NULL;

    (void)state;
    assert_int_equal(
        made_source(d, "x",
                    "goroutine 9 [runnable] {k: v}:\n" B "\n" G(
                        "8", "running",
                        B) "goroutine 7 [running, locked to thread] {k: w}:\n" B
                           "\n" G("1", "select", A)),
        GRL_OK);
    c = cluster(d, 0, 0);
    assert_int_equal(c->count, 3);
    assert_string_equal(c->state, "running"); /* the commonest */
    assert_int_equal(c->state_count, 2);
    assert_string_equal(c->states[0].state, "running");
    assert_int_equal(c->states[0].count, 2);
    assert_int_equal(c->states[1].count, 1);
    assert_int_equal(c->label_count, 2);
    assert_string_equal(c->labels[0].key, "k");
    assert_string_equal(c->labels[0].value, "v");
    assert_int_equal(c->locked, 1);
    assert_int_equal(c->waits.known, 0);
    assert_false(c->elided);
    assert_false(c->labels_cut);
    assert_int_equal(strlen(c->signature), 32);
    assert_int_equal(c->frame_count, 1);
    assert_ptr_equal(c->blocked_in, c->frames[0]);
    assert_null(c->created_by);
    assert_int_equal(c->ids[0], 7);
    assert_int_equal(cluster(d, 0, 1)->count, 1);
    grl_dumps_free(d);
}

static void test_labels_past_the_limit_are_cut_and_told(void **state)
{
    struct grl_dumps *d = made_dumps(NULL);
    char text[128];
    const struct grl_cluster *c = NULL;
    uint64_t sum = 0;

    (void)state;
    assert_int_equal(grl_dumps_begin(d, "x", NULL), GRL_OK);
    for (int i = 0; i < 500; i++) {
        int n = snprintf(text, sizeof text,
                         "goroutine %d [select] {request: r%d, a: b}:\n" A "\n",
                         i + 1, i);

        assert_int_equal(grl_dumps_feed(d, text, (size_t)n, NULL), GRL_OK);
    }
    assert_int_equal(grl_dumps_end(d, NULL), GRL_OK);
    c = cluster(d, 0, 0);
    assert_true(c->labels_cut);
    assert_int_equal(c->label_count, 64);
    assert_string_equal(c->labels[0].key, "a"); /* known ones go on counting */
    assert_int_equal(c->labels[0].count, 500);
    for (size_t i = 1; i < c->label_count; i++)
        sum += c->labels[i].count;
    assert_int_equal(sum, 63);
    grl_dumps_free(d);
}

static void test_skipped_lines_count_in_their_dump(void **state)
{
    struct grl_dumps *d = NULL;

    (void)state;
    d = made_dumps(NULL);
    assert_int_equal(made_source(d, "x",
                                 "goroutine 1 [running]:\n" A
                                 "what is this thing\n" B
                                 "\n" G("2", "select", A) G("1", "running", A)),
                     GRL_OK);
    assert_int_equal(grl_dumps_count(d), 2);
    assert_int_equal(grl_dumps_get(d, 0)->skipped_lines, 1);
    assert_int_equal(grl_dumps_get(d, 1)->skipped_lines, 0);
    grl_dumps_free(d);
}

/* "Could not tell" is never "no". */
static void test_a_separator_that_gives_up_fails_the_job(void **state)
{
    static const char text[] =
        G("1", "running", A) "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                             "aaaaaaaaaaaaaaaaa!\n" G("2", "select", A);
    struct grl_options o = options();
    struct grl_dumps *d = NULL;
    enum grl_status st = GRL_OK;

    (void)state;
    o.dump_separator = "(?:(?:(?:a+)+)+)+b|!";
    d = made_dumps(&o);
    assert_int_equal(grl_dumps_begin(d, "x", NULL), GRL_OK);
    st = grl_dumps_feed(d, text, sizeof text - 1, NULL);
    if (st == GRL_OK)
        st = grl_dumps_end(d, NULL);
    assert_int_equal(st, GRL_EPATTERN);
    grl_dumps_free(d);
}

static void test_grouping_by_label_needs_its_key(void **state)
{
    struct grl_options o = options();
    struct grl_dumps *d = NULL;

    (void)state;
    o.group_by = GRL_GROUP_LABEL;
    assert_int_equal(grl_dumps_new(&d, &o, NULL), GRL_EINVAL);
    assert_null(d);
}

static void test_merged_clusters_may_be_asked_for_at_once(void **state)
{
    struct grl_options o = options();
    struct grl_dumps *d = NULL;

    (void)state;
    o.merge = true;
    d = made_dumps(&o);
    assert_int_equal(made_source(d, "x", G("1", "select", A)), GRL_OK);
    assert_non_null(grl_cluster_get(d, 0, 0)->state);
    assert_int_equal(grl_cluster_get(d, 0, 0)->ids[0], 1);
    grl_dumps_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dumps_from_memory),
        cmocka_unit_test(test_freed_in_the_middle_of_a_source),
        cmocka_unit_test(test_an_id_again_begins_the_next_dump),
        cmocka_unit_test(test_merged_clusters_are_summed_over_the_dumps),
        cmocka_unit_test(test_all_ids_are_kept_on_demand_and_ascend),
        cmocka_unit_test(test_else_the_first_20_to_appear),
        cmocka_unit_test(test_min_wait_leaves_out_younger_and_unknown),
        cmocka_unit_test(test_a_separator_begins_the_next_dump),
        cmocka_unit_test(test_a_bad_separator_says_where),
        cmocka_unit_test(test_clusters_are_sorted_and_complete),
        cmocka_unit_test(test_labels_past_the_limit_are_cut_and_told),
        cmocka_unit_test(test_skipped_lines_count_in_their_dump),
        cmocka_unit_test(test_a_separator_that_gives_up_fails_the_job),
        cmocka_unit_test(test_grouping_by_label_needs_its_key),
        cmocka_unit_test(test_merged_clusters_may_be_asked_for_at_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
