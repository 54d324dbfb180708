/* What an input without goroutines is, for the error that says so. */
#ifndef PARSE_LOOKS_H
#define PARSE_LOOKS_H

#include "base/text.h"

enum { LOOKS_BYTES = 512 };

/* Words for what HEAD, the first bytes of an input, looks like; "" when it
 * looks like nothing in particular.  Static text. */
const char *looks_like(struct grl_text head);

/* Words for a text that has LINE, of which few hold goroutines; or NULL. */
const char *looks_line(struct grl_text line);

#endif
