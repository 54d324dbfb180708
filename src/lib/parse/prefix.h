/*
 * What stands before the lines of a dump in a log: learned from a header in
 * the middle of a line, then taken off the lines behind it.  Numbers may
 * change, and their lengths, as timestamps do; nothing else may.
 */
#ifndef PARSE_PREFIX_H
#define PARSE_PREFIX_H

#include "base/text.h"

/* Zero-initialise: no prefix. */
struct prefix {
    size_t len;
    char text[256]; /* a longer one is not followed */
};

/* Where a whole header begins that ends LINE; LINE.len if none does. */
size_t prefix_find_header(struct grl_text line);

/* The same of the first line of a profile in text. */
size_t prefix_find_profile(struct grl_text line);

/* "total 29", "heap/524288": does T, trimmed, end as such a line does?  Cheap,
 * and true of few. */
bool prefix_ends_as_profile(struct grl_text t);

/* What stands before a header is a log's prefix; blanks are not, nor is a word
 * that the header is glued to. */
bool prefix_is_one(struct grl_text before);

/* From now on BEFORE is the prefix. */
void prefix_learn(struct prefix *p, struct grl_text before);

/* RAW, the line behind the header it was learned from, does not have it: what
 * of it RAW has too is the prefix, if a call stands behind that. */
void prefix_shorten(struct prefix *p, struct grl_text raw);

/* RAW without the prefix if it has it, else RAW itself. */
struct grl_text prefix_take_off(const struct prefix *p, struct grl_text raw);

#endif
