/*
 * The ids at the beginning of a dump.  An id never repeats in a dump, so a
 * known one tells that the next dump has begun; dumps of one process list
 * their goroutines in much the same order, so the beginning is enough and
 * memory stays fixed.
 */
#ifndef PARSE_SEEN_H
#define PARSE_SEEN_H

#include "base/limits.h"

#include <stdbool.h>
#include <stdint.h>

enum { SEEN_SLOTS = 2 * LIMIT_WATCHED_IDS };

/* Zero-initialise; id 0, a thread's scheduler stack, is never unique and not
 * kept. */
struct seen {
    uint32_t count;
    uint16_t taken[LIMIT_WATCHED_IDS]; /* slots, to clear no more than those */
    uint64_t slots[SEEN_SLOTS];        /* open addressing; 0 is free */
};

bool seen_has(const struct seen *s, uint64_t id);

/* Have the processor fetch where ID is. */
void seen_prepare(const struct seen *s, uint64_t id);

/* Does nothing once LIMIT_WATCHED_IDS are kept. */
void seen_add(struct seen *s, uint64_t id);

void seen_clear(struct seen *s);

#endif
