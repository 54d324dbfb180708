/*
 * Entries by hash, for the tables that all of a large dump goes through: an
 * entry that is not there costs one cache miss, where uthash has one for the
 * bucket and one for each entry of its chain.  For other tables base/table.h.
 *
 * Open addressing with linear probing (Knuth, "The Art of Computer Programming"
 * 3, section 6.4, algorithm L).  Hashes must be seeded: input that aims at one
 * slot would make it slow.
 */
#ifndef BASE_INDEX_H
#define BASE_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct index_slot {
    void *entry; /* or NULL */
    uint64_t hash;
};

/* Zero-initialise. */
struct index {
    struct index_slot *slots;
    size_t capacity; /* a power of two, or 0 */
    size_t count;
};

/* The entries with HASH, one by one, then NULL: *AT is 0 at first. */
void *index_next(const struct index *ix, uint64_t hash, size_t *at);

/* Add ENTRY, which is borrowed; false when out of memory. */
bool index_add(struct index *ix, uint64_t hash, void *entry);

/* Have the processor fetch where HASH is looked for. */
static inline void index_fetch(const struct index *ix, uint64_t hash)
{
    if (ix->capacity > 0)
        __builtin_prefetch(&ix->slots[hash & (ix->capacity - 1)], 1);
}

void index_free(struct index *ix);

#endif
