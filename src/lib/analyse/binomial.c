#include "analyse/binomial.h"

#include <math.h>

/* log of N over K. */
static double log_choose(double n, double k)
{
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1);
}

double binomial_tail(double k, double n, double share)
{
    enum { EXACT_MOST = 4000 };
    double p = 0;

    if (share <= 0 || k >= n)
        return 1;
    if (share >= 1)
        return 0;
    if (n > EXACT_MOST) /* normal, with the correction for continuity */
        return erfc((n * share - k - 0.5) / sqrt(2 * n * share * (1 - share))) /
               2;
    for (int i = 0; i <= (int)k; i++)
        p += exp(log_choose(n, i) + i * log(share) + (n - i) * log(1 - share));
    return p < 1 ? p : 1;
}
