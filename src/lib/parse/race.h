/*
 * Reports of the race detector.  Each is a dump of its own, of form "race": of
 * the goroutines that raced and of no others.  What it says of one is in two
 * places, first its stack when it touched the memory, then its state and where
 * it was created; so a report is kept until its end.
 *
 * Its numbers are the detector's own and no ids of the runtime.
 */
#ifndef PARSE_RACE_H
#define PARSE_RACE_H

#include "base/limits.h"
#include "parse/delivery.h"
#include "parse/line.h"
#include "parse/race_line.h"

struct text_parser;

/* One goroutine of a report. */
struct racer {
    uint64_t id;
    uint64_t line;
    size_t frame_count;
    bool elided;
    bool cut;
    size_t state_len; /* 0 until it is known */
    char state[32];
    const struct raw_frame *creator; /* or NULL */
    const struct raw_frame *frames[LIMIT_FRAMES];
};

/* Not open to begin with; the rest is set when a report begins. */
struct race {
    bool open;
    bool named;   /* a call awaits its position */
    bool begun;   /* there was something of the stack already */
    bool doubled; /* a blank line behind every line */
    enum {
        RACE_BETWEEN,
        RACE_IN_ACCESS,
        RACE_IN_CREATION,
        RACE_IN_OTHER /* a stack that says nothing of a goroutine */
    } at;
    uint64_t id;           /* whose stack it is */
    struct counted before; /* the report */
    size_t count;
    struct racer racers[LIMIT_RACERS];
};

/* Is RAW, recognised as L, of a report?  Then it is TAKEN. */
enum grl_status race_take(struct text_parser *p, const struct line *l,
                          struct grl_text raw, bool *taken);

/* The report that is open, if one is, has no more lines. */
enum grl_status race_settle(struct text_parser *p);

/* The input ends: does it within a report? */
bool race_is_cut(const struct text_parser *p);

#endif
