#include "model/stacks.h"

#include "base/grow.h"
#include "base/limits.h"

#include <stdlib.h>

void stacks_init(struct stacks *s)
{
    *s = (struct stacks){.seed = table_seed()};
}

static bool fill(struct stacks *s, struct stack *e, const struct key *k,
                 const struct grouping *g)
{
    size_t size = k->frame_count * sizeof k->frames[0];
    const struct grl_frame **frames = arena_take(&s->arena, size + 1);

    if (frames == NULL)
        return false;
    memcpy(frames, k->frames, size);
    key_signature(k, g, e->signature);
    e->state = k->state;
    e->frames = frames;
    e->frame_count = k->frame_count;
    e->created_by = k->created_by;
    e->blocked_in = k->blocked_in;
    e->elided = k->elided;
    return true;
}

static struct stack *stacks_add(struct stacks *s, const struct key *k,
                                const struct grouping *g, unsigned hash)
{
    size_t size = k->word_count * sizeof k->words[0];
    struct stack *e = arena_take(&s->arena, sizeof *e);
    uint32_t *words = arena_take(&s->arena, size);

    if (e == NULL || words == NULL || !fill(s, e, k, g) ||
        !GROW(s->list, s->capacity, s->count + 1))
        return NULL;
    memcpy(words, k->words, size);
    TABLE_ADD(s->table, words, size, hash, e);
    if (e->lost)
        return NULL;
    e->index = s->count;
    s->list[s->count++] = e;
    return e;
}

struct stack *stacks_find(struct stacks *s, const struct key *k,
                          const struct grouping *g, bool *limit)
{
    size_t size = k->word_count * sizeof k->words[0];
    unsigned hash = table_hash(k->words, size, s->seed);
    struct stack *e = NULL;

    *limit = false;
    TABLE_FIND(s->table, k->words, size, hash, e);
    if (e != NULL)
        return e;
    if (s->count >= LIMIT_SIGNATURES) {
        *limit = true;
        return NULL;
    }
    return stacks_add(s, k, g, hash);
}

void stacks_free(struct stacks *s)
{
    HASH_CLEAR(hh, s->table);
    free(s->list);
    arena_free(&s->arena);
    *s = (struct stacks){0};
}
