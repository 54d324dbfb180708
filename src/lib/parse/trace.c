#include "parse/trace.h"

/* Where each stack takes many nodes the next ones will, too: there is little to
 * learn, and what is known by now is not forgotten at once. */
static bool is_over(struct trace *t)
{
    enum { STACKS = TRACE_NODES / 4, TIMES = 16 };

    if (t->count < TRACE_NODES)
        return false;
    if (t->filled == 0)
        t->filled = t->begun;
    return t->filled > STACKS || t->begun > t->filled * TIMES;
}

/* Make room for a root; what was never used is not touched, as it is large. */
static void make_room(struct trace *t)
{
    t->begun++;
    if (is_over(t))
        *t = (struct trace){.count = 1};
    if (t->count == 0)
        t->count = 1;
}

static uint32_t add(struct trace *t, uint32_t parent,
                    const struct raw_frame *frame)
{
    t->nodes[t->count] = (struct trace_node){frame, parent, 0};
    return (uint32_t)t->count++;
}

uint32_t trace_root(struct trace *t, uint64_t hash)
{
    uint32_t *root = &t->roots[hash % TRACE_ROOTS];

    make_room(t);
    if (*root == 0 && t->count < TRACE_NODES)
        *root = add(t, 0, NULL);
    return *root;
}

static uint32_t *edge_of(struct trace *t, uint32_t at,
                         const struct raw_frame *frame)
{
    uint64_t h = ((uintptr_t)frame ^ at) * 0x9e3779b97f4a7c15u;

    return &t->edges[(h >> 40) % TRACE_NODES];
}

static bool is_step(const struct trace *t, uint32_t node, uint32_t from,
                    const struct raw_frame *frame)
{
    return t->nodes[node].frame == frame && t->nodes[node].parent == from;
}

uint32_t trace_step(struct trace *t, uint32_t at, const struct raw_frame *frame)
{
    uint32_t guess = t->nodes[at].guess;
    uint32_t *edge = NULL;

    if (at == 0)
        return 0;
    if (guess != 0 && is_step(t, guess, at, frame))
        return guess;
    edge = edge_of(t, at, frame);
    if (!is_step(t, *edge, at, frame)) {
        if (t->count == TRACE_NODES)
            return 0; /* until a root forgets it all */
        *edge = add(t, at, frame);
    }
    t->names[trace_slot(at, trace_name(frame->text, frame->function_len))] =
        (uint16_t)*edge;
    t->nodes[at].guess = *edge;
    return *edge;
}
