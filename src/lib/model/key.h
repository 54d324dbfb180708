/*
 * What makes two goroutines "the same": the parts of a goroutine that its
 * signature keeps, as numbers of interned strings and hashes of frames.
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

/* The parts of a stack that count, borrowed from the goroutine. */
struct key_parts {
    const struct string *state; /* a wait reason, or STATE_ACTIVE */
    const struct grl_frame *const *frames;
    size_t frame_count;
    const struct grl_frame *created_by; /* or NULL */
    const struct grl_frame *blocked_in; /* or NULL */
    const struct string *label;         /* the value, for GRL_GROUP_LABEL */
    bool elided;                        /* frames are missing */
};

struct key {
    struct key_parts parts;
    const struct grl_frame *frames[LIMIT_FRAMES];
    uint64_t words[KEY_MOST_WORDS]; /* of equal canonical bytes they are equal,
                                       of others hardly ever */
    size_t word_count;
};

/* Fill *K from G.  False when out of memory or past LIMIT_STRINGS. */
bool key_build(struct key *k, const struct grouping *g,
               const struct grl_goroutine *goroutine, struct strings *names);

/* Are the canonical bytes of A and B the same, grouped BY? */
bool key_same(const struct key_parts *a, const struct key_parts *b,
              enum grl_group by);

/* The signature of K: XXH3-128 over its canonical bytes, as 32 hex digits and
 * a NUL.  The same on every machine and release with one schema number. */
void key_signature(const struct key *k, const struct grouping *g, char out[33]);

#endif
