/* The Mann-Kendall test against published tables and against counting. */
#include "analyse/kendall.h"

#include "support/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST = 48, MOST_PAIRS = MOST * (MOST - 1) / 2 };

static struct kendall test_one(const uint64_t *values, size_t n)
{
    struct kendall_series x = {values, n};
    struct kendall k;

    assert_int_equal(kendall_test(&x, 1, &k), GRL_OK);
    return k;
}

/* 1..N in an order with FALLING falling pairs: each number from the largest
 * down goes to the front as far as it must. */
static void order_with(size_t n, size_t falling, uint64_t *out)
{
    size_t have = 0;

    for (size_t next = 1; next <= n; next++, have++) {
        size_t rest = (n - next) * (n - next - 1) / 2;
        size_t put = 0;

        if (n - next > 0 && falling > rest)
            put = falling - rest < n - next ? falling - rest : n - next;
        falling -= put;
        /* NEXT has PUT of the larger numbers before it. */
        out[have] = put;
    }
    for (size_t i = n; i > 0; i--) { /* from what stands before to places */
        size_t before = (size_t)out[i - 1];

        for (size_t k = i - 1; k < i - 1 + before; k++)
            out[k] = out[k + 1];
        out[i - 1 + before] = i;
    }
}

struct published {
    size_t n;
    int64_t s;
    double p;
};

/* Kendall (1975), appendix table 1; Gilbert (1987), table A18: P(S >= s). */
static const struct published table[] = {
    {4, 0, 0.625},     {4, 2, 0.375},    {4, 4, 0.167},    {4, 6, 0.042},
    {5, 0, 0.592},     {5, 2, 0.408},    {5, 4, 0.242},    {5, 6, 0.117},
    {5, 8, 0.042},     {5, 10, 0.0083},  {6, 1, 0.500},    {6, 3, 0.360},
    {6, 5, 0.235},     {6, 7, 0.136},    {6, 9, 0.068},    {6, 11, 0.028},
    {6, 13, 0.0083},   {6, 15, 0.0014},  {7, 1, 0.500},    {7, 3, 0.386},
    {7, 5, 0.281},     {7, 7, 0.191},    {7, 9, 0.119},    {7, 11, 0.068},
    {7, 13, 0.035},    {7, 15, 0.015},   {7, 17, 0.0054},  {7, 19, 0.0014},
    {7, 21, 0.00020},  {8, 0, 0.548},    {8, 2, 0.452},    {8, 4, 0.360},
    {8, 6, 0.274},     {8, 8, 0.199},    {8, 10, 0.138},   {8, 12, 0.089},
    {8, 14, 0.054},    {8, 16, 0.031},   {8, 18, 0.016},   {8, 20, 0.0071},
    {8, 22, 0.0028},   {8, 24, 0.00087}, {8, 26, 0.00020}, {8, 28, 0.000025},
    {9, 0, 0.540},     {9, 8, 0.238},    {9, 16, 0.060},   {9, 20, 0.022},
    {9, 24, 0.0063},   {9, 30, 0.00043}, {9, 36, 2.8e-6},  {10, 1, 0.500},
    {10, 11, 0.190},   {10, 17, 0.078},  {10, 19, 0.054},  {10, 21, 0.036},
    {10, 23, 0.023},   {10, 25, 0.014},  {10, 27, 0.0083}, {10, 31, 0.0023},
    {10, 37, 0.00018}, {10, 43, 2.8e-6}, {10, 45, 2.8e-7},
};

static int digits_of(double p)
{
    return p >= 0.01 && p < 0.1 ? 2 : p >= 0.1 ? 3 : 2;
}

static void test_tables_without_ties(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(table); i++) {
        const struct published *row = &table[i];
        size_t pairs = row->n * (row->n - 1) / 2;
        uint64_t values[MOST];
        char of[40];
        struct kendall k;

        order_with(row->n, (pairs - (size_t)row->s) / 2, values);
        k = test_one(values, row->n);
        snprintf(of, sizeof of, "n=%zu S=%d", row->n, (int)row->s);
        assert_int_equal(k.s, row->s);
        assert_printed(k.p, row->p, digits_of(row->p), of);
    }
}

/* Hollander and Wolfe, "Nonparametric Statistical Methods", example 8.1: the
 * lightness of tuna and what a panel thought of it; K = 16, P = .060. */
static void test_worked_example_of_hollander_and_wolfe(void **state)
{
    static const uint64_t panel[] = {25, 40, 26, 36, 28, 31, 52, 50, 38};
    struct kendall k = test_one(panel, LENGTH(panel));

    (void)state;
    assert_int_equal(k.s, 16);
    assert_printed(k.p, 0.060, 2, "tuna");
}

static int64_t s_of(const uint64_t *x, size_t n)
{
    int64_t s = 0;

    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++)
            s += (x[k] > x[i]) - (x[k] < x[i]);
    return s;
}

/* How often each S comes up, at OF[S + MOST_PAIRS]. */
struct tally {
    double of[2 * MOST_PAIRS + 1];
    double all;
};

static void swap(uint64_t *a, uint64_t *b)
{
    uint64_t t = *a;

    *a = *b;
    *b = t;
}

/* All orders of X, by Heap's algorithm. */
static void count_orders(uint64_t *x, size_t n, struct tally *t)
{
    size_t at[10] = {0};

    *t = (struct tally){.all = 1};
    t->of[s_of(x, n) + MOST_PAIRS] = 1;
    for (size_t i = 1; i < n;) {
        if (at[i] == i) {
            at[i++] = 0;
            continue;
        }
        swap(&x[i % 2 == 0 ? 0 : at[i]], &x[i]);
        at[i]++;
        t->of[s_of(x, n) + MOST_PAIRS]++;
        t->all++;
        i = 1;
    }
}

static double tail_of(const struct tally *t, int64_t s)
{
    double sum = 0;

    for (int64_t i = s; i <= MOST_PAIRS; i++)
        sum += t->of[i + MOST_PAIRS];
    return sum / t->all;
}

static double variance_of(const struct tally *t)
{
    double sum = 0;

    for (int64_t i = -MOST_PAIRS; i <= MOST_PAIRS; i++)
        sum += t->of[i + MOST_PAIRS] * (double)(i * i);
    return sum / t->all;
}

static const struct {
    uint64_t values[8];
    size_t n;
} tied[] = {
    {{1, 2, 3, 4, 5, 6, 7, 8}, 8},
    {{1, 1, 2}, 3},
    {{0, 0, 0, 1}, 4},
    {{3, 3, 3, 3}, 4},
    {{1, 1, 2, 2}, 4},
    {{1, 2, 2, 2, 9}, 5},
    {{5, 5, 5, 20, 20, 20}, 6},
    {{1, 1, 2, 2, 3, 3}, 6},
    {{0, 0, 0, 5, 5, 7, 7}, 7},
    {{1, 1, 1, 2, 2, 2, 3, 3}, 8},
    {{4, 4, 4, 4, 4, 4, 9, 9}, 8},
    {{1, 2, 2, 3, 3, 3, 4, 4}, 8},
};

static void test_ties_by_counting_all_orders(void **state)
{
    static struct tally t;

    (void)state;
    for (size_t i = 0; i < LENGTH(tied); i++) {
        uint64_t x[8];
        size_t n = tied[i].n;

        memcpy(x, tied[i].values, sizeof x);
        count_orders(x, n, &t);
        for (size_t turn = 0; turn < 24; turn++) {
            struct kendall k = test_one(x, n);
            char of[40];

            snprintf(of, sizeof of, "row %zu, S=%d", i, (int)k.s);
            assert_int_equal(k.s, s_of(x, n));
            assert_number(k.p, tail_of(&t, k.s), of);
            assert_number(k.variance, variance_of(&t), of);
            swap(&x[turn % n], &x[turn * 5 % n]);
        }
    }
}

static void test_segments_by_convolution(void **state)
{
    static struct tally part[3];
    static struct tally sum;
    uint64_t x[3][5] = {{1, 2, 2, 3, 9}, {7, 7, 8, 0, 0}, {4, 5, 6, 3, 0}};
    static const size_t n[3] = {5, 3, 4};

    (void)state;
    for (size_t i = 0; i < 3; i++)
        count_orders(x[i], n[i], &part[i]);
    for (int a = -10; a <= 10; a++)
        for (int b = -10; b <= 10; b++)
            for (int c = -10; c <= 10; c++)
                sum.of[a + b + c + MOST_PAIRS] += part[0].of[a + MOST_PAIRS] *
                                                  part[1].of[b + MOST_PAIRS] *
                                                  part[2].of[c + MOST_PAIRS];
    sum.all = part[0].all * part[1].all * part[2].all;
    for (size_t turn = 0; turn < 30; turn++) {
        struct kendall_series s[] = {{x[0], n[0]}, {x[1], n[1]}, {x[2], n[2]}};
        struct kendall k;
        char of[40];

        assert_int_equal(kendall_test(s, 3, &k), GRL_OK);
        snprintf(of, sizeof of, "turn %zu, S=%d", turn, (int)k.s);
        assert_int_equal(k.s, s_of(x[0], 5) + s_of(x[1], 3) + s_of(x[2], 4));
        assert_number(k.p, tail_of(&sum, k.s), of);
        assert_number(k.variance, variance_of(&sum), of);
        swap(&x[0][turn % 5], &x[0][turn * 3 % 5]);
        swap(&x[1][turn % 3], &x[1][turn / 3 % 3]);
        swap(&x[2][turn % 4], &x[2][turn / 4 % 4]);
    }
}

/* P(S >= s) by the numbers of permutations with so many inversions. */
static double exact_tail(size_t n, int64_t s)
{
    static double ways[MOST_PAIRS + 1];
    static double next[MOST_PAIRS + 1];
    int64_t pairs = (int64_t)(n * (n - 1) / 2);
    double sum = 0;

    memset(ways, 0, sizeof ways);
    ways[0] = 1;
    for (size_t m = 2; m <= n; m++) {
        memset(next, 0, sizeof next);
        for (size_t q = 0; q <= m * (m - 1) / 2; q++)
            for (size_t j = 0; j < m && j <= q; j++)
                next[q] += ways[q - j] / (double)m;
        memcpy(ways, next, sizeof ways);
    }
    for (int64_t q = 0; q <= pairs && pairs - 2 * q >= s; q++)
        sum += ways[q];
    return sum;
}

static void check_long(size_t n, size_t falling, double within)
{
    uint64_t x[MOST];
    char of[40];
    struct kendall k;
    double exact = 0;

    order_with(n, falling, x);
    k = test_one(x, n);
    exact = exact_tail(n, k.s);
    snprintf(of, sizeof of, "n=%zu S=%d", n, (int)k.s);
    assert_number(k.variance, (double)(n * (n - 1) * (2 * n + 5)) / 18, of);
    if (!(fabs(k.p - exact) <= within))
        fail_msg("%s: %g, not %g", of, k.p, exact);
}

static void test_long_series_are_exact_to_40_then_normal(void **state)
{
    (void)state;
    for (size_t falling = 0; falling <= 780; falling += 60) {
        check_long(30, falling < 435 ? falling : 435, 1e-12);
        check_long(KENDALL_EXACT_MOST, falling, 1e-12);
        check_long(KENDALL_EXACT_MOST + 1, falling, 2e-3);
    }
}

/* z = (S - 1) / sd; 0.0249979 is the normal tail beyond 1.96. */
static void test_the_normal_tail_is_corrected_for_continuity(void **state)
{
    uint64_t x[45];
    struct kendall k;

    (void)state;
    order_with(45, (45 * 44 / 2 - 200) / 2, x); /* S = 200 */
    k = test_one(x, 45);
    assert_int_equal(k.s, 200);
    assert_number(k.variance, 10450, "variance");
    /* 199 / sqrt(10450) = 1.946682 */
    assert_printed(k.p, 0.025786, 4, "normal tail");
}

static void test_what_cannot_rise_has_p_1(void **state)
{
    static const uint64_t flat[50] = {0};
    static const uint64_t down[] = {5, 4, 3, 2, 1};
    struct kendall_series apart[] = {{flat, 1}, {flat, 1}, {flat, 0}};
    struct kendall k;

    (void)state;
    assert_number(test_one(NULL, 0).p, 1, "none");
    assert_number(test_one(flat, 1).p, 1, "one");
    assert_number(test_one(flat, 7).p, 1, "flat");
    assert_number(test_one(flat, 50).p, 1, "flat and long");
    assert_number(test_one(flat, 7).variance, 0, "variance of flat");
    assert_number(test_one(down, 5).p, 1, "falling");
    assert_int_equal(kendall_test(apart, 3, &k), GRL_OK);
    assert_number(k.p, 1, "no pair in any segment");
    assert_int_equal(kendall_test(NULL, 0, &k), GRL_OK);
    assert_number(k.p, 1, "no segment");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables_without_ties),
        cmocka_unit_test(test_worked_example_of_hollander_and_wolfe),
        cmocka_unit_test(test_ties_by_counting_all_orders),
        cmocka_unit_test(test_segments_by_convolution),
        cmocka_unit_test(test_long_series_are_exact_to_40_then_normal),
        cmocka_unit_test(test_the_normal_tail_is_corrected_for_continuity),
        cmocka_unit_test(test_what_cannot_rise_has_p_1),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
