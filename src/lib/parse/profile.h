/*
 * Counted profiles in text, pprof's debug=1: "goroutine profile: total 29" and
 * records of so many goroutines with one stack each.  They tell no ids, states,
 * creators or waits.
 */
#ifndef PARSE_PROFILE_H
#define PARSE_PROFILE_H

#include "parse/heap.h"
#include "parse/line.h"

struct text_parser;

/* Where a profile is; zero outside of one. */
struct profile {
    bool open;
    bool headless;  /* its first line is missing, so there is no total */
    bool other;     /* what comes is of another profile, such as heap */
    bool leaks;     /* a goroutineleak profile: all of them are leaked */
    bool single;    /* the stack of its last record has one address */
    uint64_t total; /* goroutines it says it has */
    uint64_t found;
    struct heap heap; /* if it is of the heap */
};

/* L, a LINE_PROFILE, begins one. */
enum grl_status profile_begin(struct text_parser *p, const struct line *l);

/* Outside of a profile: does LINE begin a record of one whose first line is
 * missing?  Notes when another kind of profile begins. */
bool profile_is_record(struct text_parser *p, struct grl_text line);
enum grl_status profile_begin_cut(struct text_parser *p, struct grl_text line);

/* A line of the profile that is open. */
enum grl_status profile_line(struct text_parser *p, struct grl_text line);

/* It ends here, or with the input (LAST). */
enum grl_status profile_end(struct text_parser *p, bool last);

#endif
