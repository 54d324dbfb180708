#include "base/utf8.h"

/* Bytes that a lead byte announces, and the smallest code point that needs so
 * many; 0 for bytes that lead nothing. */
static size_t lead_length(unsigned char c, int32_t *bits, int32_t *least)
{
    if (c < 0x80) {
        *bits = c;
        *least = 0;
        return 1;
    }
    if (c >= 0xc2 && c <= 0xdf) {
        *bits = c & 0x1f;
        *least = 0x80;
        return 2;
    }
    if (c >= 0xe0 && c <= 0xef) {
        *bits = c & 0x0f;
        *least = 0x800;
        return 3;
    }
    if (c >= 0xf0 && c <= 0xf4) {
        *bits = c & 0x07;
        *least = 0x10000;
        return 4;
    }
    return 0;
}

int32_t utf8_next(struct grl_text t, size_t *len)
{
    int32_t code = 0;
    int32_t least = 0;
    size_t n = lead_length((unsigned char)t.ptr[0], &code, &least);

    *len = 1;
    if (n == 0 || n > t.len)
        return -1;
    for (size_t i = 1; i < n; i++) {
        unsigned char c = (unsigned char)t.ptr[i];

        if ((c & 0xc0) != 0x80)
            return -1;
        code = code * 64 + (c & 0x3f);
    }
    if (code < least || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
        return -1;
    *len = n;
    return code;
}

size_t utf8_plain(struct grl_text t)
{
    size_t n = 0;

    while (n < t.len && t.ptr[n] >= ' ' && t.ptr[n] <= '~')
        n++;
    return n;
}

bool utf8_is_control(int32_t code)
{
    return code < 0x20 || (code >= 0x7f && code <= 0x9f) || code == 0x061c ||
           (code >= 0x200e && code <= 0x200f) ||
           (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0xfffe ||
           code == 0xffff;
}

/* How many of 8 bytes begin no character? */
static unsigned continuing(uint64_t bytes)
{
    const uint64_t lowest = 0x0101010101010101;

    return (unsigned)__builtin_popcountll(bytes >> 7 & ~bytes >> 6 & lowest);
}

size_t utf8_columns(struct grl_text t)
{
    size_t columns = t.len;
    uint64_t bytes = 0;

    for (; t.len >= sizeof bytes; t = text_sub(t, sizeof bytes, t.len)) {
        memcpy(&bytes, t.ptr, sizeof bytes);
        columns -= continuing(bytes);
    }
    bytes = 0;
    memcpy(&bytes, t.ptr, t.len);
    return columns - continuing(bytes);
}

size_t utf8_put(char *at, uint32_t code)
{
    size_t n = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char marks[] = {0, 0, 0xc0, 0xe0, 0xf0};

    for (size_t i = n - 1; i > 0; i--, code >>= 6)
        at[i] = (char)(0x80 | (code & 0x3f));
    at[0] = (char)(marks[n] | (n == 4 ? code & 7 : code));
    return n;
}
