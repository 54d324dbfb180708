/* What one dump, or several merged, holds of one signature. */
#ifndef MODEL_TALLY_H
#define MODEL_TALLY_H

#include "model/stacks.h"
#include "model/waits.h"

struct tally {
    struct grl_cluster pub; /* first; complete after tally_freeze() */
    struct stack *stack;
    struct waits waits;
    uint64_t *ids; /* at first FIRST_ID alone, as many stacks have but one */
    size_t id_capacity;
    struct grl_state_count *states; /* at first FIRST_STATE alone */
    size_t state_capacity;
    uint64_t first_id;
    struct grl_state_count first_state;
    struct grl_label_count *labels;
    size_t label_capacity;
};

/* A tally of STACK without goroutines, in memory of A; NULL when out of it. */
struct tally *tally_new(struct arena *a, struct stack *stack);

/* Count G, whose state as printed is STATE.  All ids are kept with KEEP_IDS,
 * else the first LIMIT_LISTED_IDS.  False when out of memory. */
bool tally_add(struct tally *t, const struct grl_goroutine *g,
               const struct string *state, bool keep_ids,
               struct strings *names);

/* Have the processor fetch what T will be asked for to count MINUTES, in steps
 * 0 and 1. */
void tally_prepare(const struct tally *t, int64_t minutes, unsigned step);

/* No more goroutines: sort what reports show, fill t->pub. */
void tally_freeze(struct tally *t);

/* Nothing will be added to T, which is frozen: give back what that took. */
void tally_pack(struct tally *t);

/* What T has beyond the memory it is in. */
void tally_free(struct tally *t);

#endif
