/* The median of the slopes of all pairs. */
#include "analyse/theil_sen.h"

#include "support/unit.h"

#include <math.h>
#include <stdlib.h>

struct row {
    const char *what;
    struct point points[8];
    size_t count;
    double slope;
};

static const struct row rows[] = {
    {"a line", {{0, 1, 0}, {1, 3, 0}, {2, 5, 0}, {3, 7, 0}}, 4, 2},
    {"flat", {{0, 4, 0}, {1, 4, 0}, {2, 4, 0}}, 3, 0},
    {"falling", {{0, 9, 0}, {1, 6, 0}, {2, 3, 0}}, 3, -3},
    {"two points", {{0, 1, 0}, {4, 3, 0}}, 2, 0.5},
    /* slopes 1, 5, 9: an outlier moves a mean, not this */
    {"three points", {{0, 0, 0}, {1, 1, 0}, {2, 10, 0}}, 3, 5},
    /* slopes 0, 0.5, 1, 1, 1, 2 */
    {"an even number of pairs",
     {{0, 0, 0}, {1, 1, 0}, {2, 1, 0}, {3, 3, 0}},
     4,
     1},
    /* slopes 0.5, 0.5, 0.5, 0.8, 1, 2 */
    {"the mean of the middle two",
     {{0, 0, 0}, {1, 2, 0}, {3, 3, 0}, {5, 4, 0}},
     4,
     0.65},
    {"irregular times", {{0, 0, 0}, {0.1, 1, 0}, {10, 100, 0}}, 3, 10},
    /* 19 slopes of pairs at different times; the tenth is 6 */
    {"several values at a time",
     {{1, 10, 0},
      {1, 22, 0},
      {2, 21, 0},
      {3, 30, 0},
      {3, 22, 0},
      {4, 30, 0},
      {5, 40, 0}},
     7,
     6},
    /* the fall from 100 to 0 between the segments is no slope */
    {"segments",
     {{0, 100, 0}, {1, 102, 0}, {2, 0, 1}, {3, 2, 1}, {4, 4, 1}},
     5,
     2},
    {"segments of one point each", {{0, 1, 0}, {1, 2, 1}}, 2, NAN},
    {"all at one time", {{5, 1, 0}, {5, 9, 0}}, 2, NAN},
    {"one point", {{0, 1, 0}}, 1, NAN},
    {"none", {{0, 0, 0}}, 0, NAN},
};

static void test_worked_examples(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        double slope = 42;

        assert_int_equal(theil_sen(rows[i].points, rows[i].count, &slope),
                         GRL_OK);
        assert_number(slope, rows[i].slope, rows[i].what);
    }
}

/* Nearly a third of the points may be wild: Sen (1968). */
static void test_outliers_do_not_move_it(void **state)
{
    struct point p[100];
    double slope = 0;

    (void)state;
    for (size_t i = 0; i < 100; i++)
        p[i] = (struct point){(double)i, i % 4 == 1 ? 1e9 : 3 * (double)i, 0};
    assert_int_equal(theil_sen(p, 100, &slope), GRL_OK);
    assert_number(slope, 3, "with a fourth of wild points");
}

static void test_long_series_are_thinned_evenly(void **state)
{
    static const size_t counts[] = {THEIL_SEN_MOST, THEIL_SEN_MOST + 1,
                                    2 * THEIL_SEN_MOST + 1, 5000};

    (void)state;
    for (size_t c = 0; c < LENGTH(counts); c++) {
        struct point *p = calloc(counts[c], sizeof *p);
        double slope = 0;

        assert_non_null(p);
        for (size_t i = 0; i < counts[c]; i++)
            p[i] = (struct point){(double)i, 7.0 - (double)i / 2, 0};
        assert_int_equal(theil_sen(p, counts[c], &slope), GRL_OK);
        assert_number(slope, -0.5, "long");
        free(p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_worked_examples),
        cmocka_unit_test(test_outliers_do_not_move_it),
        cmocka_unit_test(test_long_series_are_thinned_evenly),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
