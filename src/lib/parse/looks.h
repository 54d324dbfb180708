/* What an input without goroutines is, for the error that says so. */
#ifndef PARSE_LOOKS_H
#define PARSE_LOOKS_H

#include "base/text.h"

enum { LOOKS_BYTES = 512 };

enum look_kind {
    LOOK_THING,    /* the words name it: "an HTML page" */
    LOOK_RACE,     /* they name a report of the race detector */
    LOOK_SENTENCE, /* they say something of it: "it is empty" */
};

struct look {
    const char *words; /* static; NULL: it looks like nothing in particular */
    enum look_kind kind;
};

/* What HEAD, the first bytes of an input, looks like. */
struct look looks_like(struct grl_text head);

/* The same of a text that has LINE, of which few hold goroutines. */
struct look looks_line(struct grl_text line);

#endif
