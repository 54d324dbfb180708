#include "parse/fast.h"

#include "base/xxh.h"

/* A colour is taken off first, which the parser does. */
static bool is_coloured(const char *bytes, size_t len)
{
    return memchr(bytes, '\x1b', len) != NULL;
}

size_t fast_header(const char *bytes, const char *end, struct header *out)
{
    struct grl_text room = {bytes, (size_t)(end - bytes)};
    const char *newline = NULL;
    size_t len = 0;

    if (!text_starts(room, TEXT("goroutine ")))
        return 0;
    if (room.len > FAST_LINE_BYTES)
        room.len = FAST_LINE_BYTES;
    len = header_read_plain(room, out);
    if (len > 0)
        return len;
    newline = memchr(room.ptr, '\n', room.len);
    if (newline == NULL || is_coloured(bytes, (size_t)(newline - bytes)) ||
        !header_parse((struct grl_text){bytes, (size_t)(newline - bytes)}, out))
        return 0;
    return (size_t)(newline + 1 - bytes);
}

struct fast_place fast_begin(struct fast *f, struct grl_text state)
{
    uint64_t hash = XXH3_64bits(state.ptr, state.len);

    return (struct fast_place){trace_root(&f->trace, hash), hash};
}

void fast_pass(struct fast *f, struct fast_place *at,
               const struct raw_frame *frame)
{
    at->node = trace_step(&f->trace, at->node, frame);
    at->path = fast_path(at->path, frame);
}

void fast_read(struct fast *f, const char *bytes, const char *end,
               struct fast_stack *out)
{
    if (fast_has_avx2())
        fast_read_avx2(f, bytes, end, out);
    else
        fast_read_plain(f, bytes, end, out);
}
