/* One goroutine being put together from its lines. */
#ifndef PARSE_RECORD_H
#define PARSE_RECORD_H

#include "base/limits.h"
#include "parse/frame.h"
#include "parse/header.h"

struct record {
    struct grl_goroutine pub; /* frames, state and labels point below */
    const struct grl_frame *frames[LIMIT_FRAMES];
    uint64_t path; /* hash of state and frames, the same for the same ones */
    char *words;   /* copies of state and labels, as lines do not last */
    size_t words_capacity;
};

/* The record that G, as the parser reports it, is the public part of. */
static inline const struct record *record_of(const struct grl_goroutine *g)
{
    return (const struct record *)(const void *)g;
}

/* A record of a profile tells neither ids nor states. */
static inline bool record_is_counted(const struct grl_goroutine *g)
{
    return g->id == 0 && g->state.len == 0;
}

/* Begin with the header H at LINE.  False when out of memory. */
bool record_begin(struct record *r, const struct header *h, uint64_t line);

/* LABELS in place of those of the header.  False when out of memory. */
bool record_set_labels(struct record *r, struct grl_text labels);

/* Append a frame; past LIMIT_FRAMES the stack counts as elided instead. */
void record_push(struct record *r, const struct grl_frame *f);

void record_free(struct record *r);

#endif
