/* Frames that the fast path knows, for tests of it. */
#ifndef SUPPORT_LEARN_H
#define SUPPORT_LEARN_H

#include "model/frames.h"
#include "parse/known.h"

struct learned {
    struct strings names;
    struct frames frames;
    struct known known;
};

/* L is zeroed. */
void learned_init(struct learned *l);

/* The frame of FUNCTION and POSITION, which is new. */
const struct raw_frame *learn(struct learned *l, const char *function,
                              const char *position);

void learned_free(struct learned *l);

#endif
