/* Memory that will be needed soon: many places that are fetched at once take no
 * longer than one. */
#ifndef BASE_FETCH_H
#define BASE_FETCH_H

#include <stddef.h>
#include <stdint.h>

/* A function that does nothing but fetch has no effect that compilers see, and
 * its calls may be left out, unless it is taken into its caller early. */
#define FETCH_INLINE __attribute__((always_inline)) static inline

/* Have the processor fetch LEN bytes AT.  Only a hint: AT may be any address.
 */
FETCH_INLINE void fetch(const void *at, size_t len)
{
    enum { LINE = 64 };

    /* As numbers: AT may point nowhere. */
    for (size_t i = 0; i < len; i += LINE)
        __builtin_prefetch((const char *)((uintptr_t)at + i));
}

#endif
