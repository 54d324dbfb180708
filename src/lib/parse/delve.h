/*
 * What the debugger Delve prints for "goroutines -t", as the lines of a dump:
 *
 *     * Goroutine 5 - User: ./main.go:12 main.work (0x4b2b00) [chan send]
 *           0  0x0000000000487511 in runtime.gopark
 *              at /usr/local/go/src/runtime/proc.go:463
 *       [1 goroutines]
 *
 * A list without stacks, from "goroutines" alone, has no goroutine to be told.
 */
#ifndef PARSE_DELVE_H
#define PARSE_DELVE_H

#include "parse/line.h"

/* Zero-initialise. */
struct delve {
    bool open;  /* in a list */
    bool waits; /* a goroutine was named, and its stack may come */
    uint64_t id;
    size_t state_len;
    char state[64]; /* a longer one is left out */
};

enum delve_said {
    DELVE_NOTHING, /* L is of something else */
    DELVE_BEGINS,  /* a goroutine was named: the one before is at its end */
    DELVE_HEADER,  /* its header comes before L, which is its first call */
    DELVE_LINE,    /* L is what a dump would have */
    DELVE_ENDS,    /* the list is at its end */
};

/* What L says; it becomes the line of a dump, and *HEADER the one before it. */
enum delve_said delve_read(struct delve *d, struct line *l,
                           struct line *header);

#endif
