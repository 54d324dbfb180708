#include "input/stream.h"

#include "base/error.h"
#include "input/url.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What has ended is not asked again: a terminal would go on. */
static enum grl_status read_some(struct stream *s, char *bytes, size_t size,
                                 size_t *len, struct grl_error *err)
{
    ssize_t got = 0;

    *len = 0;
    if (s->ended || size == 0)
        return GRL_OK;
    if (s->url != NULL)
        return url_read(s->url, bytes, size, len, err);
    do
        got = read(s->fd, bytes, size);
    while (got < 0 && errno == EINTR);
    *len = got > 0 ? (size_t)got : 0;
    s->ended = got == 0;
    return got < 0 ? fail(err, GRL_EIO, "cannot read", errno) : GRL_OK;
}

enum grl_status stream_look_ahead(struct stream *s, size_t most,
                                  struct grl_error *err)
{
    size_t len = 1;
    enum grl_status st = GRL_OK;

    while (st == GRL_OK && len > 0 && s->ahead < UNPACK_PEEK_BYTES) {
        st = read_some(s, s->chunk + s->ahead, most - s->ahead, &len, err);
        s->ahead += len;
    }
    return st;
}

enum grl_status stream_next(void *user, const char **bytes, size_t *len,
                            struct grl_error *err)
{
    struct stream *s = user;
    enum grl_status st = GRL_OK;

    *len = s->ahead;
    s->ahead = 0;
    if (*len == 0)
        st = read_some(s, s->chunk, STREAM_CHUNK_BYTES, len, err);
    *bytes = s->chunk;
    return st;
}

/* What was kept and, the first time, read ahead goes to TO. */
static size_t take_kept(struct stream *s, char *to)
{
    size_t len = s->kept + s->ahead;

    if (s->ahead > 0 && to != s->chunk)
        memcpy(to, s->chunk, s->ahead);
    if (s->kept > 0)
        memcpy(to, s->rest, s->kept);
    s->ahead = 0;
    s->kept = 0;
    return len;
}

/* LEN bytes at TO are followed by others: keep those that belong to them. */
static void keep_rest(struct stream *s, char *to, struct piece *p)
{
    size_t rest = piece_rest(to, p->len);

    if (rest == p->len)
        return;
    if (rest < PIECE_SLACK_BYTES)
        memset(to + p->len, 0, PIECE_SLACK_BYTES - rest);
    memcpy(s->rest, to + p->len - rest, rest);
    s->kept = rest;
    p->len -= rest;
    p->slack = PIECE_SLACK_BYTES;
}

enum grl_status stream_piece(struct stream *s, char *to, size_t size, bool full,
                             struct piece *out, struct grl_error *err)
{
    size_t len = take_kept(s, to);
    size_t got = 1;
    enum grl_status st = GRL_OK;

    do {
        st = read_some(s, to + len, size - len, &got, err);
        len += got;
    } while (st == GRL_OK && full && got > 0 && len < size);
    *out = (struct piece){to, len, 0};
    if (st == GRL_OK && got > 0)
        keep_rest(s, to, out);
    return len == 0 ? st : GRL_OK;
}
