/*
 * Reading ahead: the goroutines of a chunk that are known, found without
 * knowing what came before it.  Several threads may scout at once, each with a
 * struct fast of its own, while the parser takes what others found.
 */
#ifndef PARSE_SCOUT_H
#define PARSE_SCOUT_H

#include "input/piece.h"
#include "parse/fast.h"

/* A goroutine, from its header to the blank line or to a frame that was not
 * known; or what is known behind such a frame, without a header. */
struct sighting {
    const char *bytes;
    size_t header_len;    /* 0: without */
    struct header header; /* points into the chunk */
    uint64_t unknown;     /* without: known_hash() of the frame before */
    size_t first_frame;   /* index in frames of the first one */
    struct fast_stack stack;
};

/* What a chunk holds, in order.  Zero-initialise; reuse for other chunks. */
struct sightings {
    struct sighting *list;
    size_t count;
    size_t capacity;
    const struct grl_frame **frames;
    size_t frame_count;
    size_t frame_capacity;
};

/* Fill *OUT with what is known of the goroutines of P.  Out of memory it finds
 * less. */
void scout(struct fast *f, const struct piece *p, struct sightings *out);

/* The same with the first MOST sightings, or few more, that follow each other
 * from P on, frames that are not known between them. */
void scout_near(struct fast *f, const struct piece *p, size_t most,
                struct sightings *out);

void sightings_free(struct sightings *s);

#endif
