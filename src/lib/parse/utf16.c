#include "parse/utf16.h"

#include "base/utf8.h"

/* Is each second byte, from FIRST on, a NUL, and the others ASCII? */
static bool alternates(struct grl_text head, size_t first)
{
    if (head.len < UTF16_HEAD_BYTES)
        return false;
    for (size_t i = 0; i < UTF16_HEAD_BYTES; i++) {
        unsigned char c = (unsigned char)head.ptr[i];

        if (i % 2 == first ? c != 0 : c == 0 || c > '~')
            return false;
    }
    return true;
}

bool utf16_begins(struct grl_text head, bool *big)
{
    *big = text_starts(head, TEXT("\xfe\xff")) || alternates(head, 0);
    return *big || text_starts(head, TEXT("\xff\xfe")) || alternates(head, 1);
}

static size_t put_unit(struct utf16 *u, unsigned unit, char *at)
{
    enum { LOST = 0xfffd, MARK = 0xfeff };
    unsigned first = u->surrogate;
    size_t n = 0;

    u->surrogate = 0;
    if (first != 0 && unit >= 0xdc00 && unit < 0xe000)
        return utf8_put(at,
                        0x10000 + ((first - 0xd800) << 10) + (unit - 0xdc00));
    if (first != 0)
        n = utf8_put(at, LOST);
    if (unit >= 0xd800 && unit < 0xdc00)
        u->surrogate = unit;
    else if (unit >= 0xdc00 && unit < 0xe000)
        n += utf8_put(at + n, LOST);
    else if (unit != MARK)
        n += utf8_put(at + n, unit);
    return n;
}

size_t utf16_convert(struct utf16 *u, const char *bytes, size_t len, char *out)
{
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        unsigned high = u->big ? u->byte : byte;
        unsigned low = u->big ? byte : u->byte;

        if (u->half)
            n += put_unit(u, high << 8 | low, out + n);
        u->byte = byte;
        u->half = !u->half;
    }
    return n;
}
