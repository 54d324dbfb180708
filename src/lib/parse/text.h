/*
 * Text goroutine dumps in all forms that Go prints: pprof debug=2,
 * runtime.Stack, signals, panics, fatal errors and test timeouts.
 *
 * Strict in what begins a goroutine (its whole header), lenient in what
 * belongs to it; a header always begins a new one, whatever came before.
 */
#ifndef PARSE_TEXT_H
#define PARSE_TEXT_H

#include "input/lines.h"
#include "parse/carrier.h"
#include "parse/delivery.h"
#include "parse/delve.h"
#include "parse/fast.h"
#include "parse/line.h"
#include "parse/looks.h"
#include "parse/partial.h"
#include "parse/prefix.h"
#include "parse/profile.h"
#include "parse/race.h"
#include "parse/reversed.h"
#include "parse/scout.h"
#include "parse/streams.h"

/* Where the next line falls. */
enum place {
    PLACE_OUTSIDE,
    PLACE_STACK,    /* in a goroutine: a call or a trailer comes next */
    PLACE_CALL,     /* behind a call: its position comes next */
    PLACE_CREATOR,  /* behind "created by": its position comes next */
    PLACE_COMPLETE, /* behind the creator */
    PLACE_ANCESTOR, /* in the stack of a goroutine that no longer exists */
    PLACE_SKIP,     /* in a goroutine that was reported before */
};

enum { SOON_STEPS = 4 };

struct text_parser {
    struct lines lines;
    struct delivery delivery;
    struct grl_parser_stats stats;
    struct frame_source frames;
    /* True for a line that separates dumps; NULL when there is none. */
    bool (*separates)(void *user, struct grl_text line);
    /* Takes the prefix that the user gave off *LINE; false for a line without
     * it, which is passed over.  NULL when none was given. */
    bool (*strips)(void *user, struct grl_text *line);
    void *lines_user; /* of both */
    /* Told of goroutines before they are read: get ready for one whose record
     * will have PATH and MINUTES, step by step, 0 to SOON_STEPS - 1.  NULL: not
     * told. */
    void (*soon)(void *user, uint64_t path, int64_t minutes, unsigned step);
    struct look hint; /* what a text without goroutines may be */
    bool reads_heap;  /* records of heap profiles are wanted */

    struct profile profile;
    struct carrier carrier;
    struct carrier inner; /* of what a string in a string carries */
    struct partial partial;
    struct streams streams;
    struct reversed reversed;
    struct prefix prefix; /* what a log puts before each line */
    /* A header at the end of other text, which counts if a call follows. */
    size_t glued_len;
    uint64_t glued_line;
    char glued[512];
    int glued_report; /* enum leak_report: of which library it is */
    struct race race;
    struct delve delve;
    bool gleak;              /* a report of Gomega's gleak was announced */
    struct fast *fast;       /* borrowed */
    struct fast_place place; /* behind the frames so far of this stack */
    size_t slack;            /* of the piece being read */
    struct sightings near;   /* the goroutines to be taken next */
    enum place at;
    bool doubled;  /* a blank line behind every line */
    bool bare;     /* name holds a line that may be a call without "()" */
    bool indented; /* that line was */
    uint64_t name_line;
    bool plain; /* its line says no more than the name: the fast path may learn
                   it */
    size_t name_len;
    char name[LIMIT_FRAME_BYTES]; /* the function that awaits its position */
};

/* P is zeroed, or was freed.  FAST is kept from one text to the next, as long
 * as FRAMES. */
void text_parser_init(struct text_parser *p,
                      const struct grl_parser_events *events, void *user,
                      struct frame_source frames, struct fast *fast);
enum grl_status text_parser_feed(struct text_parser *p,
                                 const struct piece *piece);
/* The same, where a scout has seen S in the piece. */
enum grl_status text_parser_feed_scouted(struct text_parser *p,
                                         const struct piece *piece,
                                         const struct sightings *s);
enum grl_status text_parser_finish(struct text_parser *p);
void text_parser_free(struct text_parser *p);

#endif
