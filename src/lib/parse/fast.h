/*
 * The fast path: frames that were seen before, recognised by comparing bytes.
 *
 * A stack repeats what other stacks hold, so the frame that followed the last
 * one before is the likely next one.  Where the bytes agree with its text, two
 * lines are read without looking at what they are.  Anything else is left to
 * line_recognise(), of which this is a shortcut and never a second opinion:
 * what is taken here, it would read the same.
 */
#ifndef PARSE_FAST_H
#define PARSE_FAST_H

#include "parse/frame.h"

enum { FAST_SLOTS = 1024, FAST_WAYS = 4, FAST_NAME_BYTES = 512 };

/* Frames by the name of their function, where no guess holds.  Zero-initialise.
 */
struct fast_cache {
    struct raw_frame *slots[FAST_SLOTS][FAST_WAYS];
};

/* Two whole lines at the front of some bytes. */
struct fast_match {
    struct raw_frame *frame; /* NULL: none */
    size_t len;              /* bytes of both lines, newlines included */
    uint64_t parent;         /* of a creator: the goroutine, or 0 */
};

/* A call of a frame that followed LAST before or is in C, and its position. */
struct fast_match fast_call(struct fast_cache *c, struct raw_frame *last,
                            const char *bytes, const char *end);

/* "created by" with the creator that followed LAST, and its position. */
struct fast_match fast_creator(const struct raw_frame *last, const char *bytes,
                               const char *end);

/* FRAME was read and followed LAST. */
void fast_learn(struct fast_cache *c, struct raw_frame *last,
                struct raw_frame *frame);

#endif
