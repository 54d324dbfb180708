#include "base/limits.h"
#include "input/codec.h"

#include <lzma.h>
#include <stdlib.h>

static bool begins(struct grl_text bytes)
{
    return codec_agrees(bytes, TEXT("\xfd"
                                    "7zXZ\0"));
}

static void *create(void)
{
    lzma_stream *z = malloc(sizeof *z);

    if (z != NULL)
        *z = (lzma_stream)LZMA_STREAM_INIT;
    return z;
}

static enum codec_said meaning(lzma_ret got)
{
    if (got == LZMA_OK || got == LZMA_BUF_ERROR)
        return CODEC_GOES_ON;
    if (got == LZMA_STREAM_END)
        return CODEC_END;
    if (got == LZMA_MEM_ERROR)
        return CODEC_NO_MEMORY;
    if (got == LZMA_MEMLIMIT_ERROR)
        return CODEC_TOO_LARGE;
    return got == LZMA_OPTIONS_ERROR ? CODEC_UNKNOWN : CODEC_DAMAGE;
}

static enum codec_said begin(void *state)
{
    return meaning(lzma_stream_decoder(state, LIMIT_DECODER_BYTES, 0));
}

static enum codec_said run(void *state, struct codec_io *io)
{
    lzma_stream *z = state;
    lzma_ret got = LZMA_OK;

    z->next_in = (const uint8_t *)io->in.ptr;
    z->avail_in = io->in.len;
    z->next_out = (uint8_t *)io->out;
    z->avail_out = io->room;
    got = lzma_code(z, LZMA_RUN);
    codec_move(io, io->in.len - z->avail_in, io->room - z->avail_out);
    return meaning(got);
}

static void destroy(void *state)
{
    lzma_end(state);
    free(state);
}

const struct codec codec_xz = {"xz", 6, begins, create, begin, run, destroy};
