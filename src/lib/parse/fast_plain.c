/* The fast path in plain C: for machines without AVX2. */
#include "parse/arguments.h"
#include "parse/fast.h"

#define FAST_TARGET
#define FAST_READ fast_read_plain

enum { WIDE_BYTES = 0 };

static inline bool same(const char *a, const char *b, size_t n)
{
    return memcmp(a, b, n) == 0;
}

static inline const char *arguments_to(const char *p, const char *end)
{
    const char *limit = end - p > FAST_LINE_BYTES ? p + FAST_LINE_BYTES : end;
    const char *to = arguments_end(p, limit);

    return to < limit ? to : end;
}

static inline const char *offset_to(const char *p, const char *end)
{
    const char *digits = p + 4;

    if (p < end && *p == '\n')
        return p + 1;
    if (end - p < 4 || memcmp(p, " +0x", 4) != 0)
        return NULL;
    p = digits;
    while (p < end && p - digits < 16 && byte_is_hex(*p))
        p++;
    return p > digits && p < end && *p == '\n' ? p + 1 : NULL;
}

static inline const char *until(const char *p, const char *end, char a, char b)
{
    while (p < end && *p != a && *p != b)
        p++;
    return p;
}

#include "parse/fast_body.inc"
