#include "input/apart.h"

#include "base/error.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* The size of FD, or -1 when it is no regular file. */
static int64_t size_of(int fd)
{
    struct stat st;

    return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? (int64_t)st.st_size
                                                      : -1;
}

/* Where the next piece of S is to begin; -1 when it is no regular file. */
static int64_t place_of(const struct stream *s)
{
    off_t at = -1;

    if (s->url == NULL && size_of(s->fd) >= 0)
        at = lseek(s->fd, 0, SEEK_CUR);
    return at < 0 ? -1 : (int64_t)at - (int64_t)(s->kept + s->ahead);
}

bool apart_begin(struct apart *a, const struct stream *s, bool hold)
{
    *a = (struct apart){.fd = s->fd, .start = place_of(s)};
    a->size = hold ? APART_MAPPED_BYTES : STREAM_CHUNK_BYTES;
    if (a->start < 0)
        return false;
    /* Standard input is not ours alone. */
    a->held = hold && s->fd != STDIN_FILENO && hold_begin(&a->hold, s->fd);
    a->end = size_of(s->fd);
    return a->held == hold;
}

size_t apart_room(const struct apart *a)
{
    return PIECE_REST_BYTES + a->size + PIECE_SLACK_BYTES;
}

enum grl_status apart_read(int fd, int64_t at, char *to, size_t size,
                           size_t *len, struct grl_error *err)
{
    ssize_t got = 1;

    for (*len = 0; *len < size && got != 0; *len += got > 0 ? (size_t)got : 0) {
        got = pread(fd, to + *len, size - *len, (off_t)at + (off_t)*len);
        if (got < 0 && errno != EINTR)
            return fail(err, GRL_EIO, "cannot read", errno);
    }
    return GRL_OK;
}

/* LEN bytes from AT on, mapped for piece NUMBER; NULL when they cannot be. */
static const char *map(struct apart *a, uint64_t number, int64_t at, size_t len)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t within = (size_t)at % page;
    struct apart_map *m = &a->maps[number % CREW_MOST_SLOTS];

    m->len = (within + len + page - 1) / page * page;
    m->at = a->held ? hold_map(&a->hold, at - (int64_t)within, m->len) : NULL;
    return m->at != NULL ? (const char *)m->at + within : NULL;
}

/* Where a piece ends whose bytes would, by their number, end at END: the same
 * for the one that ends there and the one that begins. */
static const char *meeting(const char *end)
{
    size_t rest = piece_rest(end - PIECE_REST_BYTES, PIECE_REST_BYTES);

    return rest == PIECE_REST_BYTES ? end : end - rest;
}

/* A piece from FROM on that would, by its number, end at END. */
static void cut(struct piece *out, const char *from, const char *end)
{
    const char *to = meeting(end);

    *out = (struct piece){from, (size_t)(to - from), 0};
    if (out->len > 0 && to != end)
        out->slack = PIECE_SLACK_BYTES;
}

enum grl_status apart_piece(struct apart *a, uint64_t number, char *to,
                            struct piece *out, bool *last,
                            struct grl_error *err)
{
    size_t before = number > 0 ? PIECE_REST_BYTES : 0;
    size_t len = before + a->size + PIECE_SLACK_BYTES;
    int64_t at = a->start + (int64_t)(number * a->size) - (int64_t)before;
    const char *bytes = NULL;
    const char *from = NULL;
    enum grl_status st = GRL_OK;

    if (a->held && a->end - at < (int64_t)len)
        len = at < a->end ? (size_t)(a->end - at) : 0;
    bytes = map(a, number, at, len);
    if (bytes == NULL) {
        st = apart_read(a->fd, at, to, len, &len, err);
        bytes = to;
    }
    *out = (struct piece){bytes, 0, 0};
    *last = st != GRL_OK || len < before + a->size;
    if (len < before)
        return st; /* the one before had all there is */
    from = number > 0 ? meeting(bytes + before) : bytes;
    if (*last)
        *out = (struct piece){from, (size_t)(bytes + len - from), 0};
    else
        cut(out, from, bytes + before + a->size);
    return st;
}

void apart_done(struct apart *a, uint64_t number)
{
    struct apart_map *m = &a->maps[number % CREW_MOST_SLOTS];

    if (m->at != NULL)
        hold_unmap(&a->hold, m->at, m->len);
    m->at = NULL;
}

void apart_move(struct apart *a, size_t len)
{
    a->start += (int64_t)len;
}

void apart_end(struct apart *a)
{
    for (uint64_t i = 0; i < CREW_MOST_SLOTS; i++)
        apart_done(a, i);
    if (a->held)
        hold_end(&a->hold);
}
