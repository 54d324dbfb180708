/*
 * What one line of a dump is, looking at nothing but the line: no state, no
 * allocation.  The forms and their history are in docs/FORMAT.md.
 */
#ifndef PARSE_LINE_H
#define PARSE_LINE_H

#include "parse/header.h"

enum line_kind {
    LINE_BLANK,
    LINE_HEADER,        /* goroutine 1 [running]: */
    LINE_BROKEN_HEADER, /* a header that is cut, or whose id is out of range */
    LINE_CALL,          /* main.f(0x1, {0x2, 0x3}) */
    LINE_OPEN_CALL,     /* main.f(0x1,          hard-wrapped or cut */
    LINE_POSITION,      /* /src/main.go:12 +0x1d fp=0x1 sp=0x2 pc=0x3 */
    LINE_CREATED,       /* created by main.main in goroutine 1 */
    LINE_ELIDED,        /* ...23 frames elided... */
    LINE_ORIGIN,        /* [originating from goroutine 1]: */
    LINE_UNAVAILABLE,   /* goroutine running on other thread; ... */
    LINE_NON_GO,        /* non-Go function at pc=0x400333 */
    LINE_PROFILE,       /* goroutine profile: total 29, or of the heap */
    LINE_BANNER,        /* panic:, fatal error:, SIGQUIT:, ... */
    LINE_SECTION,       /* ----- between the threads of a crash */
    LINE_OTHER_STACK,   /* runtime stack:, whose frames are nobody's */
    LINE_DIAGNOSTIC,    /* known lines that say nothing about a stack */
    LINE_TEXT,          /* anything else */
};

/* What a line says, by kind; borrowed from the line. */
struct line {
    enum line_kind kind;
    struct grl_text text;     /* without blanks around it */
    struct header header;     /* HEADER */
    struct grl_text function; /* CALL, OPEN_CALL, CREATED */
    struct grl_text position; /* POSITION: file and line, offsets taken off */
    uint64_t parent;          /* CREATED: the goroutine, or 0; PROFILE: total */
    const char *form;         /* BANNER: the form of dump it announces */
    bool indented;            /* something blank stood before the text */
    bool offset;              /* POSITION: " +0x.." followed */
    bool c_frame;             /* POSITION: "pc=" without an offset */
};

/* Fills what the kind needs; the rest of *OUT is zero. */
void line_recognise(struct grl_text raw, struct line *out);

#endif
