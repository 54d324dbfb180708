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

/* Enough of the front to see what it is, however small the pieces are. */
enum grl_status stream_look_ahead(struct stream *s, struct grl_error *err);

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

/*
 * Piece NUMBER, from 0 on, of what comes from offset START of a file: SIZE
 * bytes, a little less at the front and more at the end, in TO, which has
 * STREAM_APART_BYTES more.  Any number of threads may call it at once: where
 * pieces meet shows in the bytes before.  *LAST: the file ends in it.
 */
enum { STREAM_APART_BYTES = PIECE_REST_BYTES + PIECE_SLACK_BYTES };

enum grl_status stream_piece_apart(const struct stream *s, int64_t start,
                                   uint64_t number, char *to, size_t size,
                                   struct piece *out, bool *last,
                                   struct grl_error *err);

/* SIZE bytes of file FD from AT on; fewer at its end and before a failure. */
enum grl_status stream_read_at(int fd, int64_t at, char *to, size_t size,
                               size_t *len, struct grl_error *err);

/* Where the next piece is to begin in a file; -1 when it is none that can be
 * read apart. */
int64_t stream_place(const struct stream *s);

#endif
