/*
 * Frames that were read before, found again by the name of their function and
 * the end of their position.
 *
 * One thread learns; any number may look up meanwhile.  It is a cache: what it
 * does not find is read from its text.
 */
#ifndef PARSE_KNOWN_H
#define PARSE_KNOWN_H

#include "parse/frame.h"

#include <stdatomic.h>

enum { KNOWN_ROWS = 65536, KNOWN_WAYS = 4, KNOWN_NAME_BYTES = 512 };

typedef _Atomic(const struct raw_frame *) known_row[KNOWN_WAYS];

/* Zero-initialise. */
struct known {
    known_row rows[KNOWN_ROWS];
};

/* The row of the frames whose function is NAME and whose position, as far as
 * its first blank, is POSITION; the last learned first. */
known_row *known_row_of(struct known *k, struct grl_text name,
                        struct grl_text position);

/* F was read; AGAIN says not for the first time.  Only then it drops the oldest
 * frame of a full row: where all frames are new, they are not to push out those
 * that are not. */
void known_learn(struct known *k, const struct raw_frame *f, bool again);

#endif
