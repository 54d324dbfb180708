#include "base/table.h"

#include "base/xxh.h"

#include <sys/random.h>

uint64_t table_seed(void)
{
    uint64_t seed = 0;

    /* Without entropy a constant still works; only aimed input is slower. */
    if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) != (ssize_t)sizeof seed)
        seed = 0x9e3779b97f4a7c15u;
    return seed;
}

unsigned table_hash(const void *key, size_t len, uint64_t seed)
{
    return (unsigned)XXH3_64bits_withSeed(key, len, seed);
}
