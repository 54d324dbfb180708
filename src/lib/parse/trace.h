/*
 * What followed what: a tree of the frames that stacks began with, from which
 * the next frame is guessed.  It belongs to one thread, forgets everything when
 * it is full, and being wrong costs it only time.
 */
#ifndef PARSE_TRACE_H
#define PARSE_TRACE_H

#include "base/fetch.h"
#include "parse/frame.h"

enum { TRACE_NODES = 65536, TRACE_ROOTS = 256 };

/* A frame behind the frames of its parents.  Those of a stack that was new lie
 * side by side. */
struct trace_node {
    const struct raw_frame *frame;
    uint32_t parent;
    uint32_t guess; /* the node that came last behind this one, or 0 */
};

/* Zero-initialise. */
struct trace {
    size_t count; /* of nodes; behind the first nothing is known or learned */
    size_t begun; /* stacks, since it was empty, and when it was full; or 0 */
    size_t filled;
    uint32_t roots[TRACE_ROOTS];
    uint32_t edges[TRACE_NODES]; /* nodes by parent and frame */
    uint16_t names[TRACE_NODES]; /* nodes by parent and name; the last wins */
    struct trace_node nodes[TRACE_NODES];
};

/* Where stacks begin that share HASH. */
uint32_t trace_root(struct trace *t, uint64_t hash);

/* The node of FRAME behind node AT, which becomes AT's guess; or 0. */
uint32_t trace_step(struct trace *t, uint32_t at,
                    const struct raw_frame *frame);

/* A hash of a function's name: of its end, where names differ most. */
static inline uint64_t trace_name(const char *name, size_t len)
{
    uint64_t parts[2] = {0, len};

    if (len < sizeof parts) {
        memcpy(parts, name, len < sizeof parts[0] ? len : sizeof parts[0]);
        return parts[0] ^ len << 56;
    }
    memcpy(parts, name + len - sizeof parts, sizeof parts);
    return (parts[0] * 0xbf58476d1ce4e5b9u ^ parts[1]) + len;
}

static inline uint32_t trace_slot(uint32_t at, uint64_t name)
{
    return (uint32_t)(((name ^ at) * 0x9e3779b97f4a7c15u) >> 40) % TRACE_NODES;
}

/* A node behind node AT whose function may have NAME, a hash; or 0. */
static inline uint32_t trace_named(const struct trace *t, uint32_t at,
                                   uint64_t name)
{
    uint32_t node = t->names[trace_slot(at, name)];

    return t->nodes[node].parent == at ? node : 0;
}

/* NODE, which is behind node AT, came behind it again: *AT becomes it. */
static inline void trace_follow(struct trace *t, uint32_t *at, uint32_t node)
{
    t->nodes[*at].guess = node;
    *at = node;
}

/* The node that came last behind node AT, or 0; and get ready to compare what
 * came behind that one. */
static inline uint32_t trace_guess(const struct trace *t, uint32_t at)
{
    enum { AHEAD = 3, BYTES = 192 };
    uint32_t guess = t->nodes[at].guess;

    /* Also of none, which does no harm. */
    fetch(t->nodes[(guess + AHEAD) % TRACE_NODES].frame, BYTES);
    return guess;
}

#endif
