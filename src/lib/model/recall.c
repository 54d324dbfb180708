#include "model/recall.h"

#include "base/fetch.h"
#include "model/tally.h"

#include <stdlib.h>

static bool is_elided(const struct grl_goroutine *g)
{
    return g->elided || g->cut || g->unavailable;
}

static size_t place_of(uint64_t path)
{
    return (path ^ path >> 32) % RECALL_ENTRIES;
}

static bool same_frames(const struct recalled *e, const struct grl_goroutine *g)
{
    return e->frame_count == g->frame_count &&
           (g->frame_count == 0 ||
            memcmp(e->frames, g->frames,
                   g->frame_count * sizeof(const struct grl_frame *)) == 0);
}

void recall_prepare(const struct recall *r, uint64_t path, int64_t minutes,
                    unsigned step)
{
    const struct recalled *e = &r->entries[place_of(path)];

    if (step == 0) {
        fetch(e, sizeof *e);
    } else if (e->stack != NULL && step == 1) {
        fetch(e->frames, e->frame_count * sizeof e->frames[0]);
        fetch(e->state->text, 1);
        fetch(e->stack, sizeof *e->stack);
    } else if (e->stack != NULL && e->stack->tally != NULL) {
        tally_prepare(e->stack->tally, minutes, step - 2);
    }
}

const struct recalled *recall_find(const struct recall *r,
                                   const struct grl_goroutine *g)
{
    const struct recalled *e = &r->entries[place_of(record_of(g)->path)];

    if (e->stack == NULL || e->created_by != g->created_by ||
        e->elided != is_elided(g) || e->state_len != g->state.len ||
        memcmp(e->state->text, g->state.ptr, g->state.len) != 0)
        return NULL;
    return same_frames(e, g) ? e : NULL;
}

void recall_keep(struct recall *r, const struct grl_goroutine *g,
                 const struct string *state, struct stack *stack)
{
    struct recalled *e = &r->entries[place_of(record_of(g)->path)];
    size_t size = RECALL_FRAMES * sizeof *e->frames;

    if (g->frame_count > RECALL_FRAMES)
        return;
    if (e->frames == NULL && (e->frames = malloc(size)) == NULL)
        return;
    if (g->frame_count > 0)
        memcpy(e->frames, g->frames, g->frame_count * sizeof *e->frames);
    e->frame_count = g->frame_count;
    e->stack = stack;
    e->state = state;
    e->state_len = g->state.len;
    e->created_by = g->created_by;
    e->elided = is_elided(g);
}

void recall_free(struct recall *r)
{
    for (size_t i = 0; i < RECALL_ENTRIES; i++)
        free(r->entries[i].frames);
}
