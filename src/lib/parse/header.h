/* The first line of a goroutine: "goroutine 18 [chan receive, 3 minutes]:". */
#ifndef PARSE_HEADER_H
#define PARSE_HEADER_H

#include "base/text.h"

/* Borrowed from the line; wait_minutes is -1 when not given. */
struct header {
    uint64_t id;
    struct grl_text state;  /* annotations taken off */
    struct grl_text labels; /* between the braces, both 1.26 and 1.27 form */
    int64_t wait_minutes;
    bool locked;
    bool leaked;
    bool durable;
    bool plain; /* read by header_read_plain() */
};

/*
 * True when LINE, without surrounding blanks, is a whole header: strict in its
 * shape, so that prose about goroutines is none, and open about its words, so
 * that states and annotations of future releases are read.
 */
bool header_parse(struct grl_text line, struct header *out);

/*
 * The header at the front of T, with its newline, if it is of the plain kind
 * that dumps are full of: "goroutine 1 [select, 2 minutes]:".  What
 * header_parse() would say of it, sooner.  Its length; 0 when it is not plain.
 */
size_t header_read_plain(struct grl_text t, struct header *out);

/* True when LINE looks like a header whose id no uint64 can hold, or that the
 * end of the input may have cut. */
bool header_is_broken(struct grl_text line);

#endif
