#include "base/grow.h"

#include <stdint.h>
#include <stdlib.h>

bool grow(void **items, size_t *capacity, size_t need, size_t size)
{
    size_t cap = *capacity > 0 ? *capacity : 4;
    void *bigger = NULL;

    if (need <= *capacity)
        return true;
    while (cap < need)
        cap *= 2;
    if (cap > SIZE_MAX / size)
        return false;
    bigger = realloc(*items, cap * size);
    if (bigger == NULL)
        return false;
    *items = bigger;
    *capacity = cap;
    return true;
}
