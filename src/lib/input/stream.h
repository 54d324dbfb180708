/* An open file, standard input or URL, and what was read of it ahead. */
#ifndef INPUT_STREAM_H
#define INPUT_STREAM_H

#include "input/piece.h"
#include "input/unpack.h"

enum { STREAM_CHUNK_BYTES = 512 * 1024 };

struct stream {
    int fd;
    struct url *url; /* or NULL */
    char *chunk;     /* STREAM_CHUNK_BYTES and PIECE_SLACK_BYTES more */
    size_t ahead;    /* bytes of CHUNK that nobody took yet */
    size_t kept;     /* bytes that belong to the next piece */
    bool ended;      /* a read gave nothing */
    char rest[PIECE_REST_BYTES];
};

/* Enough of the front to see what it is, however small the pieces are, and no
 * more than MOST bytes. */
enum grl_status stream_look_ahead(struct stream *s, size_t most,
                                  struct grl_error *err);

/* What comes next, as it comes: to unpack(). */
enum grl_status stream_next(void *user, const char **bytes, size_t *len,
                            struct grl_error *err);

/*
 * The next piece: SIZE bytes, more than PIECE_REST_BYTES, at TO, behind which
 * are PIECE_SLACK_BYTES more, or fewer; with FULL only at the end.  No bytes at
 * the end.  On failure what came before is a piece, and the next call fails.
 */
enum grl_status stream_piece(struct stream *s, char *to, size_t size, bool full,
                             struct piece *out, struct grl_error *err);

#endif
