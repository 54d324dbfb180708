#include "input/codec.h"

#include <limits.h>

const struct codec *codec_of(struct grl_text bytes)
{
    static const struct codec *const all[] = {&codec_gzip, &codec_bzip2,
                                              &codec_xz, &codec_zstd};

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (bytes.len >= all[i]->mark_bytes && all[i]->begins(bytes))
            return all[i];
    return NULL;
}

bool codec_agrees(struct grl_text bytes, struct grl_text mark)
{
    size_t len = bytes.len < mark.len ? bytes.len : mark.len;

    return memcmp(bytes.ptr, mark.ptr, len) == 0;
}

void codec_move(struct codec_io *io, size_t taken, size_t written)
{
    io->in = text_sub(io->in, taken, io->in.len);
    io->out += written;
    io->room -= written;
}

unsigned codec_most(size_t len)
{
    return len < UINT_MAX ? (unsigned)len : UINT_MAX;
}
