/*
 * Frames that were read before, found again by the name of their function.
 *
 * One thread learns; any number may look up meanwhile.  It is a cache: what it
 * does not find is read from its text.
 */
#ifndef PARSE_KNOWN_H
#define PARSE_KNOWN_H

#include "parse/frame.h"

#include <stdatomic.h>

enum { KNOWN_ROWS = 16384, KNOWN_WAYS = 4, KNOWN_NAME_BYTES = 512 };

typedef _Atomic(const struct raw_frame *) known_row[KNOWN_WAYS];

/* Zero-initialise. */
struct known {
    known_row rows[KNOWN_ROWS];
};

/* The row of the frames whose function is NAME, the last learned first. */
known_row *known_row_of(struct known *k, struct grl_text name);

/* F is worth finding again: it drops the oldest frame of its row. */
void known_learn(struct known *k, const struct raw_frame *f);

#endif
