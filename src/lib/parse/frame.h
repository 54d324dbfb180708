/* A distinct frame, as the source of frames keeps it. */
#ifndef PARSE_FRAME_H
#define PARSE_FRAME_H

#include "base/text.h"

enum { FRAME_GUESSES = 2 };

/*
 * What the parser knows of a frame besides its public part: the text it was
 * read from, to recognise it again by comparing bytes, and what followed it
 * before.
 */
struct raw_frame {
    struct grl_frame pub;     /* first: a raw frame is its public part */
    struct grl_text function; /* as printed, escapes and all */
    struct grl_text position; /* "file:line", offsets taken off */
    struct raw_frame *after[FRAME_GUESSES]; /* frames that followed, the last
                                               one first; or NULL */
    struct raw_frame *creator;              /* creator that followed, or NULL */
};

/*
 * Where frames come from: equal FUNCTION and POSITION text gives the same
 * frame, which outlives the parser.  NULL: out of memory.
 */
struct frame_source {
    struct raw_frame *(*frame)(void *user, struct grl_text function,
                               struct grl_text position);
    void *user;
};

#endif
