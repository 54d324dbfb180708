#include "model/labels.h"

#include "base/limits.h"
#include "base/utf8.h"

/* Where unquoted bytes go; what does not fit is dropped. */
struct unquoted {
    char *at;
    size_t len;
};

static void put(struct unquoted *u, char c)
{
    if (u->len < LIMIT_LABEL_BYTES)
        u->at[u->len++] = c;
}

static void put_code(struct unquoted *u, uint32_t code)
{
    char bytes[4];
    size_t n = utf8_put(bytes, code);

    for (size_t i = 0; i < n; i++)
        put(u, bytes[i]);
}

/* DIGITS hex digits at the front of T; false when they are none, or NUL, which
 * no text of ours can hold. */
static bool hex_code(struct grl_text t, size_t digits, uint32_t *out)
{
    *out = 0;
    if (t.len < digits)
        return false;
    for (size_t i = 0; i < digits; i++) {
        if (!byte_is_hex(t.ptr[i]))
            return false;
        *out = *out * 16 + (uint32_t)(byte_is_digit(t.ptr[i])
                                          ? t.ptr[i] - '0'
                                          : t.ptr[i] - 'a' + 10);
    }
    return *out != 0;
}

/* The escape at the front of T, which begins with a backslash; returns its
 * length.  What is none is kept as it is. */
static size_t eat_escape(struct grl_text t, struct unquoted *u)
{
    char kind = t.len > 1 ? t.ptr[1] : '\0';
    size_t digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    uint32_t code = 0;

    if (digits > 0 && hex_code(text_sub(t, 2, t.len), digits, &code)) {
        if (kind == 'x')
            put(u, (char)code);
        else
            put_code(u, code);
        return 2 + digits;
    }
    if (digits > 0 || kind == '\0') {
        put(u, '\\');
        return 1;
    }
    put(u, kind == 'n' ? '\n' : kind == 'r' ? '\r' : kind == 't' ? '\t' : kind);
    return 2;
}

/* A quoted string off the front of *T. */
static void eat_quoted(struct grl_text *t, struct unquoted *u)
{
    size_t i = 1;

    while (i < t->len && t->ptr[i] != '"') {
        if (t->ptr[i] == '\\')
            i += eat_escape(text_sub(*t, i, t->len), u);
        else
            put(u, t->ptr[i++]);
    }
    *t = text_sub(*t, i < t->len ? i + 1 : t->len, t->len);
}

static void eat_word(struct grl_text *t, char end, struct unquoted *u)
{
    size_t len = text_find_byte(*t, end);

    for (size_t i = 0; i < len; i++)
        put(u, t->ptr[i]);
    *t = text_sub(*t, len, t->len);
}

static struct grl_text eat_string(struct grl_text *t, char end, char *space)
{
    struct unquoted u = {space, 0};

    if (text_starts(*t, TEXT("\"")))
        eat_quoted(t, &u);
    else
        eat_word(t, end, &u);
    return (struct grl_text){u.at, u.len};
}

bool labels_next(struct grl_text *labels, char *space, struct grl_text *key,
                 struct grl_text *value)
{
    if (labels->len == 0)
        return false;
    *key = eat_string(labels, ':', space);
    if (!text_eat(labels, TEXT(":")))
        *labels = TEXT("");
    text_eat(labels, TEXT(" "));
    *value = eat_string(labels, ',', space + LIMIT_LABEL_BYTES);
    if (!text_eat(labels, TEXT(",")))
        *labels = TEXT("");
    text_eat(labels, TEXT(" "));
    return true;
}

struct grl_text labels_value(struct grl_text labels, struct grl_text key,
                             char *space)
{
    struct grl_text k;
    struct grl_text v;

    while (labels_next(&labels, space, &k, &v))
        if (text_equal(k, key))
            return v;
    return TEXT("");
}
