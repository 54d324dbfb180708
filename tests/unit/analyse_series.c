/* Dumps side by side: restarts, mixed processes, builds that are joined. */
#include "analyse/restart.h"
#include "api/dumps.h"
#include "support/series_text.h"
#include "support/unit.h"

#include <stdio.h>

enum { MOST = 6 };

struct laid_out {
    struct grl_dumps *dumps;
    struct series series;
};

static struct laid_out lay_out(const char *const *specs)
{
    struct laid_out l = {.dumps = NULL};
    size_t n = 0;

    while (n < MOST && specs[n] != NULL)
        n++;
    l.dumps = series_of(specs, n);
    assert_int_equal(series_init(&l.series, l.dumps->list, l.dumps->count,
                                 l.dumps->stacks.count, NULL),
                     GRL_OK);
    return l;
}

static void put_away(struct laid_out *l)
{
    series_free(&l->series);
    grl_dumps_free(l->dumps);
}

/* The row that has the cluster of main.LETTER in dump I. */
static size_t row_of(const struct laid_out *l, size_t i, char letter)
{
    const struct grl_cluster *c = cluster_of(l->dumps, i, letter);

    assert_non_null(c);
    for (size_t r = 0; r < l->series.row_count; r++) {
        const struct tally *t = series_tally(&l->series, r, i);

        if (t != NULL && &t->pub == c)
            return r;
    }
    fail_msg("no row has main.%c", letter);
    return 0;
}

static const struct {
    const char *what;
    const char *specs[MOST];
    const char *starts; /* first dump of each segment, a digit each */
} restarts[] = {
    {"one dump", {"M1 A2-9"}, "0"},
    {"nothing new", {"M1 A2-9", "M1 A2-9"}, "0"},
    {"more and more", {"M1 A2-9", "M1 A2-19", "M1 A2-29"}, "0"},
    {"the youngest ended, the older are there",
     {"M1 A2-9 B50", "M1 A2-9"},
     "0"},
    {"half of the older are there", {"M1 A2-5 B6-9 C90", "M1 A2-5 C80"}, "0"},
    {"ids begin anew", {"M1 A100-120", "M1 A2-20"}, "01"},
    {"few of the older are there", {"M1 A2-5 B6-12 C90", "M1 A2-4 C80"}, "01"},
    {"all were younger than the largest id now", {"M1 A100", "M1 A50"}, "01"},
    {"the same ids in other stacks", {"M1 A2-20", "M1 B2-25"}, "01"},
    {"a handful may all have ended", {"M1 A2-8", "M1 B2-25"}, "0"},
    {"more than a handful may not", {"M1 A2-9", "M1 B20-25"}, "01"},
    {"goroutine 1 is in every process", {"M1 A100-120", "M1 B2-20"}, "01"},
    {"twice", {"M1 A90-99", "M1 A80-89", "M1 A70-79"}, "012"},
    {"and then it goes on",
     {"M1 A100-120", "M1 A2-20", "M1 A2-30", "M1 A2-40"},
     "01"},
};

static void test_restarts_cut_the_series(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(restarts); i++) {
        struct laid_out l = lay_out(restarts[i].specs);
        char got[MOST + 1] = "";

        for (size_t n = 0; n < l.series.segment_count; n++)
            got[n] = (char)('0' + l.series.segments[n]);
        assert_text(text_of(got), restarts[i].starts, restarts[i].what);
        put_away(&l);
    }
}

static void test_dumps_of_two_processes_in_turn_are_mixed(void **state)
{
    static const char *const mixed[MOST] = {"M1 A100-120", "M1 A10-30",
                                            "M1 A100-122", "M1 A10-32"};
    /* start-up gives processes some ids in common, but not most */
    static const char *const restarted[MOST] = {"M1 A100-120", "M1 A10-30",
                                                "M1 A40-60", "M1 A5-15"};
    struct laid_out l = lay_out(mixed);
    size_t first = 9;
    size_t other = 9;

    (void)state;
    assert_true(restart_is_mixed(&l.series, &first, &other));
    assert_int_equal(first, 0);
    assert_int_equal(other, 1);
    put_away(&l);
    l = lay_out(restarted);
    assert_int_equal(l.series.segment_count, 4);
    assert_false(restart_is_mixed(&l.series, &first, &other));
    put_away(&l);
}

static void test_rows_line_up_with_dumps(void **state)
{
    static const char *const specs[MOST] = {"M1 A2-4", "M1 B9",
                                            "M1 A2-3 B9-12"};
    static const uint64_t want_a[] = {3, 0, 2};
    static const uint64_t want_b[] = {0, 1, 4};
    struct laid_out l = lay_out(specs);
    size_t a = row_of(&l, 0, 'A');
    uint64_t counts[3];

    (void)state;
    series_counts(&l.series, a, counts);
    assert_memory_equal(counts, want_a, sizeof counts);
    series_counts(&l.series, row_of(&l, 1, 'B'), counts);
    assert_memory_equal(counts, want_b, sizeof counts);
    assert_null(series_tally(&l.series, a, 1));
    assert_int_equal(series_tally(&l.series, a, 2)->pub.count, 2);
    assert_int_equal(row_of(&l, 2, 'A'), a);
    assert_int_equal(series_segment_end(&l.series, 0), 3);
    put_away(&l);
}

/* Dumps of a function at another line in each build. */
static struct grl_dumps *builds(const char *first, const char *second)
{
    const char *functions[] = {first, first, second, second};
    struct grl_dumps *d = NULL;

    assert_int_equal(grl_dumps_new(&d, NULL, NULL), GRL_OK);
    for (int i = 0; i < 4; i++) {
        char text[200];

        assert_int_equal(grl_dumps_begin(d, "dump", NULL), GRL_OK);
        for (int id = 0; id < 12; id++) {
            int n = snprintf(text, sizeof text,
                             "goroutine %d [select]:\n%s(0x1)\n"
                             "\t/src/main.go:%d +0x1d\n\n",
                             (i < 2 ? 500 : 20) + id, functions[i],
                             i < 2 ? 10 : 17);

            assert_int_equal(grl_dumps_feed(d, text, (size_t)n, NULL), GRL_OK);
        }
        assert_int_equal(grl_dumps_end(d, NULL), GRL_OK);
    }
    return d;
}

static size_t rows_with_cells(const struct series *s)
{
    size_t n = 0;

    for (size_t r = 0; r < s->row_count; r++)
        n += s->starts[r] < s->starts[r + 1];
    return n;
}

static void test_a_new_build_does_not_break_a_row(void **state)
{
    static const struct {
        const char *first;
        const char *second;
        size_t rows;
    } pairs[] = {
        {"main.f", "main.f", 1},             /* the line moved */
        {"main.f.func2", "main.f.func3", 1}, /* so did the closures */
        {"main.f.func2.1", "main.f.func3.2", 1},
        {"main.f", "main.g", 2},
        {"main.f2", "main.f3", 2}, /* numbers of a name are a name */
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(pairs); i++) {
        struct grl_dumps *d = builds(pairs[i].first, pairs[i].second);
        struct series s;

        assert_int_equal(
            series_init(&s, d->list, d->count, d->stacks.count, NULL), GRL_OK);
        assert_int_equal(s.segment_count, 2);
        if (rows_with_cells(&s) != pairs[i].rows)
            fail_msg("%s and %s: %zu rows", pairs[i].first, pairs[i].second,
                     rows_with_cells(&s));
        series_free(&s);
        grl_dumps_free(d);
    }
}

static void test_common_ids(void **state)
{
    static const uint64_t a[] = {1, 3, 5, 7, UINT64_MAX};
    static const uint64_t b[] = {3, 4, 5, 6, UINT64_MAX};
    struct idset all = {a, 5};

    (void)state;
    assert_int_equal(idset_common(all, (struct idset){b, 5}), 3);
    assert_int_equal(idset_common(all, all), 5);
    assert_int_equal(idset_common(all, (struct idset){NULL, 0}), 0);
    assert_int_equal(idset_of(NULL).count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_restarts_cut_the_series),
        cmocka_unit_test(test_dumps_of_two_processes_in_turn_are_mixed),
        cmocka_unit_test(test_rows_line_up_with_dumps),
        cmocka_unit_test(test_a_new_build_does_not_break_a_row),
        cmocka_unit_test(test_common_ids),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
