#include "random.h"

#include <math.h>

/* splitmix64: Steele, Lea and Flood (2014), "Fast splittable pseudorandom
 * number generators". */
uint64_t random_next(struct random *r)
{
    uint64_t z = r->state += 0x9e3779b97f4a7c15U;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

struct random random_new(uint64_t seed, uint64_t stream)
{
    struct random r = {seed};

    r.state = random_next(&r) ^ (stream * 0xd1342543de82ef95U);
    random_next(&r);
    return r;
}

double random_unit(struct random *r)
{
    return ((double)(random_next(r) >> 11) + 0.5) * 0x1p-53;
}

double random_between(struct random *r, double low, double high)
{
    return low + (high - low) * random_unit(r);
}

double random_log(struct random *r, double low, double high)
{
    return low * pow(high / low, random_unit(r));
}

size_t random_below(struct random *r, size_t n)
{
    return (size_t)(random_unit(r) * (double)n);
}

bool random_chance(struct random *r, double p)
{
    return random_unit(r) < p;
}

double random_exponential(struct random *r, double mean)
{
    return -mean * log(random_unit(r));
}

static double normal(struct random *r)
{
    double a = random_unit(r);
    double b = random_unit(r);

    return sqrt(-2 * log(a)) * cos(6.283185307179586 * b);
}

/* By its definition, and by the normal distribution where that is close. */
unsigned random_poisson(struct random *r, double mean)
{
    double limit = exp(-mean);
    double product = random_unit(r);
    unsigned n = 0;

    if (mean > 60) {
        double x = floor(mean + sqrt(mean) * normal(r) + 0.5);

        return x > 0 ? (unsigned)x : 0;
    }
    for (; product > limit; n++)
        product *= random_unit(r);
    return n;
}
