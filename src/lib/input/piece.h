/*
 * Bytes of a source, some at a time.  Where blank lines stand pieces end behind
 * one, that is between goroutines, so that none need be put together again.
 */
#ifndef INPUT_PIECE_H
#define INPUT_PIECE_H

#include <stddef.h>

struct piece {
    const char *bytes;
    size_t len;
    /* So many bytes behind may be read, whatever they are, and a blank line
     * ends the piece; or 0. */
    size_t slack;
};

/* What memory for pieces has more than they, and how far from the end a blank
 * line is looked for. */
enum { PIECE_SLACK_BYTES = 128, PIECE_REST_BYTES = 16 * 1024 };

/* How many of LEN BYTES come behind the last blank line, at most
 * PIECE_REST_BYTES; LEN when there is none. */
size_t piece_rest(const char *bytes, size_t len);

#endif
