#include "parse/prefix.h"

#include "parse/line.h"

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

/* grep puts '-' where the header it found has ':', at the end and before the
 * number of the line. */
static bool is_context_mark(const struct prefix *p, size_t k, char c)
{
    size_t end = skip_digits(p->text, p->len, k + 1);

    if (c != '-' || p->text[k] != ':')
        return false;
    return k + 1 == p->len ||
           (end > k + 1 && end + 1 == p->len && p->text[end] == ':');
}

/* How far P and RAW agree: so much of RAW, and *K bytes of P. */
static size_t agree(const struct prefix *p, struct grl_text raw, size_t *k)
{
    size_t i = 0;

    *k = 0;
    while (*k < p->len && i < raw.len) {
        if (byte_is_digit(p->text[*k]) && byte_is_digit(raw.ptr[i])) {
            *k = skip_digits(p->text, p->len, *k);
            i = skip_digits(raw.ptr, raw.len, i);
        } else if (p->text[*k] == raw.ptr[i] ||
                   is_context_mark(p, *k, raw.ptr[i])) {
            ++*k;
            i++;
        } else {
            break;
        }
    }
    return i;
}

/* How much of RAW the prefix is; RAW.len + 1 when RAW does not have it.  On
 * empty lines it may lack the blanks at its end. */
static size_t match(const struct prefix *p, struct grl_text raw)
{
    size_t k = 0;
    size_t len = agree(p, raw, &k);

    if (k < p->len && len < raw.len)
        return raw.len + 1;
    return is_blank((struct grl_text){p->text + k, p->len - k}) ? len
                                                                : raw.len + 1;
}

/* LINE without the blanks at its end. */
static struct grl_text trim_end(struct grl_text line)
{
    while (line.len > 0 && is_blank(text_sub(line, line.len - 1, line.len)))
        line.len--;
    return line;
}

size_t prefix_find_header(struct grl_text line)
{
    enum { MOST_TRIED = 16 }; /* a line holds one; more are an attack */
    struct grl_text t = trim_end(line);
    size_t tried = 0;
    struct header h;

    if (t.len == 0 || t.ptr[t.len - 1] != ':') /* cheap, and true of most */
        return line.len;
    for (size_t at = 0; at < t.len && tried < MOST_TRIED; at++, tried++) {
        at += text_find(text_sub(t, at, t.len), TEXT("goroutine "));
        if (at < t.len && header_parse(text_sub(t, at, t.len), &h))
            return at;
    }
    return line.len;
}

bool prefix_ends_as_profile(struct grl_text t)
{
    size_t digits = 0;

    while (digits < t.len && byte_is_digit(t.ptr[t.len - 1 - digits]))
        digits++;
    t.len -= digits;
    return digits > 0 &&
           (text_ends(t, TEXT(" total ")) || text_ends(t, TEXT(" heap/")));
}

size_t prefix_find_profile(struct grl_text line)
{
    struct grl_text t = trim_end(line);
    size_t at = prefix_ends_as_profile(t) ? text_find(t, TEXT(" profile: "))
                                          : t.len;
    struct line l;

    if (at == t.len)
        return line.len;
    while (at > 0 && t.ptr[at - 1] >= 'a' && t.ptr[at - 1] <= 'z')
        at--;
    line_recognise(text_sub(t, at, t.len), &l);
    return l.kind == LINE_PROFILE ? at : line.len;
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

void prefix_shorten(struct prefix *p, struct grl_text raw)
{
    size_t k = 0;
    size_t len = agree(p, raw, &k);
    struct line l;

    if (k == p->len || !prefix_is_one((struct grl_text){p->text, k}))
        return;
    line_recognise(text_sub(raw, len, raw.len), &l);
    if (l.kind == LINE_CALL)
        p->len = k;
}

struct grl_text prefix_take_off(const struct prefix *p, struct grl_text raw)
{
    size_t len = p->len > 0 ? match(p, raw) : 0;

    return len <= raw.len ? text_sub(raw, len, raw.len) : raw;
}
