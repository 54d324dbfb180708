#include "base/limits.h"
#include "input/codec.h"

#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

struct zstd {
    ZSTD_DStream *z;
    size_t wants; /* bytes that it would take next */
};

/* A frame, or one to be skipped, with which some programs begin. */
static bool begins(struct grl_text bytes)
{
    struct grl_text rest = text_sub(bytes, 1, bytes.len);

    return codec_agrees(bytes, TEXT("\x28\xb5\x2f\xfd")) ||
           (((unsigned char)bytes.ptr[0] & 0xf0u) == 0x50u &&
            codec_agrees(rest, TEXT("\x2a\x4d\x18")));
}

static void *create(void)
{
    struct zstd *s = calloc(1, sizeof *s);

    if (s != NULL && (s->z = ZSTD_createDStream()) != NULL)
        return s;
    free(s);
    return NULL;
}

static int window_log(size_t most)
{
    int log = 0;

    while (most >> (log + 1) != 0)
        log++;
    return log;
}

static enum codec_said meaning(size_t got)
{
    if (got == 0)
        return CODEC_END;
    if (!ZSTD_isError(got))
        return CODEC_GOES_ON;
    switch ((int)ZSTD_getErrorCode(got)) {
    case ZSTD_error_frameParameter_windowTooLarge:
        return CODEC_TOO_LARGE;
    case ZSTD_error_memory_allocation:
        return CODEC_NO_MEMORY;
    case ZSTD_error_dictionary_wrong:
    case ZSTD_error_frameParameter_unsupported:
        return CODEC_UNKNOWN;
    default:
        return CODEC_DAMAGE;
    }
}

static enum codec_said begin(void *state)
{
    struct zstd *s = state;
    size_t got = ZSTD_DCtx_setParameter(s->z, ZSTD_d_windowLogMax,
                                        window_log(LIMIT_DECODER_BYTES));

    if (!ZSTD_isError(got))
        got = s->wants = ZSTD_initDStream(s->z);
    return meaning(got);
}

/* A call that fails forgets to say what it has written before that, so it is
 * given no more than one block, or the header of the next. */
static size_t portion(const struct zstd *s, size_t len)
{
    enum { HEADER_BYTES = 3 }; /* of a block, which WANTS has in it */
    size_t most = s->wants > HEADER_BYTES ? s->wants - HEADER_BYTES : s->wants;

    return len < most ? len : most;
}

static enum codec_said run(void *state, struct codec_io *io)
{
    struct zstd *s = state;
    ZSTD_inBuffer in = {io->in.ptr, portion(s, io->in.len), 0};
    ZSTD_outBuffer out = {io->out, io->room, 0};
    size_t got = ZSTD_decompressStream(s->z, &out, &in);

    codec_move(io, in.pos, out.pos);
    if (!ZSTD_isError(got))
        s->wants = got;
    return meaning(got);
}

static void destroy(void *state)
{
    struct zstd *s = state;

    ZSTD_freeDStream(s->z);
    free(s);
}

const struct codec codec_zstd = {"zstd", 4,   begins, create,
                                 begin,  run, destroy};
