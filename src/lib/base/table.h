/*
 * The one place that includes uthash, so that its defaults never apply: out of
 * memory it would call exit(), and its hash is neither fast nor seeded.
 *
 * An entry is a struct with `UT_hash_handle hh` and `bool lost`; add with
 * TABLE_ADD and look whether ->lost was set (no memory: not in the table).
 * Tables are walked only to free them; what is printed is sorted first.
 */
#ifndef BASE_TABLE_H
#define BASE_TABLE_H

#include <stdint.h>

#define HASH_NONFATAL_OOM 1
#define uthash_nonfatal_oom(obj) ((obj)->lost = true)
#include <uthash.h>

/* Each step of a chain is a cache miss.  With 7 or less uthash makes far more
 * buckets than there are entries. */
#undef HASH_BKT_CAPACITY_THRESH
#define HASH_BKT_CAPACITY_THRESH 8u

/* A number that an input cannot know, so that it cannot aim at one bucket. */
uint64_t table_seed(void);

/* Hash of LEN bytes at KEY for a table seeded with SEED. */
unsigned table_hash(const void *key, size_t len, uint64_t seed);

#define TABLE_FIND(head, key, len, hash, out)                                  \
    HASH_FIND_BYHASHVALUE(hh, head, key, len, hash, out)

#define TABLE_ADD(head, keyptr, len, hash, entry)                              \
    HASH_ADD_KEYPTR_BYHASHVALUE(hh, head, keyptr, len, hash, entry)

#endif
