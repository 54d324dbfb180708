/*
 * Logs of several processes in one, as docker compose and kubectl logs --prefix
 * write them: each line names its process, and two dumps come line by line in
 * turn.  The process whose header comes first is read; lines of others are
 * held, from their first header on, and read when the first is at its end.
 */
#ifndef PARSE_STREAMS_H
#define PARSE_STREAMS_H

#include "base/text.h"

/* Lines held one behind the other: what is known of one, then its text. */
struct held_lines {
    char *bytes;
    size_t len;
    size_t capacity;
};

/* Zero-initialise. */
struct streams {
    char name[128]; /* of the process that is read */
    size_t name_len;
    struct held_lines held;
    struct held_lines reading; /* those that were held, in their turn */
    size_t at;
    size_t rounds;
};

/* A header stood behind BEFORE, a log's prefix: its process is the one to
 * read, if none is yet. */
void streams_follow(struct streams *s, struct grl_text before);

enum stream_line {
    STREAM_READ, /* of the process that is read, or of none */
    STREAM_HELD,
    STREAM_LOST, /* there is no room to hold it */
};

/* What to do with LINE, which has NUMBER and, with LAST, may be cut. */
enum stream_line streams_take(struct streams *s, struct grl_text line,
                              uint64_t number, bool last);

/* The process that is read is at its end: another's turn.  False when nothing
 * is held, or there were too many. */
bool streams_next(struct streams *s);

/* The next of its lines; false at their end. */
bool streams_line(struct streams *s, struct grl_text *line, uint64_t *number,
                  bool *last);

/* Those still held, when there were too many processes. */
uint64_t streams_left(const struct streams *s);

void streams_free(struct streams *s);

#endif
