/* What of a text is known, taken by the fast path into the goroutine that is
 * put together. */
#ifndef PARSE_SHORTCUT_H
#define PARSE_SHORTCUT_H

#include "parse/scout.h"
#include "parse/text.h"

/* Goroutines at BYTES, the beginning of a line, whole or as far as they are
 * known; *TAKEN is how many bytes, whole lines, that was. */
enum grl_status shortcut_take(struct text_parser *p, const char *bytes,
                              const char *end, size_t *taken);

#endif
