/*
 * Whole stacks that were counted before, found again by the frames they were
 * read from: a short cut past key_build() for goroutines like earlier ones.
 *
 * It is a cache of fixed size.  What it finds, key_build() and stacks_find()
 * would find too: the hash leads to an entry, all that a key depends on is
 * compared.
 */
#ifndef MODEL_RECALL_H
#define MODEL_RECALL_H

#include "model/stacks.h"

enum { RECALL_ENTRIES = 4096, RECALL_FRAMES = 64 };

struct recalled {
    struct stack *stack;
    const struct string *state; /* as printed */
    size_t state_len;
    const struct grl_frame **frames; /* owned: all that were printed */
    size_t frame_count;
    const struct grl_frame *created_by;
    bool elided; /* frames are missing */
};

/* Zero-initialise. */
struct recall {
    struct recalled entries[RECALL_ENTRIES];
};

/* The entry of G's like, or NULL.  G is part of a record. */
const struct recalled *recall_find(const struct recall *r,
                                   const struct grl_goroutine *g);

/* Have the processor fetch what counting a goroutine with PATH and MINUTES
 * takes: STEP by step, from 0 on, as each leads to what the next is to fetch.
 */
void recall_prepare(const struct recall *r, uint64_t path, int64_t minutes,
                    unsigned step);

/* G, in STATE, has STACK.  Nothing happens when memory is short or its stack
 * is too deep to be worth keeping. */
void recall_keep(struct recall *r, const struct grl_goroutine *g,
                 const struct string *state, struct stack *stack);

void recall_free(struct recall *r);

#endif
