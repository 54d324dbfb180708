#include "parse/partial.h"

#include "base/grow.h"
#include "base/limits.h"

#include <stdlib.h>

void partial_free(struct partial *p)
{
    free(p->streams[0].bytes);
    free(p->streams[1].bytes);
    *p = (struct partial){0};
}

static bool is_of_time(char c)
{
    return byte_is_digit(c) || c == '-' || c == ':' || c == '.' || c == '+' ||
           c == 'T' || c == 'Z';
}

static bool is_time(struct grl_text t)
{
    enum { SHORTEST = 20 };

    for (size_t i = 0; i < t.len; i++)
        if (!is_of_time(t.ptr[i]))
            return false;
    return t.len >= SHORTEST && byte_is_digit(t.ptr[0]);
}

/* "2024-05-01T12:00:00.5Z stderr P ": its length, or 0 when T has no such
 * front; the stream's number and whether it is a part. */
static size_t front_of(struct grl_text t, size_t *stream, bool *part)
{
    size_t blank = text_find_byte(t, ' ');
    struct grl_text rest = text_sub(t, blank, t.len);

    if (text_eat(&rest, TEXT(" stdout ")))
        *stream = 0;
    else if (text_eat(&rest, TEXT(" stderr ")))
        *stream = 1;
    else
        return 0;
    *part = text_starts(rest, TEXT("P "));
    return (*part || text_starts(rest, TEXT("F "))) &&
                   is_time(text_sub(t, 0, blank))
               ? t.len - rest.len + 2
               : 0;
}

/* False when out of memory, and then the parts stay lines of their own. */
static bool append(struct part *s, struct grl_text t, bool *cut)
{
    size_t room = LIMIT_LINE_BYTES - s->len;

    if (t.len > room) {
        *cut = true;
        t.len = room;
    }
    if (!GROW(s->bytes, s->capacity, s->len + t.len + 1))
        return false;
    memcpy(s->bytes + s->len, t.ptr, t.len);
    s->len += t.len;
    return true;
}

bool partial_join(struct partial *p, struct grl_text *raw, bool last, bool *cut)
{
    size_t stream = 0;
    bool part = false;
    size_t front = front_of(*raw, &stream, &part);
    struct part *s = &p->streams[stream];

    if (front == 0 || (!part && !s->open))
        return true;
    if (!s->open)
        s->len = 0;
    if (!append(s, text_sub(*raw, s->open ? front : 0, raw->len), cut))
        return true;
    if (!s->open)
        s->bytes[front - 2] = 'F'; /* the whole line has a whole line's tag */
    s->open = part;
    if (part && !last)
        return false;
    *raw = (struct grl_text){s->bytes, s->len};
    return true;
}
