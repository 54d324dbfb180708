/* Growable arrays, kept as plain pointer, count and capacity. */
#ifndef BASE_GROW_H
#define BASE_GROW_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Make room for NEED elements of SIZE bytes in *ITEMS, which has *CAPACITY.
 * Doubles, so that appending costs amortised constant time.  False when out of
 * memory; the array is then unchanged.
 */
bool grow(void **items, size_t *capacity, size_t need, size_t size);

/* GROW(v->items, v->capacity, v->count + 1) for typed arrays. */
#define GROW(items, capacity, need)                                            \
    grow((void **)&(items), &(capacity), (need), sizeof *(items))

#endif
