#include "model/snapshot.h"

#include "base/grow.h"
#include "model/order.h"

#include <stdlib.h>

static bool open_tally(struct snapshot *s, struct stack *stack)
{
    if (!GROW(s->tallies, s->capacity, s->count + 1))
        return false;
    stack->tally = tally_new(&s->arena, stack);
    if (stack->tally == NULL)
        return false;
    s->tallies[s->count++] = stack->tally;
    return true;
}

bool snapshot_add(struct snapshot *s, struct stack *stack,
                  const struct grl_goroutine *g, const struct string *state,
                  bool keep_ids, struct strings *names)
{
    s->open = true;
    if (stack->tally == NULL && !open_tally(s, stack))
        return false;
    return tally_add(stack->tally, g, state, keep_ids, names);
}

bool snapshot_ignore(struct snapshot *s, const struct grl_goroutine *g)
{
    if (!GROW(s->ignored_ids, s->ignored_capacity, s->ignored_count + 1))
        return false;
    s->ignored_ids[s->ignored_count++] = g->id;
    return true;
}

static int compare_ids(const void *pa, const void *pb)
{
    const uint64_t *a = pa;
    const uint64_t *b = pb;

    return (*a > *b) - (*a < *b);
}

/* Ids of a whole cluster are kept to be compared: sort them.  The first few
 * stay in order of appearance. */
static void sort_ids(uint64_t *ids, size_t count)
{
    if (count > 1)
        qsort(ids, count, sizeof *ids, compare_ids);
}

void snapshot_freeze(struct snapshot *s)
{
    s->open = false;
    for (size_t i = 0; i < s->count; i++) {
        struct tally *t = s->tallies[i];

        if (t->pub.id_count == t->pub.count)
            sort_ids(t->ids, t->pub.id_count);
        tally_freeze(t);
    }
    sort_ids(s->ignored_ids, s->ignored_count);
    order_tallies(s->tallies, s->count);
}

void snapshot_close(struct snapshot *s)
{
    snapshot_freeze(s);
    for (size_t i = 0; i < s->count; i++) {
        s->tallies[i]->stack->tally = NULL;
        tally_pack(s->tallies[i]);
    }
}

void snapshot_free(struct snapshot *s)
{
    for (size_t i = 0; i < s->count; i++)
        tally_free(s->tallies[i]);
    free(s->tallies);
    arena_free(&s->arena);
    lineage_free(&s->lineage);
    free(s->ignored_ids);
    *s = (struct snapshot){0};
}
