#include "input/apart.h"

#include "base/error.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where the next piece of S is to begin; -1 when it is no regular file. */
static int64_t place_of(const struct stream *s)
{
    struct stat st;
    off_t at = -1;

    if (s->url == NULL && fstat(s->fd, &st) == 0 && S_ISREG(st.st_mode))
        at = lseek(s->fd, 0, SEEK_CUR);
    return at < 0 ? -1 : (int64_t)at - (int64_t)(s->kept + s->ahead);
}

bool apart_begin(struct apart *a, const struct stream *s)
{
    *a = (struct apart){.fd = s->fd, .start = place_of(s)};
    if (a->start < 0)
        return false;
    /* Standard input is not ours alone. */
    a->held = s->fd != STDIN_FILENO && hold_begin(&a->hold, s->fd);
    a->size = a->held ? APART_MAPPED_BYTES : APART_READ_BYTES;
    return true;
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

/* What is mapped for a piece, whatever the page it begins in; the last page,
 * in which the file may end, is not part of it. */
static size_t map_len(const struct apart *a)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);

    return (apart_room(a) / page + 3) * page;
}

/* The bytes from AT on, as many as there is room for, mapped for piece NUMBER;
 * NULL when they cannot be, as at the end of the file. */
static const char *map(struct apart *a, uint64_t number, int64_t at)
{
    size_t within = (size_t)(at % sysconf(_SC_PAGESIZE));
    void *m = a->held ? hold_map(&a->hold, at - (int64_t)within, map_len(a))
                      : NULL;

    a->maps[number % CREW_MOST_SLOTS] = m;
    return m != NULL ? (const char *)m + within : NULL;
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
    size_t want = before + a->size + PIECE_SLACK_BYTES;
    int64_t at = a->start + (int64_t)(number * a->size) - (int64_t)before;
    const char *bytes = map(a, number, at);
    const char *from = NULL;
    size_t len = want;
    enum grl_status st = GRL_OK;

    if (bytes == NULL) {
        st = apart_read(a->fd, at, to, want, &len, err);
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
    void **m = &a->maps[number % CREW_MOST_SLOTS];

    if (*m != NULL)
        hold_unmap(&a->hold, *m, map_len(a));
    *m = NULL;
}

void apart_end(struct apart *a)
{
    for (uint64_t i = 0; i < CREW_MOST_SLOTS; i++)
        apart_done(a, i);
    if (a->held)
        hold_end(&a->hold);
}
