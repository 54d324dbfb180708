/* The histogram of wait minutes: exact below 128, 1 part in 64 above. */
#include "model/waits.h"

#include "support/unit.h"

static struct grl_waits summary_of(const int64_t *minutes, size_t count)
{
    struct waits w = {0};
    struct grl_waits s;

    for (size_t i = 0; i < count; i++)
        assert_true(waits_add(&w, minutes[i], 1));
    s = waits_summary(&w);
    waits_free(&w);
    return s;
}

static void test_nothing_is_known_without_figures(void **state)
{
    static const int64_t none[] = {-1, -1};
    struct grl_waits s = summary_of(none, 2);

    (void)state;
    assert_int_equal(s.known, 0);
    assert_int_equal(summary_of(NULL, 0).known, 0);
}

static void test_goroutines_without_a_figure_do_not_count(void **state)
{
    static const int64_t some[] = {-1, 7, -1, 3, -1};
    struct grl_waits s = summary_of(some, 5);

    (void)state;
    assert_int_equal(s.known, 2);
    assert_int_equal(s.min, 3);
    assert_int_equal(s.max, 7);
}

static void test_the_median_is_the_lower_one(void **state)
{
    static const struct {
        int64_t minutes[6];
        size_t count;
        int64_t median;
    } rows[] = {
        {{5}, 1, 5},          {{5, 9}, 2, 5},          {{9, 5}, 2, 5},
        {{1, 2, 3}, 3, 2},    {{3, 1, 2, 4}, 4, 2},    {{0, 0, 0, 9}, 4, 0},
        {{7, 7, 7, 7}, 4, 7}, {{1, 9, 9, 9, 9}, 5, 9}, {{0, 127, 127}, 3, 127},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++)
        assert_int_equal(summary_of(rows[i].minutes, rows[i].count).median,
                         rows[i].median);
}

static void test_every_minute_below_128_is_exact(void **state)
{
    (void)state;
    for (int64_t m = 0; m < 128; m++) {
        const int64_t around[] = {0, m, 127};
        struct grl_waits s = summary_of(around, 3);

        assert_int_equal(s.median, m);
        assert_int_equal(s.min, 0);
        assert_int_equal(s.max, 127);
    }
}

static void test_above_the_median_is_off_by_1_in_64_at_most(void **state)
{
    (void)state;
    for (int64_t m = 128; m < INT64_MAX / 17 * 16; m += 1 + m / 16) {
        const int64_t around[] = {0, m, INT64_MAX};
        struct grl_waits s = summary_of(around, 3);

        assert_true(s.median <= m);
        assert_true(m - s.median <= m / 64);
        assert_int_equal(s.max, INT64_MAX); /* min and max are exact */
    }
}

static void test_the_median_lies_between_min_and_max(void **state)
{
    static const int64_t minutes[] = {129, 1000, 99999, INT64_MAX};

    (void)state;
    for (size_t i = 0; i < LENGTH(minutes); i++) {
        struct grl_waits s = summary_of(&minutes[i], 1);

        assert_true(s.min == minutes[i]);
        assert_true(s.median == minutes[i]);
        assert_true(s.max == minutes[i]);
    }
}

static void test_many_figures_at_once_weigh_as_many(void **state)
{
    struct waits w = {0};

    (void)state;
    assert_true(waits_add(&w, 3, 10));
    assert_true(waits_add(&w, 50, 11));
    assert_true(waits_add(&w, 60, 0));
    assert_int_equal(waits_summary(&w).known, 21);
    assert_int_equal(waits_summary(&w).median, 50);
    assert_int_equal(waits_summary(&w).max, 50);
    waits_free(&w);
}

static void test_counts_stay_at_the_most_that_is_kept(void **state)
{
    struct waits w = {0};

    (void)state;
    for (int i = 0; i < 3; i++)
        assert_true(waits_add(&w, 5, (uint64_t)1 << (WAITS_COUNT_BITS - 1)));
    assert_true(waits_add(&w, 6, 1));
    assert_int_equal(waits_summary(&w).max, 6);
    assert_int_equal(w.count, 2);
    waits_free(&w);
}

/* 63 - 7 octaves of 64 steps, and the exact ones. */
static void test_memory_does_not_grow_with_goroutines(void **state)
{
    struct waits w = {0};

    (void)state;
    for (int64_t m = 0; m < 1000000; m += 3)
        assert_true(waits_add(&w, m, 1));
    assert_true(w.count <= 128 + 64 * 13);
    assert_int_equal(waits_summary(&w).known, 333334);
    waits_free(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_known_without_figures),
        cmocka_unit_test(test_goroutines_without_a_figure_do_not_count),
        cmocka_unit_test(test_the_median_is_the_lower_one),
        cmocka_unit_test(test_every_minute_below_128_is_exact),
        cmocka_unit_test(test_above_the_median_is_off_by_1_in_64_at_most),
        cmocka_unit_test(test_the_median_lies_between_min_and_max),
        cmocka_unit_test(test_many_figures_at_once_weigh_as_many),
        cmocka_unit_test(test_counts_stay_at_the_most_that_is_kept),
        cmocka_unit_test(test_memory_does_not_grow_with_goroutines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
