#include "model/labels.h"

#include "base/limits.h"

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

static char escape_byte(char c)
{
    switch (c) {
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return c;
    }
}

/* A quoted string off the front of *T.  \x, \u and \U escapes are kept as they
 * are printed: they are always ASCII and never ambiguous. */
static void eat_quoted(struct grl_text *t, struct unquoted *u)
{
    size_t i = 1;

    for (; i < t->len && t->ptr[i] != '"'; i++) {
        bool escape = t->ptr[i] == '\\' && i + 1 < t->len;

        if (escape && strchr("xuU", t->ptr[i + 1]) == NULL)
            put(u, escape_byte(t->ptr[++i]));
        else
            put(u, t->ptr[i]);
    }
    *t = text_sub(*t, i < t->len ? i + 1 : i, t->len);
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
