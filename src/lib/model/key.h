/*
 * What makes two goroutines "the same": the parts of a goroutine that its
 * signature keeps, as numbers of interned strings.  Equal keys are equal
 * canonical bytes, so tables compare keys and nothing is lost to a hash.
 */
#ifndef MODEL_KEY_H
#define MODEL_KEY_H

#include "model/frames.h"

enum { KEY_MOST_WORDS = LIMIT_FRAMES + 8 };

/* How goroutines are told apart; label is the key of GRL_GROUP_LABEL. */
struct grouping {
    enum grl_group by;
    struct grl_text label;
};

struct key {
    /* The parts of the stack that count, borrowed from the goroutine. */
    const struct string *state; /* a wait reason, or STATE_ACTIVE */
    const struct grl_frame *frames[LIMIT_FRAMES];
    size_t frame_count;
    const struct grl_frame *created_by; /* or NULL */
    const struct grl_frame *blocked_in; /* or NULL */
    const struct string *label;         /* the value, for GRL_GROUP_LABEL */
    bool elided;                        /* frames are missing */

    uint32_t words[KEY_MOST_WORDS];
    size_t word_count;
};

/* Fill *K from G.  False when out of memory or past LIMIT_STRINGS. */
bool key_build(struct key *k, const struct grouping *g,
               const struct grl_goroutine *goroutine, struct strings *names);

/* The signature of K: XXH3-128 over its canonical bytes, as 32 hex digits and
 * a NUL.  The same on every machine and release with one schema number. */
void key_signature(const struct key *k, const struct grouping *g, char out[33]);

#endif
