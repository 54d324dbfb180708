#include "parse/header.h"

/* The length of the quoted string at the front of T, or 0 when it is not
 * closed. */
static size_t quoted_length(struct grl_text t)
{
    for (size_t i = 1; i < t.len; i++) {
        if (t.ptr[i] == '\\')
            i++;
        else if (t.ptr[i] == '"')
            return i + 1;
    }
    return 0;
}

/* The first CLOSE in T outside quotes, or T.len.  A quote that never closes is
 * an ordinary byte, and then no later one closes either. */
static size_t find_unquoted(struct grl_text t, char close)
{
    bool quotes_close = true;

    for (size_t i = 0; i < t.len; i++) {
        if (t.ptr[i] == close)
            return i;
        if (t.ptr[i] == '"' && quotes_close) {
            size_t skip = quoted_length(text_sub(t, i, t.len));

            quotes_close = skip > 0;
            i += skip > 0 ? skip - 1 : 0;
        }
    }
    return t.len;
}

/* " gp=0xc000082540 m=4 mp=0xc000080008": words with a '=' in them. */
static void eat_pointers(struct grl_text *t)
{
    for (;;) {
        struct grl_text rest = *t;
        size_t end = 0;

        if (!text_eat(&rest, TEXT(" ")))
            return;
        end = text_find_byte(rest, ' ');
        if (text_find_byte(text_sub(rest, 0, end), '=') == end)
            return;
        *t = text_sub(rest, end, rest.len);
    }
}

/* ", 3 minutes", ", locked to thread", ", synctest bubble 1", or new ones. */
static void read_annotation(struct grl_text word, struct header *out)
{
    uint64_t minutes = 0;

    if (text_equal(word, TEXT("locked to thread"))) {
        out->locked = true;
    } else if (text_eat_number(&word, &minutes) &&
               text_equal(word, TEXT(" minutes"))) {
        out->wait_minutes = minutes > INT64_MAX ? INT64_MAX : (int64_t)minutes;
    }
}

/* Marks behind the state in the order of printing: " (leaked) (scan)
 * (durable)"; 1.24 wrote " (synctest)" for what is now " (durable)". */
static void read_state(struct grl_text state, struct header *out)
{
    if (text_eat_end(&state, TEXT(" (durable)")) ||
        text_eat_end(&state, TEXT(" (synctest)")))
        out->durable = true;
    text_eat_end(&state, TEXT(" (scan)"));
    out->leaked = text_eat_end(&state, TEXT(" (leaked)"));
    out->state = state;
}

static void read_status(struct grl_text status, struct header *out)
{
    size_t labels = text_find(status, TEXT(" labels:{"));
    size_t end = 0;

    if (labels < status.len) { /* 1.26: inside the bracket, no comma before */
        out->labels = text_sub(status, labels + 9, status.len);
        text_eat_end(&out->labels, TEXT("}"));
        status = text_sub(status, 0, labels);
    }
    end = text_find(status, TEXT(", "));
    read_state(text_sub(status, 0, end), out);
    while (end < status.len) {
        status = text_sub(status, end + 2, status.len);
        end = text_find(status, TEXT(", "));
        read_annotation(text_sub(status, 0, end), out);
    }
}

/* What may stand between the bracket and the end: labels (1.27), a colon. */
static bool read_tail(struct grl_text tail, struct header *out)
{
    if (text_eat(&tail, TEXT(" {"))) {
        size_t end = find_unquoted(tail, '}');

        if (end == tail.len)
            return false;
        out->labels = text_sub(tail, 0, end);
        tail = text_sub(tail, end + 1, tail.len);
    }
    return text_equal(tail, TEXT(":"));
}

bool header_parse(struct grl_text line, struct header *out)
{
    struct header h = {.wait_minutes = -1};
    size_t end = 0;

    if (!text_eat(&line, TEXT("goroutine ")) || !text_eat_number(&line, &h.id))
        return false;
    eat_pointers(&line);
    if (!text_eat(&line, TEXT(" [")))
        return false;
    end = find_unquoted(line, ']');
    if (end == line.len)
        return false;
    read_status(text_sub(line, 0, end), &h);
    if (!read_tail(text_sub(line, end + 1, line.len), &h))
        return false;
    *out = h;
    return true;
}

/* 1 for what wait reasons and the marks behind them are written with. */
static const unsigned char is_status[256] = {
    ['a'] = 1, ['b'] = 1, ['c'] = 1, ['d'] = 1, ['e'] = 1, ['f'] = 1, ['g'] = 1,
    ['h'] = 1, ['i'] = 1, ['j'] = 1, ['k'] = 1, ['l'] = 1, ['m'] = 1, ['n'] = 1,
    ['o'] = 1, ['p'] = 1, ['q'] = 1, ['r'] = 1, ['s'] = 1, ['t'] = 1, ['u'] = 1,
    ['v'] = 1, ['w'] = 1, ['x'] = 1, ['y'] = 1, ['z'] = 1, ['A'] = 1, ['B'] = 1,
    ['C'] = 1, ['D'] = 1, ['E'] = 1, ['F'] = 1, ['G'] = 1, ['H'] = 1, ['I'] = 1,
    ['J'] = 1, ['K'] = 1, ['L'] = 1, ['M'] = 1, ['N'] = 1, ['O'] = 1, ['P'] = 1,
    ['Q'] = 1, ['R'] = 1, ['S'] = 1, ['T'] = 1, ['U'] = 1, ['V'] = 1, ['W'] = 1,
    ['X'] = 1, ['Y'] = 1, ['Z'] = 1, [' '] = 1, ['.'] = 1, ['('] = 1, [')'] = 1,
};

static struct grl_text eat_status(struct grl_text *t)
{
    struct grl_text whole = *t;
    size_t n = 0;

    while (n < t->len && is_status[(unsigned char)t->ptr[n]] != 0)
        n++;
    *t = text_sub(*t, n, t->len);
    return text_sub(whole, 0, n);
}

/* ", 2 minutes" at the front of *T, or nothing. */
static void eat_minutes(struct grl_text *t, int64_t *out)
{
    struct grl_text rest = *t;
    uint64_t minutes = 0;

    if (t->len == 0 || t->ptr[0] != ',' || !text_eat(&rest, TEXT(", ")) ||
        !text_eat_number(&rest, &minutes) ||
        !text_eat(&rest, TEXT(" minutes")) || minutes > INT32_MAX)
        return;
    *out = (int64_t)minutes;
    *t = rest;
}

size_t header_read_plain(struct grl_text t, struct header *out)
{
    const char *start = t.ptr;
    struct header h = {.wait_minutes = -1, .plain = true};

    if (!text_eat(&t, TEXT("goroutine ")) || !text_eat_number(&t, &h.id) ||
        !text_eat(&t, TEXT(" [")))
        return 0;
    h.state = eat_status(&t);
    if (h.state.len > 0 && h.state.ptr[h.state.len - 1] == ')')
        read_state(h.state, &h);
    eat_minutes(&t, &h.wait_minutes);
    if (!text_eat(&t, TEXT("]:\n")))
        return 0;
    *out = h;
    return (size_t)(t.ptr - start);
}

bool header_is_broken(struct grl_text line)
{
    size_t digits = 0;

    if (!text_eat(&line, TEXT("goroutine ")))
        return false;
    while (digits < line.len && byte_is_digit(line.ptr[digits]))
        digits++;
    line = text_sub(line, digits, line.len);
    return digits > 0 && (line.len == 0 || text_starts(line, TEXT(" [")));
}
