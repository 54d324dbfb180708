#include "analyse/kendall.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A distribution of falling pairs: p[i] is the probability of i of them. */
struct pairs {
    double *p;
    size_t most; /* the largest number possible */
};

static int compare_values(const void *pa, const void *pb)
{
    const uint64_t *a = pa;
    const uint64_t *b = pb;

    return (*a > *b) - (*a < *b);
}

/* How many of SORTED are below VALUE. */
static size_t rank_of(const uint64_t *sorted, size_t count, uint64_t value)
{
    size_t low = 0;
    size_t high = count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (sorted[mid] < value)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* How many values of rank below RANK were counted in TREE, a Fenwick tree
 * (Fenwick 1994, "A new data structure for cumulative frequency tables"). */
static int64_t counted_below(const int64_t *tree, size_t rank)
{
    int64_t n = 0;

    for (size_t i = rank; i > 0; i -= i & (~i + 1))
        n += tree[i];
    return n;
}

static void count_rank(int64_t *tree, size_t count, size_t rank)
{
    for (size_t i = rank + 1; i <= count; i += i & (~i + 1))
        tree[i]++;
}

/* Each value against all before it: those below less those above. */
static bool sum_of_signs(const struct kendall_series *x, const uint64_t *sorted,
                         int64_t *s)
{
    int64_t *tree = calloc(x->count + 1, sizeof *tree);

    if (tree == NULL)
        return false;
    for (size_t i = 0; i < x->count; i++) {
        size_t below = rank_of(sorted, x->count, x->values[i]);
        size_t upto = rank_of(sorted, x->count, x->values[i] + 1);

        *s += counted_below(tree, below);
        *s -= (int64_t)i - counted_below(tree, upto);
        count_rank(tree, x->count, below);
    }
    free(tree);
    return true;
}

static double tie_term(double n)
{
    return n * (n - 1) * (2 * n + 5);
}

/* Length of the run of equal values at SORTED[FROM]. */
static size_t run_length(const uint64_t *sorted, size_t count, size_t from)
{
    size_t to = from + 1;

    while (to < count && sorted[to] == sorted[from])
        to++;
    return to - from;
}

static double variance(const uint64_t *sorted, size_t count)
{
    double v = tie_term((double)count);

    for (size_t i = 0; i < count;) {
        size_t run = run_length(sorted, count, i);

        v -= tie_term((double)run);
        i += run;
    }
    return v / 18;
}

/*
 * Multiply D by the distribution of falling pairs between TIED equal values
 * and BELOW smaller ones: the Gaussian binomial [BELOW + TIED over TIED], as
 * the number of partitions that fit a TIED by BELOW box, over their sum.
 * Row by row of Pascal's rule: G(t, b) = G(t, b-1) + q^b G(t-1, b).
 */
static bool gaussian(size_t tied, size_t below, double *g)
{
    size_t most = tied * below;
    double *row = calloc((tied + 1) * (most + 1), sizeof *row);
    double sum = 0;

    if (row == NULL)
        return false;
    for (size_t t = 0; t <= tied; t++)
        row[t * (most + 1)] = 1; /* b = 0 */
    /* G(t, b)[q] = G(t, b-1)[q] + G(t-1, b)[q-b]: ascending t uses the row of
     * t-1 already at b. */
    for (size_t b = 1; b <= below; b++)
        for (size_t t = 1; t <= tied; t++)
            for (size_t q = b; q <= most; q++)
                row[t * (most + 1) + q] += row[(t - 1) * (most + 1) + q - b];
    memcpy(g, row + tied * (most + 1), (most + 1) * sizeof *g);
    for (size_t q = 0; q <= most; q++)
        sum += g[q];
    for (size_t q = 0; q <= most; q++)
        g[q] /= sum;
    free(row);
    return true;
}

static bool convolve(struct pairs *d, const double *g, size_t most)
{
    double *p = calloc(d->most + most + 1, sizeof *p);

    if (p == NULL)
        return false;
    for (size_t i = 0; i <= d->most; i++)
        for (size_t k = 0; k <= most; k++)
            p[i + k] += d->p[i] * g[k];
    free(d->p);
    d->p = p;
    d->most += most;
    return true;
}

/* Add the pairs of one series, whose values are SORTED, to D. */
static bool add_series(struct pairs *d, const uint64_t *sorted, size_t count)
{
    for (size_t below = 0; below < count;) {
        size_t tied = run_length(sorted, count, below);
        double *g = malloc((tied * below + 1) * sizeof *g);
        bool ok = g != NULL && gaussian(tied, below, g) &&
                  convolve(d, g, tied * below);

        free(g);
        if (!ok)
            return false;
        below += tied;
    }
    return true;
}

/* P(S >= s), where S is all pairs less twice the falling ones. */
static double tail(const struct pairs *d, int64_t s)
{
    double p = 0;

    for (size_t falling = 0; falling <= d->most; falling++)
        if ((int64_t)d->most - 2 * (int64_t)falling >= s)
            p += d->p[falling];
    return p < 1 ? p : 1;
}

/* The normal tail with the correction for continuity (Kendall 1975). */
static double normal_tail(const struct kendall *k)
{
    if (k->variance <= 0)
        return 1;
    return erfc(((double)k->s - 1) / sqrt(2 * k->variance)) / 2;
}

static enum grl_status add(const struct kendall_series *x, bool exact,
                           struct kendall *out, struct pairs *d)
{
    uint64_t *sorted = malloc((x->count + 1) * sizeof *sorted);
    bool ok = sorted != NULL;

    if (ok && x->count > 0) {
        memcpy(sorted, x->values, x->count * sizeof *sorted);
        qsort(sorted, x->count, sizeof *sorted, compare_values);
        ok = sum_of_signs(x, sorted, &out->s) &&
             (!exact || add_series(d, sorted, x->count));
        out->variance += variance(sorted, x->count);
    }
    free(sorted);
    return ok ? GRL_OK : GRL_ENOMEM;
}

enum grl_status kendall_test(const struct kendall_series *series, size_t count,
                             struct kendall *out)
{
    struct pairs d = {.p = malloc(sizeof *d.p)};
    enum grl_status st = d.p != NULL ? GRL_OK : GRL_ENOMEM;
    size_t values = 0;
    bool exact = false;

    *out = (struct kendall){0};
    for (size_t i = 0; i < count; i++)
        values += series[i].count;
    exact = values <= KENDALL_EXACT_MOST;
    if (st == GRL_OK)
        d.p[0] = 1;
    for (size_t i = 0; i < count && st == GRL_OK; i++)
        st = add(&series[i], exact, out, &d);
    if (st == GRL_OK)
        out->p = exact ? tail(&d, out->s) : normal_tail(out);
    free(d.p);
    return st;
}
