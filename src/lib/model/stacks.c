#include "model/stacks.h"

#include "base/grow.h"
#include "base/limits.h"
#include "base/table.h"
#include "base/xxh.h"

#include <stdlib.h>

void stacks_init(struct stacks *s)
{
    *s = (struct stacks){.seed = table_seed()};
}

static bool fill(struct stacks *s, struct stack *e, const struct key_parts *k)
{
    size_t size = k->frame_count * sizeof k->frames[0];
    const struct grl_frame **frames = arena_take(&s->arena, size + 1);

    if (frames == NULL)
        return false;
    memcpy(frames, k->frames, size);
    e->state = k->state;
    e->frames = frames;
    e->frame_count = k->frame_count;
    e->created_by = k->created_by;
    e->blocked_in = k->blocked_in;
    e->label = k->label;
    e->elided = k->elided;
    return true;
}

static struct stack *stacks_add(struct stacks *s, const struct key *k,
                                const struct grouping *g, uint64_t hash)
{
    struct stack *e = arena_take(&s->arena, sizeof *e);

    if (e == NULL || !fill(s, e, &k->parts) ||
        !GROW(s->list, s->capacity, s->count + 1) ||
        !index_add(&s->index, hash, e))
        return NULL;
    key_signature(k, g, e->signature);
    e->index = s->count;
    s->list[s->count++] = e;
    return e;
}

static struct key_parts parts_of(const struct stack *e)
{
    return (struct key_parts){
        .state = e->state,
        .frames = e->frames,
        .frame_count = e->frame_count,
        .created_by = e->created_by,
        .blocked_in = e->blocked_in,
        .label = e->label,
        .elided = e->elided,
    };
}

struct stack *stacks_find(struct stacks *s, const struct key *k,
                          const struct grouping *g, bool *limit)
{
    uint64_t hash = XXH3_64bits_withSeed(
        k->words, k->word_count * sizeof k->words[0], s->seed);
    struct stack *e = NULL;
    size_t at = 0;

    *limit = false;
    while ((e = index_next(&s->index, hash, &at)) != NULL) {
        struct key_parts parts = parts_of(e);

        if (key_same(&k->parts, &parts, g->by))
            return e;
    }
    if (s->count >= LIMIT_SIGNATURES) {
        *limit = true;
        return NULL;
    }
    return stacks_add(s, k, g, hash);
}

void stacks_free(struct stacks *s)
{
    index_free(&s->index);
    free(s->list);
    arena_free(&s->arena);
    *s = (struct stacks){0};
}
