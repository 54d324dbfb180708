#include "parse/prefix.h"

#include "parse/header.h"

static bool is_blank(struct grl_text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (!byte_is_blank(t.ptr[i]) && t.ptr[i] != '\r')
            return false;
    return true;
}

static size_t skip_digits(const char *text, size_t len, size_t at)
{
    while (at < len && byte_is_digit(text[at]))
        at++;
    return at;
}

/* grep puts '-' where the header it found has ':'. */
static bool is_context_mark(const struct prefix *p, size_t k, char c)
{
    return c == '-' && k + 1 == p->len && p->text[k] == ':';
}

/* How much of RAW the prefix is; RAW.len + 1 when RAW does not have it.  On
 * empty lines it may lack the blanks at its end. */
static size_t match(const struct prefix *p, struct grl_text raw)
{
    size_t i = 0;
    size_t k = 0;

    while (k < p->len && i < raw.len) {
        if (byte_is_digit(p->text[k]) && byte_is_digit(raw.ptr[i])) {
            k = skip_digits(p->text, p->len, k);
            i = skip_digits(raw.ptr, raw.len, i);
        } else if (p->text[k] == raw.ptr[i] ||
                   is_context_mark(p, k, raw.ptr[i])) {
            k++;
            i++;
        } else {
            return raw.len + 1;
        }
    }
    return is_blank((struct grl_text){p->text + k, p->len - k}) ? i
                                                                : raw.len + 1;
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
    size_t len = p->len > 0 ? match(p, raw) : 0;

    return len <= raw.len ? text_sub(raw, len, raw.len) : raw;
}
