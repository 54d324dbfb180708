/*
 * The fast path: frames that were read before, recognised by comparing bytes.
 *
 * Stacks repeat.  What followed the same frames before is the likely next
 * frame, and where the bytes agree with its text, two lines are read without
 * looking at what they are.  Anything else is left to line_recognise(), of
 * which this is a shortcut and never a second opinion: what is taken here, it
 * would read the same.  Tests feed each text byte by byte, which never comes
 * here, and compare.
 */
#ifndef PARSE_FAST_H
#define PARSE_FAST_H

#include "parse/header.h"
#include "parse/known.h"
#include "parse/trace.h"

/* Longer headers and argument lists are left alone. */
enum { FAST_LINE_BYTES = 4096 };

/* So many frames are fetched at once, and none this far ahead. */
enum { WARM_FRAMES = 64, WARM_BYTES = 32768 };

/* A frame that was fetched: where its name was, which is only compared, and
 * what known_hash() gave. */
struct warmed {
    const char *name;
    uint64_t hash;
};

/* What one thread brings to the fast path. */
struct fast {
    struct known *known; /* shared; see there */
    struct trace trace;
    struct warmed warmed[WARM_FRAMES]; /* in order, the rest of those fetched */
    size_t warmed_from;
    size_t warmed_count;
    const char *warm_to; /* as far as frames were fetched; only compared */
    uint64_t unknown;    /* known_hash() of the last frame that was not */
};

/* Which frames came before, those that are read at last. */
struct fast_place {
    uint32_t node; /* of the trace */
    uint64_t path; /* a hash, the same for the same state and frames */
};

/* Some frames at the front of some bytes. */
struct fast_stack {
    /* In: where frames go, and how many there is room for. */
    const struct grl_frame **frames;
    size_t room;
    struct fast_place at; /* in and out */
    /* Out; zero what it is added to. */
    size_t frame_count;
    const struct raw_frame *creator; /* or NULL */
    uint64_t parent;                 /* its goroutine, or 0 */
    bool complete;                   /* a blank line ended the goroutine */
    size_t lines;
    size_t len; /* bytes of these lines, newlines included */
};

/* The header at BYTES, with its newline: its length, or 0 for none. */
size_t fast_header(const char *bytes, const char *end, struct header *out);

/* Where a goroutine in STATE is before its first frame. */
struct fast_place fast_begin(struct fast *f, struct grl_text state);

static inline uint64_t fast_path(uint64_t path, const struct raw_frame *frame)
{
    return (path ^ (uintptr_t)frame) * 0x9e3779b97f4a7c15u;
}

/* FRAME, a call or a creator, stands at *AT, which becomes the place behind it.
 */
void fast_pass(struct fast *f, struct fast_place *at,
               const struct raw_frame *frame);

/* The same for a frame that is never to be guessed. */
static inline void fast_lose(struct fast_place *at,
                             const struct raw_frame *frame)
{
    *at = (struct fast_place){0, fast_path(at->path, frame)};
}

/* As many known frames as stand at BYTES, in *OUT. */
void fast_read(struct fast *f, const char *bytes, const char *end,
               struct fast_stack *out);

/* The same by plain C and, where the machine has it, by AVX2; for fast_read(),
 * and for the test that they agree. */
void fast_read_plain(struct fast *f, const char *bytes, const char *end,
                     struct fast_stack *out);
void fast_read_avx2(struct fast *f, const char *bytes, const char *end,
                    struct fast_stack *out);
bool fast_has_avx2(void);

#endif
