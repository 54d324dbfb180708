/*
 * Distinct frames: every function and position is read once, however many
 * goroutines stand there.
 */
#ifndef MODEL_FRAMES_H
#define MODEL_FRAMES_H

#include "base/fetch.h"
#include "base/index.h"
#include "base/limits.h"
#include "base/strings.h"
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

/* In memory its raw frame lies behind it, so that what counting takes of it is
 * close together: the end of this and the text. */
struct frame {
    const char *path; /* of the file, also where pub has its last name alone */
    const struct string *function; /* the name once more; or NULL */
    struct grl_frame pub;
    uint64_t canonical; /* a hash of the canonical bytes */
    const char *name;   /* the function in canonical bytes: hashes taken out */
    const char *place;  /* "basename:line", as canonical bytes have it */
    uint16_t name_len;
    uint16_t place_len;
    enum frame_role role;
};

enum { FRAME_CANONICAL_BYTES = LIMIT_FRAME_BYTES + TEXT_NUMBER_BYTES + 2 };

struct frames {
    struct arena arena;
    struct arena paths;
    struct index index;    /* by known_hash() */
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
    return (const struct frame *)(const void *)((const char *)f -
                                                offsetof(struct frame, pub));
}

static inline struct grl_text frame_name(const struct frame *f)
{
    return (struct grl_text){f->name, f->name_len};
}

static inline struct grl_text frame_place(const struct frame *f)
{
    return (struct grl_text){f->place, f->place_len};
}

/* Have the processor fetch what counting F takes. */
static inline void frame_fetch(const struct grl_frame *f)
{
    enum { MOST_BYTES = 256 };

    fetch(f, MOST_BYTES);
}

/* F's part of canonical bytes, "function\nbasename:line", at AT, which has
 * FRAME_CANONICAL_BYTES: how many. */
size_t frame_canonical(const struct frame *f, char *at);

void frames_free(struct frames *f);

#endif
