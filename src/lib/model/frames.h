/*
 * Distinct frames: every function and position is read once, however many
 * goroutines stand there.
 */
#ifndef MODEL_FRAMES_H
#define MODEL_FRAMES_H

#include "base/strings.h"
#include "base/table.h"
#include "parse/record.h"

/* What a frame is good for; see DESIGN, "Signature". */
enum frame_role {
    FRAME_CALL,    /* part of the signature */
    FRAME_RUNTIME, /* of the runtime, exported: dropped while leading */
    FRAME_HIDDEN,  /* of the runtime and of cgo, which debug=2 never prints in
                      the middle of a stack: dropped anywhere */
    FRAME_WRAPPER, /* .gowrap1, .deferwrap2, -fm: dropped anywhere */
    FRAME_EXIT,    /* runtime.goexit, runtime.main: dropped while trailing */
};

struct frame {
    struct grl_frame pub; /* first: a frame is its public part */
    const struct raw_frame *raw;
    const char *path; /* of the file, also where pub has its last name alone */
    enum frame_role role;
    uint32_t canonical_id;          /* of canonical, close at hand */
    const struct string *canonical; /* "function\nbasename:line" */
    const struct string *function;  /* the name, hashes taken out; or NULL */
    bool lost;
    UT_hash_handle hh;
};

struct frames {
    struct arena arena;
    struct arena texts;    /* of struct raw_frame, close together */
    struct frame *table;   /* by the text of function and position */
    struct strings *names; /* borrowed */
    uint64_t seed;
    bool redact;    /* files are shown without their folders */
    bool functions; /* frames have their function on its own, as some groupings
                       want it; so at first */
};

void frames_init(struct frames *f, struct strings *names);

/* The source to give to a parser; it lives as long as F. */
struct frame_source frames_source(struct frames *f);

static inline const struct frame *frame_of(const struct grl_frame *f)
{
    return (const struct frame *)(const void *)f;
}

void frames_free(struct frames *f);

#endif
