/* glibc asks for it: memmem() is POSIX since 2024. */
#define _GNU_SOURCE /* NOLINT(bugprone-reserved-identifier) */

#include "base/text.h"

size_t text_find_byte(struct grl_text t, char byte)
{
    const char *at = t.len > 0 ? memchr(t.ptr, byte, t.len) : NULL;

    return at != NULL ? (size_t)(at - t.ptr) : t.len;
}

size_t text_rfind_byte(struct grl_text t, char byte)
{
    for (size_t i = t.len; i > 0; i--)
        if (t.ptr[i - 1] == byte)
            return i - 1;
    return t.len;
}

size_t text_find(struct grl_text t, struct grl_text needle)
{
    const char *at = t.len > 0 && needle.len > 0
                         ? memmem(t.ptr, t.len, needle.ptr, needle.len)
                         : NULL;

    return at != NULL ? (size_t)(at - t.ptr) : t.len;
}

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
/* How many of the 8 bytes in V, the first lowest, are digits before the first
 * that is none. */
static unsigned digits_in(uint64_t v)
{
    const uint64_t threes = 0x3030303030303030u;
    uint64_t high = (v ^ threes) | ((v ^ threes) + 0x0606060606060606u);

    high &= 0xf0f0f0f0f0f0f0f0u;
    return high != 0 ? (unsigned)__builtin_ctzll(high) / 8 : 8;
}

/* The first COUNT of 8 digits, 1 to 8, as a number, two at a time, four, and
 * eight: after Lemire, "Quickly parsing eight digits" (2018). */
static uint64_t number_of(uint64_t v, unsigned count)
{
    v = (v ^ 0x3030303030303030u) << (64 - 8 * count);
    v = (v * 10 + (v >> 8)) & 0x00ff00ff00ff00ffu;
    v = (v * 100 + (v >> 16)) & 0x0000ffff0000ffffu;
    return (v * 10000 + (v >> 32)) & 0xffffffffu;
}

/* Numbers of up to 8 digits, hardly with a branch on how many: false for
 * others. */
static bool eat_short_number(struct grl_text *t, uint64_t *out)
{
    uint64_t v = 0;
    unsigned count = 0;

    if (t->len <= sizeof v)
        return false;
    memcpy(&v, t->ptr, sizeof v);
    count = digits_in(v);
    if (count == 0 || (count == 8 && byte_is_digit(t->ptr[8])))
        return false;
    *out = number_of(v, count);
    *t = text_sub(*t, count, t->len);
    return true;
}
#else
static bool eat_short_number(struct grl_text *t, uint64_t *out)
{
    (void)t;
    (void)out;
    return false;
}
#endif

bool text_eat_number(struct grl_text *t, uint64_t *out)
{
    enum { FIT = 19 }; /* that many digits always fit */
    size_t sure = t->len < FIT ? t->len : FIT;
    uint64_t n = 0;
    size_t i = 0;

    if (eat_short_number(t, out))
        return true;

    for (; i < sure && byte_is_digit(t->ptr[i]); i++)
        n = n * 10 + (unsigned)(t->ptr[i] - '0');
    for (; i < t->len && byte_is_digit(t->ptr[i]); i++) {
        unsigned digit = (unsigned)(t->ptr[i] - '0');

        if (n > (UINT64_MAX - digit) / 10)
            return false;
        n = n * 10 + digit;
    }
    if (i == 0)
        return false;
    *t = text_sub(*t, i, t->len);
    *out = n;
    return true;
}

int text_compare(struct grl_text a, struct grl_text b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common > 0 ? memcmp(a.ptr, b.ptr, common) : 0;

    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

void text_replace_nul(char *bytes, size_t len)
{
    char *at = len > 0 ? memchr(bytes, '\0', len) : NULL;

    for (; at != NULL; at = memchr(at, '\0', len - (size_t)(at - bytes)))
        *at = '?';
}

size_t text_put_number(char *at, uint64_t n)
{
    char digits[TEXT_NUMBER_BYTES];
    size_t from = sizeof digits;

    do
        digits[--from] = (char)('0' + n % 10);
    while ((n /= 10) > 0);
    memcpy(at, digits + from, sizeof digits - from);
    return sizeof digits - from;
}
