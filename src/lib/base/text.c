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
    for (size_t from = 0; from + needle.len <= t.len; from++) {
        size_t skip = text_find_byte(text_sub(t, from, t.len), needle.ptr[0]);

        from += skip;
        if (from + needle.len > t.len)
            break;
        if (memcmp(t.ptr + from, needle.ptr, needle.len) == 0)
            return from;
    }
    return t.len;
}

bool text_eat_number(struct grl_text *t, uint64_t *out)
{
    enum { FIT = 19 }; /* that many digits always fit */
    size_t sure = t->len < FIT ? t->len : FIT;
    uint64_t n = 0;
    size_t i = 0;

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
