/*
 * Pieces of a file, each by its number: any number of threads may read them at
 * once, as where two meet shows in the bytes before.  A file that can be held
 * still is mapped (input/hold.h), others are read: into memory that is still in
 * the second-level cache when it is parsed.
 */
#ifndef INPUT_APART_H
#define INPUT_APART_H

#include "input/crew.h"
#include "input/hold.h"
#include "input/stream.h"

enum { APART_MAPPED_BYTES = 1536 * 1024 };

struct apart {
    int fd;
    int64_t start;
    int64_t end; /* of the file; one that is not held may grow */
    size_t size; /* of a piece, more or less */
    bool held;
    struct hold hold;
    /* Of the pieces that are in use, by their number: fewer at once than a crew
     * has slots. */
    struct apart_map {
        void *at; /* or NULL */
        size_t len;
    } maps[CREW_MOST_SLOTS];
};

/* Read what S has not given yet; false, and nothing to end, when it is no file
 * that can be read so, or with HOLD none that can be held. */
bool apart_begin(struct apart *a, const struct stream *s, bool hold);

/* The memory that a piece takes when it is not mapped. */
size_t apart_room(const struct apart *a);

/*
 * Piece NUMBER, from 0 on: SIZE bytes, a little less at the front and more at
 * the end; in TO, which has apart_room() bytes, or mapped until apart_done().
 * *LAST: the file ends in it.  Any thread may.
 */
enum grl_status apart_piece(struct apart *a, uint64_t number, char *to,
                            struct piece *out, bool *last,
                            struct grl_error *err);

/* Piece NUMBER is no longer used. */
void apart_done(struct apart *a, uint64_t number);

/* All pieces are done: piece 0 is from now on what comes LEN bytes behind where
 * it was. */
void apart_move(struct apart *a, size_t len);

void apart_end(struct apart *a);

/* SIZE bytes of file FD from AT on; fewer at its end and before a failure. */
enum grl_status apart_read(int fd, int64_t at, char *to, size_t size,
                           size_t *len, struct grl_error *err);

#endif
