/*
 * Borrowed bytes: struct grl_text is a pointer and a length, not
 * NUL-terminated, owned by somebody else.  These helpers never allocate.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "goroleak.h"

#include <string.h>

#define TEXT(lit) ((struct grl_text){"" lit, sizeof(lit) - 1})

static inline struct grl_text text_of(const char *s)
{
    return (struct grl_text){s, strlen(s)};
}

static inline struct grl_text text_sub(struct grl_text t, size_t from,
                                       size_t to)
{
    return (struct grl_text){t.ptr + from, to - from};
}

static inline bool text_equal(struct grl_text a, struct grl_text b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* The first byte tells most apart without a call. */
static inline bool text_starts(struct grl_text t, struct grl_text prefix)
{
    return t.len >= prefix.len &&
           (prefix.len == 0 || (t.ptr[0] == prefix.ptr[0] &&
                                memcmp(t.ptr, prefix.ptr, prefix.len) == 0));
}

static inline bool text_ends(struct grl_text t, struct grl_text suffix)
{
    return t.len >= suffix.len &&
           memcmp(t.ptr + t.len - suffix.len, suffix.ptr, suffix.len) == 0;
}

/* Drop PREFIX from the front of *T if it is there. */
static inline bool text_eat(struct grl_text *t, struct grl_text prefix)
{
    if (!text_starts(*t, prefix))
        return false;
    t->ptr += prefix.len;
    t->len -= prefix.len;
    return true;
}

/* Drop SUFFIX from the end of *T if it is there. */
static inline bool text_eat_end(struct grl_text *t, struct grl_text suffix)
{
    if (!text_ends(*t, suffix))
        return false;
    t->len -= suffix.len;
    return true;
}

static inline bool byte_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Lower case only: that is how Go prints addresses. */
static inline bool byte_is_hex(char c)
{
    return byte_is_digit(c) || (c >= 'a' && c <= 'f');
}

static inline bool byte_is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The first place of BYTE in T, or T.len. */
size_t text_find_byte(struct grl_text t, char byte);

/* The last place of BYTE in T, or T.len. */
size_t text_rfind_byte(struct grl_text t, char byte);

/* The first place of NEEDLE in T, or T.len, as of nothing. */
size_t text_find(struct grl_text t, struct grl_text needle);

/* N in decimal at AT, which has TEXT_NUMBER_BYTES: how many. */
enum { TEXT_NUMBER_BYTES = 20 };
size_t text_put_number(char *at, uint64_t n);

/* Take a decimal number off the front of *T.  False when there is no digit or
 * the number does not fit; *T is then unchanged. */
bool text_eat_number(struct grl_text *t, uint64_t *out);

/* Put '?' for each NUL, which no string can hold. */
void text_replace_nul(char *bytes, size_t len);

/* Orders by bytes, shorter first among equals; for sorting. */
int text_compare(struct grl_text a, struct grl_text b);

#endif
