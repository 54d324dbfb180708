#include "input/decode.h"

#include "base/error.h"

#include <stdio.h>
#include <stdlib.h>

enum { BLOCK_BYTES = 64 * 1024 };

struct decode {
    const struct codec *codec;
    void *state;
    unpack_next_fn *next;
    void *user;
    struct codec_io io;
    enum grl_status status; /* told when the block before has been given */
    bool inside;            /* a stream has begun and is not at its end */
    bool over;
    struct decode_fault fault;
    char block[BLOCK_BYTES];
};

struct decode *decode_new(const struct codec *codec, unpack_next_fn *next,
                          void *user)
{
    struct decode *d = calloc(1, sizeof *d);

    if (d == NULL)
        return NULL;
    d->codec = codec;
    d->next = next;
    d->user = user;
    d->state = codec->create();
    if (d->state != NULL)
        return d;
    free(d);
    return NULL;
}

static enum grl_status end(struct decode *d, enum grl_status code,
                           const char *before, const char *behind)
{
    d->over = true;
    d->fault.code = code;
    snprintf(d->fault.words, sizeof d->fault.words, "%s%s input%s", before,
             d->codec->name, behind);
    return GRL_OK;
}

static enum grl_status pull(struct decode *d, struct grl_error *err)
{
    struct grl_text *in = &d->io.in;
    enum grl_status st = d->next(d->user, &in->ptr, &in->len, err);

    if (st != GRL_OK || in->len > 0)
        return st;
    d->over = true;
    return d->inside ? end(d, GRL_EIO, "truncated ", "") : GRL_OK;
}

static enum grl_status heed(struct decode *d, enum codec_said said,
                            struct grl_error *err)
{
    switch (said) {
    case CODEC_GOES_ON:
        return GRL_OK;
    case CODEC_END:
        d->inside = false;
        return GRL_OK;
    case CODEC_DAMAGE:
        return end(d, GRL_EIO, "damaged ", "");
    case CODEC_UNKNOWN:
        return end(d, GRL_EIO, "",
                   " that needs a dictionary or filter not known here");
    case CODEC_TOO_LARGE:
        return end(d, GRL_ELIMIT, "", " that takes over 256 MiB to unpack");
    case CODEC_NO_MEMORY:
        break;
    }
    return fail_memory(err);
}

/* Behind a stream another may come, and zeros as padding. */
static enum grl_status begin_stream(struct decode *d, struct grl_error *err)
{
    struct grl_text *in = &d->io.in;

    while (in->len > 0 && in->ptr[0] == '\0')
        *in = text_sub(*in, 1, in->len);
    if (in->len == 0)
        return pull(d, err);
    if (!d->codec->begins(*in))
        return end(d, GRL_EIO, "other bytes behind ", "");
    d->inside = true;
    return heed(d, d->codec->begin(d->state), err);
}

/* A codec may hold bytes when it has taken all, so it is asked before more is
 * pulled. */
static enum grl_status run(struct decode *d, struct grl_error *err)
{
    const struct codec_io was = d->io;
    enum codec_said said = d->codec->run(d->state, &d->io);

    if (said != CODEC_GOES_ON || d->io.in.len != was.in.len ||
        d->io.room != was.room)
        return heed(d, said, err);
    return was.in.len == 0 ? pull(d, err) : end(d, GRL_EIO, "damaged ", "");
}

enum grl_status decode_next(void *user, const char **bytes, size_t *len,
                            struct grl_error *err)
{
    struct decode *d = user;

    d->io.out = d->block;
    d->io.room = BLOCK_BYTES;
    while (d->status == GRL_OK && !d->over && d->io.room > 0)
        d->status = d->inside ? run(d, err) : begin_stream(d, err);
    *bytes = d->block;
    *len = BLOCK_BYTES - d->io.room;
    return *len > 0 ? GRL_OK : d->status;
}

const struct decode_fault *decode_fault(const struct decode *d)
{
    return &d->fault;
}

void decode_free(struct decode *d)
{
    if (d == NULL)
        return;
    d->codec->destroy(d->state);
    free(d);
}
