/*
 * Frames that were read before, found again by the name of their function and
 * their position.
 *
 * One thread learns; any number may look up meanwhile.  It is a cache: what it
 * does not find is read from its text.
 */
#ifndef PARSE_KNOWN_H
#define PARSE_KNOWN_H

#include "parse/frame.h"

#include <stdatomic.h>

enum { KNOWN_ROWS = 65536, KNOWN_WAYS = 6, KNOWN_NAME_BYTES = 512 };

/* At first only so many rows are used, and four times as many each time that
 * there are this many frames for each: memory that a small dump does not touch
 * costs it nothing. */
enum { KNOWN_FIRST_ROWS = 1024, KNOWN_CROWD = 2 };

/* Frames whose hashes meet, the last learned first.  The tags, of the other end
 * of the hash, are there so that no frame is looked at in vain: each would be a
 * cache miss. */
struct known_row {
    _Atomic(const struct raw_frame *) frames[KNOWN_WAYS];
    _Atomic uint16_t tags[KNOWN_WAYS];
};

/* Zero-initialise, but for the seed. */
struct known {
    uint64_t seed; /* from table_seed() */
    size_t count;  /* frames that were put in a free place */
    /* Bits of known_mask() beside those for the first rows. */
    _Atomic uint32_t more;
    struct known_row rows[KNOWN_ROWS];
};

/* Of the frames whose function is NAME and whose position, as far as its first
 * blank, is POSITION. */
uint64_t known_hash(uint64_t seed, struct grl_text name,
                    struct grl_text position);

/* The number of the last row in use, whose bits a hash is told by. */
static inline uint32_t known_mask(const struct known *k)
{
    return atomic_load_explicit(&k->more, memory_order_relaxed) |
           (KNOWN_FIRST_ROWS - 1);
}

static inline const struct known_row *known_row_of(const struct known *k,
                                                   uint64_t hash)
{
    return &k->rows[hash & known_mask(k)];
}

static inline uint16_t known_tag(uint64_t hash)
{
    return (uint16_t)(hash >> 48);
}

/* The frame at place I of ROW if it may have HASH, or NULL. */
static inline const struct raw_frame *known_at(const struct known_row *row,
                                               size_t i, uint64_t hash)
{
    if (atomic_load_explicit(&row->tags[i], memory_order_relaxed) !=
        known_tag(hash))
        return NULL;
    return atomic_load_explicit(&row->frames[i], memory_order_acquire);
}

/* F was read; AGAIN says not for the first time.  Only then it drops the oldest
 * frame of a full row: where all frames are new, they are not to push out those
 * that are not. */
void known_learn(struct known *k, const struct raw_frame *f, bool again);

#endif
