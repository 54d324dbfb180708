/* A distinct frame, as the source of frames keeps it. */
#ifndef PARSE_FRAME_H
#define PARSE_FRAME_H

#include "base/arena.h"
#include "base/limits.h"
#include "base/text.h"

/*
 * The text that a frame was read from, to recognise it again by comparing
 * bytes.  Never changes.  Whoever makes it may keep what else it knows of the
 * frame in front of it, so that one piece of memory is fetched.
 */
struct raw_frame {
    const struct grl_frame *pub;
    uint16_t function_len;
    uint16_t position_len;
    /* The function as printed, escapes and all; a NUL; "file:line", offsets
     * taken off.  ARENA_SLACK_BYTES more may be read. */
    char text[];
};

_Static_assert(LIMIT_FRAME_BYTES <= UINT16_MAX, "a length must fit");

static inline struct grl_text raw_function(const struct raw_frame *f)
{
    return (struct grl_text){f->text, f->function_len};
}

static inline struct grl_text raw_position(const struct raw_frame *f)
{
    return (struct grl_text){f->text + f->function_len + 1, f->position_len};
}

/*
 * Where frames come from: equal FUNCTION and POSITION text gives the same
 * frame, which outlives the parser; *AGAIN says that it gave it before.  NULL:
 * out of memory.
 */
struct frame_source {
    const struct raw_frame *(*frame)(void *user, struct grl_text function,
                                     struct grl_text position, bool *again);
    /* Told of COUNT frames that will be counted, and that one with the hash
     * UNKNOWN will be asked for: get ready. */
    void (*soon)(void *user, uint64_t unknown,
                 const struct grl_frame *const *frames, size_t count);
    void *user;
};

#endif
