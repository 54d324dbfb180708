#include "parse/streams.h"

#include "base/grow.h"
#include "base/limits.h"
#include "parse/prefix.h"

#include <stdlib.h>

struct mark {
    uint64_t number;
    uint64_t len;
    bool last; /* of the input, and maybe cut */
};

static bool is_of_name(char c)
{
    char lower = (char)(c | 0x20);

    return byte_is_digit(c) || (lower >= 'a' && lower <= 'z') || c == '-' ||
           c == '_' || c == '.';
}

/* "[pod/api-7d4f/server] " as kubectl logs --prefix writes it. */
static struct grl_text pod_of(struct grl_text line)
{
    size_t end = text_find(line, TEXT("] "));

    return text_starts(line, TEXT("[pod/")) && end < line.len
               ? text_sub(line, 0, end)
               : TEXT("");
}

/* "web-1  | " as docker compose does; empty lines lack the last blank. */
static struct grl_text service_of(struct grl_text line)
{
    size_t n = 0;
    size_t bar = 0;

    while (n < line.len && is_of_name(line.ptr[n]))
        n++;
    for (bar = n; bar < line.len && line.ptr[bar] == ' ';)
        bar++;
    return n > 0 && !byte_is_digit(line.ptr[0]) && bar > n && bar < line.len &&
                   line.ptr[bar] == '|'
               ? text_sub(line, 0, n)
               : TEXT("");
}

/* The process that LINE names, or nothing. */
static struct grl_text name_of(struct grl_text line)
{
    struct grl_text pod = pod_of(line);

    return pod.len > 0 ? pod : service_of(line);
}

void streams_follow(struct streams *s, struct grl_text before)
{
    struct grl_text name = name_of(before);

    if (s->name_len > 0 || name.len == 0 || name.len > sizeof s->name)
        return;
    memcpy(s->name, name.ptr, name.len);
    s->name_len = name.len;
}

static bool hold(struct held_lines *h, struct grl_text line, uint64_t number,
                 bool last)
{
    const struct mark mark = {number, line.len, last};
    size_t need = sizeof mark + line.len;

    if (need > LIMIT_HELD_BYTES - h->len ||
        !GROW(h->bytes, h->capacity, h->len + need))
        return false;
    memcpy(h->bytes + h->len, &mark, sizeof mark);
    memcpy(h->bytes + h->len + sizeof mark, line.ptr, line.len);
    h->len += need;
    return true;
}

/* Lines of another process are held from here on. */
static bool begins(struct grl_text line)
{
    return prefix_find_header(line) < line.len ||
           prefix_find_profile(line) < line.len ||
           text_ends(line, TEXT("==================")) || /* of a race */
           text_ends(line, TEXT("WARNING: DATA RACE"));
}

enum stream_line streams_take(struct streams *s, struct grl_text line,
                              uint64_t number, bool last)
{
    const struct grl_text own = {s->name, s->name_len};
    struct grl_text name = s->name_len > 0 ? name_of(line) : TEXT("");

    if (name.len == 0 || text_equal(name, own))
        return STREAM_READ;
    if (s->held.len == 0 && !begins(line))
        return STREAM_READ; /* of a log, in which no dump has begun */
    return hold(&s->held, line, number, last) ? STREAM_HELD : STREAM_LOST;
}

bool streams_next(struct streams *s)
{
    enum { MOST_ROUNDS = 64 }; /* each reads what is held once more */
    struct held_lines read = s->reading;

    if (s->held.len == 0 || s->rounds++ == MOST_ROUNDS)
        return false;
    s->reading = s->held;
    s->held = read;
    s->held.len = 0;
    s->at = 0;
    s->name_len = 0;
    return true;
}

bool streams_line(struct streams *s, struct grl_text *line, uint64_t *number,
                  bool *last)
{
    struct mark mark;

    if (s->at == s->reading.len)
        return false;
    memcpy(&mark, s->reading.bytes + s->at, sizeof mark);
    *line = (struct grl_text){s->reading.bytes + s->at + sizeof mark, mark.len};
    *number = mark.number;
    *last = mark.last;
    s->at += sizeof mark + mark.len;
    return true;
}

uint64_t streams_left(const struct streams *s)
{
    struct mark mark;
    uint64_t count = 0;

    for (size_t at = 0; at < s->held.len; at += sizeof mark + mark.len) {
        memcpy(&mark, s->held.bytes + at, sizeof mark);
        count++;
    }
    return count;
}

void streams_free(struct streams *s)
{
    free(s->held.bytes);
    free(s->reading.bytes);
    *s = (struct streams){.name_len = 0};
}
