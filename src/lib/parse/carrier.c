#include "parse/carrier.h"

#include "base/grow.h"
#include "base/utf8.h"
#include "parse/header.h"

#include <stdlib.h>

void carrier_free(struct carrier *c)
{
    free(c->bytes);
    *c = (struct carrier){0};
}

/* ----------------------------------------------------------------- colours */

/* The length of the control sequence at the front of T, or 0 (ECMA-48, 5.4). */
static size_t sequence_length(struct grl_text t)
{
    size_t n = 2;

    if (!text_starts(t, TEXT("\x1b[")))
        return 0;
    while (n < t.len && t.ptr[n] >= 0x20 && t.ptr[n] < 0x40)
        n++;
    return n < t.len && t.ptr[n] >= 0x40 && t.ptr[n] < 0x7f ? n + 1 : 0;
}

struct grl_text carrier_uncolour(struct carrier *c, struct grl_text raw)
{
    size_t n = 0;
    size_t i = text_find_byte(raw, '\x1b');

    if (i == raw.len || !GROW(c->bytes, c->capacity, raw.len + 1))
        return raw;
    i = 0;
    while (i < raw.len) {
        size_t skip = sequence_length(text_sub(raw, i, raw.len));

        if (skip == 0)
            c->bytes[n++] = raw.ptr[i++];
        i += skip;
    }
    return (struct grl_text){c->bytes, n};
}

/* ------------------------------------------------------------------ strings */

/* Where the string that begins at the front of T ends: its quote, or T.len. */
static size_t string_length(struct grl_text t)
{
    size_t quote = text_find_byte(t, '"');
    size_t escape = text_find_byte(text_sub(t, 0, quote), '\\');

    if (escape == quote)
        return quote;
    for (size_t i = escape; i < t.len; i++) {
        if (t.ptr[i] == '\\')
            i++;
        else if (t.ptr[i] == '"')
            return i;
    }
    return t.len;
}

static bool hex_at(struct grl_text t, size_t from, size_t digits, unsigned *out)
{
    *out = 0;
    if (from + digits > t.len)
        return false;
    for (size_t i = from; i < from + digits; i++) {
        char c = (char)(t.ptr[i] | 0x20);

        if (!byte_is_hex(c))
            return false;
        *out = *out * 16 + (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    return true;
}

/* The escape at the front of T, which begins with a backslash, to AT: how many
 * bytes were put, and in *TOOK how many were read. */
static size_t unescape_one(struct grl_text t, char *at, size_t *took)
{
    char kind = t.len > 1 ? t.ptr[1] : '\\';
    unsigned code = 0;

    *took = t.len > 1 ? 2 : 1;
    if (kind == 'u' && hex_at(t, 2, 4, &code)) {
        *took = 6;
        return utf8_put(at, code);
    }
    if (kind == 'x' && hex_at(t, 2, 2, &code)) {
        *took = 4;
        at[0] = (char)code;
        return 1;
    }
    at[0] = kind == 'n' ? '\n' : kind == 't' ? '\t' : kind == 'r' ? '\r' : kind;
    return 1;
}

/* T itself where it has no escape, none of which is shorter than what it stands
 * for. */
static struct grl_text unescape(struct carrier *c, struct grl_text t)
{
    size_t i = text_find_byte(t, '\\');
    size_t n = i;

    if (i == t.len)
        return t;
    memmove(c->bytes, t.ptr, i); /* they may be colourless bytes of C itself */
    while (i < t.len) {
        size_t took = 1;

        if (t.ptr[i] == '\\')
            n += unescape_one(text_sub(t, i, t.len), c->bytes + n, &took);
        else
            c->bytes[n++] = t.ptr[i];
        i += took;
    }
    return (struct grl_text){c->bytes, n};
}

/* ---------------------------------------------------------------- the header
 */

/* Is a header at the front of T, and END behind it? */
static bool is_header_before(struct grl_text t, struct grl_text end)
{
    size_t at = text_find(t, end);
    struct header h;

    return at < t.len && header_parse(text_sub(t, 0, at + 2), &h);
}

static const struct grl_text line_end = {"]:\\n", 4};
static const struct grl_text string_end = {"]:\"", 3};

/* Remember "KEY":" before AT, so that the strings of other lines are found. */
static bool learn_marker(struct carrier *c, struct grl_text raw, size_t at)
{
    size_t from = at;
    size_t quotes = 0;

    while (from > 0 && at - from < sizeof c->marker && quotes < 3) {
        from--;
        quotes += raw.ptr[from] == '"';
    }
    if (quotes < 3 || text_find_byte(text_sub(raw, from, at), ':') == at - from)
        return false;
    c->marker_len = at - from;
    memcpy(c->marker, raw.ptr + from, c->marker_len);
    return true;
}

/* Does a string begin at AT with a header, or one that is all of it? */
static bool is_header(struct carrier *c, struct grl_text raw, size_t at)
{
    struct grl_text t = text_sub(raw, at, raw.len);
    bool begins = at > 0 && raw.ptr[at - 1] == '"';

    if (!is_header_before(t, line_end))
        return begins && is_header_before(t, string_end) &&
               learn_marker(c, raw, at);
    if (begins)
        learn_marker(c, raw, at);
    return true;
}

/* The first string that begins with a header, or has one after other words. */
static bool find_header(struct carrier *c, struct grl_text raw, size_t *at)
{
    enum { MOST_TRIED = 16 };
    size_t from = 0;

    for (int tried = 0; tried < MOST_TRIED; tried++) {
        from += text_find(text_sub(raw, from, raw.len), TEXT("goroutine "));
        if (from == raw.len)
            return false;
        if (is_header(c, raw, from)) {
            *at = from;
            return true;
        }
        from++;
    }
    return false;
}

/* Does an object of JSON begin in RAW, maybe behind a timestamp? */
static bool has_object(struct grl_text raw)
{
    size_t at = text_find(raw, TEXT("{\""));

    return at < raw.len && (at == 0 || byte_is_blank(raw.ptr[at - 1]));
}

/* Remember "KEY":" where RAW has it, maybe with blanks before the string. */
static bool guess_key(struct carrier *c, struct grl_text raw,
                      struct grl_text key)
{
    size_t at = text_find(raw, key);
    size_t end = at + key.len;

    while (end < raw.len && raw.ptr[end] == ' ')
        end++;
    if (end >= raw.len || raw.ptr[end] != '"' ||
        end + 1 - at > sizeof c->marker)
        return false;
    c->marker_len = end + 1 - at;
    memcpy(c->marker, raw.ptr + at, c->marker_len);
    return true;
}

/* The keys of Docker, go test, the journal and those that gather logs are known
 * before a header comes, so that what announces a dump is read too. */
static void guess_marker(struct carrier *c, struct grl_text raw)
{
    static const char *const keys[] = {
        "\"log\":", "\"Output\":", "\"MESSAGE\":", "\"message\":", "\"msg\":"};

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (guess_key(c, raw, text_of(keys[i])))
            return;
}

/* Where the string of RAW begins that is to be read: the one whose key is
 * known, unless a header is in another. */
static bool find_string(struct carrier *c, struct grl_text raw, size_t *at)
{
    size_t header = 0;

    if (c->marker_len == 0 && has_object(raw))
        guess_marker(c, raw);
    *at = text_find(raw, (struct grl_text){c->marker, c->marker_len});
    if (c->marker_len == 0 || *at == raw.len)
        return find_header(c, raw, at);
    *at += c->marker_len;
    if (find_header(c, raw, &header) &&
        (header < *at ||
         header - *at > string_length(text_sub(raw, *at, raw.len))))
        *at = header;
    return true;
}

bool carrier_open(struct carrier *c, struct grl_text raw, struct grl_text *out)
{
    size_t at = raw.len;

    if (text_find_byte(raw, '\\') == raw.len &&
        text_find_byte(raw, '"') == raw.len) /* cheap, and true of most */
        return false;
    if (!find_string(c, raw, &at))
        return false;
    if (raw.ptr != c->bytes && !GROW(c->bytes, c->capacity, raw.len + 1))
        return false;
    raw = text_sub(raw, at, raw.len);
    *out = unescape(c, text_sub(raw, 0, string_length(raw)));
    return true;
}
