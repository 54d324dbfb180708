/*
 * Lines that carry a dump inside of them: strings of JSON and of Go, where line
 * ends are "\n", a line each as Docker and `go test -json` write them, with its
 * end or without, or a whole dump in one; and colours of terminals.
 */
#ifndef PARSE_CARRIER_H
#define PARSE_CARRIER_H

#include "base/text.h"

/* Zero-initialise; free with carrier_free(). */
struct carrier {
    size_t marker_len; /* what stands before the string: "log":" */
    char marker[64];
    char *bytes; /* a line with its escapes taken out */
    size_t capacity;
};

/* RAW without the escape sequences that colour it; RAW itself when there is
 * none, or when out of memory. */
struct grl_text carrier_uncolour(struct carrier *c, struct grl_text raw);

/*
 * Does RAW carry lines in a string?  Then they are in *OUT, separated by
 * newlines, until the next call or as long as RAW.  A string counts when its
 * key had a goroutine's header before, or when it has one itself.
 */
bool carrier_open(struct carrier *c, struct grl_text raw, struct grl_text *out);

void carrier_free(struct carrier *c);

#endif
