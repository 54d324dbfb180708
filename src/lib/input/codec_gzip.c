#include "input/codec.h"

#include <stdlib.h>
#include <zlib.h>

static bool begins(struct grl_text bytes)
{
    return codec_agrees(bytes, TEXT("\x1f\x8b\x08"));
}

static void *create(void)
{
    enum { GZIP_ONLY = 16 }; /* added to the window's size in bits */
    z_stream *z = calloc(1, sizeof *z);

    if (z != NULL && inflateInit2(z, MAX_WBITS + GZIP_ONLY) == Z_OK)
        return z;
    free(z);
    return NULL;
}

static enum codec_said begin(void *state)
{
    return inflateReset(state) == Z_OK ? CODEC_GOES_ON : CODEC_DAMAGE;
}

static enum codec_said meaning(int got)
{
    switch (got) {
    case Z_OK:
    case Z_BUF_ERROR: /* there is more to come */
        return CODEC_GOES_ON;
    case Z_STREAM_END:
        return CODEC_END;
    case Z_MEM_ERROR:
        return CODEC_NO_MEMORY;
    default:
        return CODEC_DAMAGE;
    }
}

static enum codec_said run(void *state, struct codec_io *io)
{
    z_stream *z = state;
    unsigned len = codec_most(io->in.len);
    unsigned room = codec_most(io->room);
    int got = Z_OK;

    z->next_in = (Bytef *)(uintptr_t)io->in.ptr; /* which zlib only reads */
    z->avail_in = len;
    z->next_out = (Bytef *)io->out;
    z->avail_out = room;
    got = inflate(z, Z_NO_FLUSH);
    codec_move(io, len - z->avail_in, room - z->avail_out);
    return meaning(got);
}

static void destroy(void *state)
{
    inflateEnd(state);
    free(state);
}

const struct codec codec_gzip = {"gzip", 3,   begins, create,
                                 begin,  run, destroy};
