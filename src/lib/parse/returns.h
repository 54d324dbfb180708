/* Lines that end with carriage returns alone, as terminals and old editors
 * leave them. */
#ifndef PARSE_RETURNS_H
#define PARSE_RETURNS_H

#include "base/text.h"

/* Does HEAD, as far as it goes, have such lines and no others? */
bool returns_begin(struct grl_text head);

/* LEN bytes at BYTES to OUT, which has room for as many, with a newline for a
 * return and for a return and a newline: how many.  *AFTER, false at first, is
 * whether a return came last. */
size_t returns_convert(bool *after, const char *bytes, size_t len, char *out);

#endif
