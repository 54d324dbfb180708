#include "parse/prefix.h"

#include "parse/header.h"

static bool is_blank(struct grl_text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (!byte_is_blank(t.ptr[i]) && t.ptr[i] != '\r')
            return false;
    return true;
}

/* On empty lines a prefix may lack the blanks at its end. */
static bool matches(const struct prefix *p, struct grl_text raw)
{
    size_t n = raw.len < p->len ? raw.len : p->len;

    for (size_t i = 0; i < n; i++)
        if (raw.ptr[i] != p->text[i] &&
            !(byte_is_digit(raw.ptr[i]) && byte_is_digit(p->text[i])))
            return false;
    return is_blank((struct grl_text){p->text + n, p->len - n});
}

size_t prefix_find_header(struct grl_text line)
{
    enum { MOST_TRIED = 16 }; /* a line holds one; more are an attack */
    size_t len = line.len;
    size_t tried = 0;
    struct header h;

    while (len > 0 &&
           (byte_is_blank(line.ptr[len - 1]) || line.ptr[len - 1] == '\r'))
        len--;
    if (len == 0 || line.ptr[len - 1] != ':') /* cheap, and true of most */
        return line.len;
    for (size_t at = 0; at < len && tried < MOST_TRIED; at++, tried++) {
        at += text_find(text_sub(line, at, len), TEXT("goroutine "));
        if (at < len && header_parse(text_sub(line, at, len), &h))
            return at;
    }
    return line.len;
}

bool prefix_is_one(struct grl_text before)
{
    char last = before.len > 0 ? before.ptr[before.len - 1] : ' ';
    char lower = (char)(last | 0x20);

    return !is_blank(before) && !byte_is_digit(last) &&
           !(lower >= 'a' && lower <= 'z');
}

void prefix_learn(struct prefix *p, struct grl_text before)
{
    p->len = before.len <= sizeof p->text ? before.len : 0;
    memcpy(p->text, before.ptr, p->len);
}

struct grl_text prefix_take_off(const struct prefix *p, struct grl_text raw)
{
    if (p->len == 0 || !matches(p, raw))
        return raw;
    return text_sub(raw, raw.len < p->len ? raw.len : p->len, raw.len);
}
