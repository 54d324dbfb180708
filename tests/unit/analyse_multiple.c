/* Benjamini and Hochberg's step-up. */
#include "analyse/multiple.h"

#include "support/unit.h"

#include <math.h>
#include <stdio.h>

/* Benjamini and Hochberg (1995), section 4: 15 comparisons of two treatments
 * of myocardial infarction; with q = 0.05 the first four are significant. */
static const double paper[15] = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201,
                                 0.0278, 0.0298, 0.0344, 0.0459, 0.3240,
                                 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};

/* p (15 / rank), each the least of itself and those behind it. */
static const double adjusted[15] = {0.0015,
                                    0.003,
                                    0.0095,
                                    0.035625,
                                    0.0603,
                                    0.0298 * 15 / 7,
                                    0.0298 * 15 / 7,
                                    0.0645,
                                    0.0765,
                                    0.486,
                                    0.4262 * 15 / 11,
                                    0.714875,
                                    0.6528 * 15 / 13,
                                    0.7590 * 15 / 14,
                                    1};

static void test_worked_example_of_the_paper(void **state)
{
    double p[15];
    size_t significant = 0;

    (void)state;
    memcpy(p, paper, sizeof p);
    assert_int_equal(adjust_p_values(p, 15), GRL_OK);
    for (size_t i = 0; i < 15; i++) {
        char of[20];

        snprintf(of, sizeof of, "P(%zu)", i + 1);
        assert_number(p[i], adjusted[i], of);
        significant += p[i] <= 0.05;
    }
    assert_int_equal(significant, 4);
}

static void test_values_stay_where_they_were(void **state)
{
    double p[15];

    (void)state;
    for (size_t i = 0; i < 15; i++)
        p[i * 7 % 15] = paper[i];
    assert_int_equal(adjust_p_values(p, 15), GRL_OK);
    for (size_t i = 0; i < 15; i++)
        assert_number(p[i * 7 % 15], adjusted[i], "shuffled");
}

static void test_nan_is_not_counted_and_stays(void **state)
{
    double p[] = {NAN, 0.01, NAN, 0.04, NAN};

    (void)state;
    assert_int_equal(adjust_p_values(p, 5), GRL_OK);
    assert_true(isnan(p[0]) && isnan(p[2]) && isnan(p[4]));
    assert_number(p[1], 0.02, "of two, not of five");
    assert_number(p[3], 0.04, "of two, not of five");
}

static void test_small_cases(void **state)
{
    double one[] = {0.3};
    double equal[] = {0.02, 0.02, 0.02};
    double large[] = {0.9, 0.8};

    (void)state;
    assert_int_equal(adjust_p_values(NULL, 0), GRL_OK);
    assert_int_equal(adjust_p_values(one, 1), GRL_OK);
    assert_number(one[0], 0.3, "alone");
    assert_int_equal(adjust_p_values(equal, 3), GRL_OK);
    for (size_t i = 0; i < 3; i++)
        assert_number(equal[i], 0.02, "equal ones");
    assert_int_equal(adjust_p_values(large, 2), GRL_OK);
    assert_number(large[0], 0.9, "never above 1");
    assert_number(large[1], 0.9, "never above the next");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_worked_example_of_the_paper),
        cmocka_unit_test(test_values_stay_where_they_were),
        cmocka_unit_test(test_nan_is_not_counted_and_stays),
        cmocka_unit_test(test_small_cases),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
