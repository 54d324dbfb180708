/*
 * Logs with the last line first, as journalctl -r prints them: a stack stands
 * above its header, from the bottom up.  What stands above the first header
 * shows whether it is such a log; then the lines above each header are read
 * below it, in their turn.  The first line of a race detector's report is such
 * a header, of several stacks that have headers of their own.
 */
#ifndef PARSE_REVERSED_H
#define PARSE_REVERSED_H

#include "base/text.h"
#include "parse/prefix.h"

/* Zero-initialise. */
struct reversed {
    enum { REVERSED_UNKNOWN, REVERSED_NO, REVERSED_YES } order;
    char *bytes; /* of lines since the last header */
    size_t len;
    size_t capacity;
    size_t *starts; /* of each */
    size_t count;
    size_t start_capacity;
    uint64_t lost; /* lines of stacks that were too long to be kept */
};

/* Keep LINE, which is no header.  False when out of memory. */
bool reversed_keep(struct reversed *r, struct grl_text line);

/* The first header stands at the end of LINE, from AT on: is the order
 * reversed? */
bool reversed_decide(struct reversed *r, struct grl_text line, size_t at);

/* The same of a line with a ':' at its end, which may be one above a stack of a
 * race detector's report: does it stand below one? */
bool reversed_decide_race(struct reversed *r, struct grl_text line);

/* The line kept last, which is forgotten; false when there is none. */
bool reversed_take(struct reversed *r, struct grl_text *line);

/* The input ends, with PREFIX before its lines: in a stack whose header did not
 * come?  *REPORT: of a race detector's report, whose stacks have headers. */
bool reversed_is_cut(const struct reversed *r, const struct prefix *prefix,
                     bool *report);

/* Another log begins, in an order of its own. */
void reversed_restart(struct reversed *r);

void reversed_free(struct reversed *r);

#endif
