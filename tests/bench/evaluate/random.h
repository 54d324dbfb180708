/* Numbers from a seed, the same on every machine. */
#ifndef EVALUATE_RANDOM_H
#define EVALUATE_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct random {
    uint64_t state;
};

struct random random_new(uint64_t seed, uint64_t stream);
uint64_t random_next(struct random *r);
double random_unit(struct random *r); /* in (0, 1) */
double random_between(struct random *r, double low, double high);
double random_log(struct random *r, double low, double high); /* log-uniform */
size_t random_below(struct random *r, size_t n);
bool random_chance(struct random *r, double p);
double random_exponential(struct random *r, double mean);
unsigned random_poisson(struct random *r, double mean);

#endif
