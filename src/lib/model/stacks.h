/* Distinct signatures, shared by all dumps that are compared. */
#ifndef MODEL_STACKS_H
#define MODEL_STACKS_H

#include "model/key.h"

struct tally;

struct stack {
    char signature[33];
    const struct string *state;
    const struct grl_frame *const *frames;
    size_t frame_count;
    const struct grl_frame *created_by;
    const struct grl_frame *blocked_in;
    const struct string *label; /* or NULL */
    bool elided;
    size_t index;        /* 0, 1, ... in order of first appearance */
    struct tally *tally; /* in the dump being read, or NULL */
    size_t dump;         /* number of the dump that counted it last */
    struct stack *group; /* what it counts in when grouped otherwise */
    bool judged;         /* the rules have seen it: */
    size_t ignored_by;   /* number of the rule that ignores it, from 1 */
    bool wanted;         /* an "only" rule matches it, or there is none */
    bool asks;           /* rules look at its goroutines one by one */
};

struct stacks {
    struct arena arena;
    struct index index;  /* by the words of a key */
    struct stack **list; /* by index */
    size_t count;
    size_t capacity;
    uint64_t seed;
};

void stacks_init(struct stacks *s);

/* The stack of K, made when new.  NULL when out of memory or, with *LIMIT set,
 * past LIMIT_SIGNATURES. */
struct stack *stacks_find(struct stacks *s, const struct key *k,
                          const struct grouping *g, bool *limit);

void stacks_free(struct stacks *s);

#endif
