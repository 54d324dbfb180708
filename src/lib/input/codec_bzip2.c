#include "input/codec.h"

#include <bzlib.h>
#include <stdlib.h>

struct bzip2 {
    bz_stream z;
    bool begun; /* Z is to be ended */
};

/* "BZh", the size of blocks, and a block or, of no bytes, the end. */
static bool begins(struct grl_text bytes)
{
    const struct grl_text block = TEXT("1AY&SY");
    const struct grl_text none = TEXT("\x17rE8P\x90");
    struct grl_text rest = {NULL, 0};

    if (!codec_agrees(bytes, TEXT("BZh")))
        return false;
    if (bytes.len <= 3)
        return true;
    rest = text_sub(bytes, 4, bytes.len);
    return bytes.ptr[3] >= '1' && bytes.ptr[3] <= '9' &&
           (codec_agrees(rest, block) || codec_agrees(rest, none));
}

static void *create(void)
{
    return calloc(1, sizeof(struct bzip2));
}

static void finish(struct bzip2 *b)
{
    if (b->begun)
        BZ2_bzDecompressEnd(&b->z);
    b->begun = false;
}

static enum codec_said begin(void *state)
{
    struct bzip2 *b = state;

    finish(b);
    b->begun = BZ2_bzDecompressInit(&b->z, 0, 0) == BZ_OK;
    return b->begun ? CODEC_GOES_ON : CODEC_NO_MEMORY;
}

static enum codec_said meaning(int got)
{
    switch (got) {
    case BZ_OK:
        return CODEC_GOES_ON;
    case BZ_STREAM_END:
        return CODEC_END;
    case BZ_MEM_ERROR:
        return CODEC_NO_MEMORY;
    default:
        return CODEC_DAMAGE;
    }
}

static enum codec_said run(void *state, struct codec_io *io)
{
    struct bzip2 *b = state;
    unsigned len = codec_most(io->in.len);
    unsigned room = codec_most(io->room);
    int got = BZ_OK;

    b->z.next_in = (char *)(uintptr_t)io->in.ptr; /* which it only reads */
    b->z.avail_in = len;
    b->z.next_out = io->out;
    b->z.avail_out = room;
    got = BZ2_bzDecompress(&b->z);
    codec_move(io, len - b->z.avail_in, room - b->z.avail_out);
    return meaning(got);
}

static void destroy(void *state)
{
    finish(state);
    free(state);
}

const struct codec codec_bzip2 = {"bzip2", 4,   begins, create,
                                  begin,   run, destroy};
