#include "input/source.h"

#include "base/error.h"
#include "input/codec.h"
#include "input/pipe.h"
#include "input/plain.h"
#include "input/stream.h"
#include "input/unpack.h"
#include "input/url.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char *packed_by(const struct stream *s)
{
    const struct codec *codec = codec_of((struct grl_text){s->chunk, s->ahead});

    return codec != NULL ? codec->name : NULL;
}

/* A file that fails at once still has the bytes that came before. */
static enum grl_status read_all(struct stream *s,
                                const struct source_visit *visit,
                                struct source_facts *facts,
                                struct grl_error *err)
{
    bool large = facts->size >= PLAIN_LARGE_BYTES;
    enum grl_status st = stream_look_ahead(
        s, large ? UNPACK_PEEK_BYTES : STREAM_CHUNK_BYTES, err);
    const struct piece front = {s->chunk, s->ahead, 0};

    if (st == GRL_OK && unpack_can(s->chunk, s->ahead)) {
        facts->size = 0;
        facts->packed = packed_by(s);
        return unpack(stream_next, s, visit, err);
    }
    if (st != GRL_OK && s->ahead > 0)
        visit->bytes(visit->user, &front);
    return st == GRL_OK ? plain_read(s, visit, large, err) : st;
}

static void get_ready(int fd, struct source_facts *out)
{
    struct stat s;

    if (fstat(fd, &s) != 0)
        return;
    if (S_ISREG(s.st_mode))
        *out = (struct source_facts){(int64_t)s.st_mtime, (uint64_t)s.st_size,
                                     NULL};
    if (S_ISFIFO(s.st_mode))
        pipe_widen(fd);
}

static enum grl_status open_file(struct stream *s, const char *path,
                                 struct source_facts *facts,
                                 struct grl_error *err)
{
    s->fd = strcmp(path, "-") == 0 ? STDIN_FILENO
                                   : open(path, O_RDONLY | O_CLOEXEC);
    if (s->fd < 0)
        return fail(err, GRL_EIO, "cannot open", errno);
    get_ready(s->fd, facts);
    return GRL_OK;
}

/* A URL's dump is of now. */
static enum grl_status open_stream(struct stream *s, const char *path,
                                   const struct grl_http *http,
                                   struct source_facts *facts,
                                   struct grl_error *err)
{
    *facts = (struct source_facts){GRL_NO_TIME, 0, NULL};
    if (!url_is(path))
        return open_file(s, path, facts, err);
    facts->mtime = (int64_t)time(NULL);
    return url_open(&s->url, path, http, err);
}

enum grl_status source_read(const char *path, const struct source_visit *visit,
                            struct source_facts *facts, struct grl_error *err)
{
    struct stream s = {.fd = -1};
    enum grl_status st = open_stream(&s, path, visit->http, facts, err);

    if (st != GRL_OK)
        return st;
    s.chunk = malloc(STREAM_CHUNK_BYTES + PIECE_SLACK_BYTES);
    st = s.chunk != NULL ? read_all(&s, visit, facts, err) : fail_memory(err);
    free(s.chunk);
    url_close(s.url);
    if (s.fd > STDIN_FILENO)
        close(s.fd);
    return st;
}
