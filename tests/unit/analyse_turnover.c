/* Do goroutines come and go, or come and stay? */
#include "analyse/turnover.h"
#include "api/dumps.h"
#include "support/series_text.h"
#include "support/unit.h"

#include <math.h>
#include <stdio.h>

enum { MOST = 8 };

/* M is in every dump, to show that it is one process; Z is another in each, as
 * two equal dumps are one that was saved twice. */
static const struct {
    const char *what;
    const char *specs[MOST];
    const char *turnover; /* survived/added stayed/settled left */
} rows[] = {
    {"all stay", {"A30-31", "A30-34", "A30-37", "A30-37"}, "6/6 6/6 0"},
    {"all go", {"A30-31", "A30-34", "A30-31,35-37", "A30-31"}, "0/6 0/0 0"},
    {"some go", {"A30", "A30-33", "A30,32", "A30,32"}, "1/3 1/1 0"},
    {"settled ones go", {"A30", "A30-32", "A30-32", "A30"}, "0/2 0/2 2"},
    {"those of the first dump go",
     {"A30-33", "A30-33", "A30", "A30"},
     "0/0 0/0 3"},
    {"the last dump's own have had no time to go",
     {"A30", "A30", "A30-49"},
     "0/0 0/0 0"},
    {"two dumps tell nothing", {"A30", "A30-39"}, "0/0 0/0 0"},
    {"each counts once", {"A30", "A30-32", "A30-32", "A30-32"}, "2/2 2/2 0"},
    {"away for a dump", {"A30", "A30-32", "A30", "A30-32"}, "2/2 2/2 0"},
};

static struct grl_dumps *dumps_of(const char *const *specs)
{
    char text[MOST][64];
    const char *with_main[MOST];
    size_t n = 0;

    for (; n < MOST && specs[n] != NULL; n++) {
        snprintf(text[n], sizeof text[n], "M1-20 %s Z%zu", specs[n], 200 + n);
        with_main[n] = text[n];
    }
    return series_of(with_main, n);
}

static struct turnover measure(struct grl_dumps *d, const char *what)
{
    struct series s;
    struct stays stays;
    struct turnover t;
    const struct grl_cluster *c = cluster_of(d, 0, 'A');
    size_t row = 0;

    assert_int_equal(series_init(&s, d->list, d->count, d->stacks.count, NULL),
                     GRL_OK);
    if (s.segment_count != 1)
        fail_msg("%s: %zu segments", what, s.segment_count);
    while (row < s.row_count && (series_tally(&s, row, 0) == NULL ||
                                 &series_tally(&s, row, 0)->pub != c))
        row++; /* rows are not numbered as stacks are */
    assert_true(row < s.row_count);
    assert_int_equal(stays_init(&stays, &s), GRL_OK);
    assert_int_equal(stays_measure(&stays, &s, row), GRL_OK);
    t = turnover_of(&s, stays.at, row);
    stays_free(&stays);
    series_free(&s);
    return t;
}

static void test_stays_are_counted_by_id(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct grl_dumps *d = dumps_of(rows[i].specs);
        struct turnover t = measure(d, rows[i].what);
        char got[64];

        snprintf(got, sizeof got, "%d/%d %d/%d %d", (int)t.survived,
                 (int)t.added, (int)t.stayed, (int)t.settled, (int)t.left);
        assert_true(t.known);
        assert_text(text_of(got), rows[i].turnover, rows[i].what);
        grl_dumps_free(d);
    }
}

/* The copy comes a second later, the other dumps an hour. */
static void test_a_dump_saved_twice_settles_nobody(void **state)
{
    static const char *const specs[] = {"M1-20 A30", "M1-20 A30-32",
                                        "M1-20 A30-32", "M1-20 A30"};
    static const int64_t seconds[] = {0, 3600, 3601, 7201};
    struct grl_dumps *d = series_of(specs, LENGTH(specs));
    struct turnover t;

    (void)state;
    for (size_t i = 0; i < LENGTH(specs); i++)
        d->list[i]->info.time = seconds[i];
    t = measure(d, "copies");
    assert_int_equal(t.settled, 0);
    grl_dumps_free(d);
}

static void test_requests_seen_twice_in_a_second_have_not_settled(void **state)
{
    static const char *const specs[] = {"M1-20 A30", "M1-20 A30-32 B50",
                                        "M1-20 A30-32", "M1-20 A30"};
    static const int64_t seconds[] = {0, 3600, 3601, 7201};
    struct grl_dumps *d = series_of(specs, LENGTH(specs));
    struct turnover t;

    (void)state;
    for (size_t i = 0; i < LENGTH(specs); i++)
        d->list[i]->info.time = seconds[i];
    t = measure(d, "requests");
    assert_int_equal(t.settled, 0);
    assert_int_equal(t.added, 2);
    grl_dumps_free(d);
}

static void test_what_stays(void **state)
{
    static const struct {
        struct turnover t;
        bool stays;
    } table[] = {
        {{.settled = 10, .stayed = 10}, true},
        {{.settled = 10, .stayed = 5}, true},
        {{.settled = 10, .stayed = 4}, false},
        /* those of the first half went, the latest are still there */
        {{.settled = 10, .stayed = 6, .elders = 4, .elders_stayed = 1}, false},
        {{.settled = 10, .stayed = 9, .first = 8, .first_gone = 5}, false},
        {{.settled = 10, .stayed = 9, .first = 8, .first_gone = 4}, true},
        {{.settled = 30, .stayed = 25, .recent_settled = 5, .recent_left = 5},
         false},
        {{.settled = 30, .stayed = 25, .recent_settled = 5, .recent_left = 4},
         true},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(table); i++)
        if (turnover_stays(&table[i].t) != table[i].stays)
            fail_msg("row %zu", i);
}

/* Without keep_ids only the first 20 ids of a cluster are there. */
static void test_nothing_is_known_without_all_ids(void **state)
{
    static const char *const specs[MOST] = {"A30-60", "A30-70", "A30-80"};
    struct grl_dumps *d = dumps_of(specs);
    const struct grl_cluster *c = cluster_of(d, 1, 'A');
    struct turnover t;

    (void)state;
    for (size_t i = 0; i < d->list[1]->count; i++)
        if (&d->list[1]->tallies[i]->pub == c)
            d->list[1]->tallies[i]->pub.id_count = 20;
    t = measure(d, "few ids");
    assert_false(t.known);
    grl_dumps_free(d);
}

/* P(Bin(settled + left, 1/2) <= left), of a table of the binomial. */
static void test_sign_test(void **state)
{
    static const struct {
        uint64_t settled, left;
        double p;
    } table[] = {
        {0, 0, 1},           {3, 3, 1},
        {2, 5, 1},           {1, 0, 0.5},
        {5, 0, 1.0 / 32},    {10, 0, 1.0 / 1024},
        {8, 2, 56.0 / 1024}, {7, 3, 176.0 / 1024},
        {9, 1, 11.0 / 1024}, {15, 5, 0.020694732666015625}, /* n = 20, k = 5 */
    };
    struct turnover large = {.known = true, .settled = 2100, .left = 2000};
    double p = 0;

    (void)state;
    for (size_t i = 0; i < LENGTH(table); i++) {
        struct turnover t = {
            .known = true, .settled = table[i].settled, .left = table[i].left};
        char of[40];

        snprintf(of, sizeof of, "%d and %d", (int)t.settled, (int)t.left);
        assert_number(turnover_p_value(&t), table[i].p, of);
    }
    /* n = 4100: z = 49.5 / sqrt(1025) = 1.5461, upper tail 0.06104 */
    p = turnover_p_value(&large);
    assert_printed(p, 0.0610, 3, "by the normal tail");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stays_are_counted_by_id),
        cmocka_unit_test(test_a_dump_saved_twice_settles_nobody),
        cmocka_unit_test(test_requests_seen_twice_in_a_second_have_not_settled),
        cmocka_unit_test(test_what_stays),
        cmocka_unit_test(test_nothing_is_known_without_all_ids),
        cmocka_unit_test(test_sign_test),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
