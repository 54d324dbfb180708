#include "parse/scout.h"

#include "base/grow.h"
#include "base/limits.h"

#include <stdlib.h>

/* Deeper stacks are left to the parser from there on, and what comes behind
 * more sightings than goroutines of one frame give. */
enum { SCOUT_FRAMES = 256, SCOUT_MOST = 16384 };

static bool make_room(struct sightings *s)
{
    return s->count < SCOUT_MOST &&
           (s->count < s->capacity ||
            GROW(s->list, s->capacity, s->count + 1)) &&
           (s->frame_count + SCOUT_FRAMES <= s->frame_capacity ||
            GROW(s->frames, s->frame_capacity, s->frame_count + SCOUT_FRAMES));
}

/* What is known from BYTES on, behind a header of HEADER_LEN bytes that led to
 * AT, in the next free sighting. */
static const struct sighting *look(struct fast *f, const char *bytes,
                                   size_t header_len, struct fast_place at,
                                   const struct piece *p, struct sightings *out)
{
    struct sighting *s = &out->list[out->count];

    s->bytes = bytes;
    s->header_len = header_len;
    s->first_frame = out->frame_count;
    s->stack = (struct fast_stack){.frames = out->frames + out->frame_count,
                                   .room = SCOUT_FRAMES,
                                   .at = at};
    fast_read(f, bytes + header_len, p->bytes + p->len + p->slack, &s->stack);
    return s;
}

/* The goroutine at BYTES, as far as it is known, in the next free sighting:
 * NULL when there is none. */
static const struct sighting *see(struct fast *f, const char *bytes,
                                  const struct piece *p, struct sightings *out)
{
    struct header *h = &out->list[out->count].header;
    size_t len = fast_header(bytes, p->bytes + p->len, h);

    return len > 0 ? look(f, bytes, len, fast_begin(f, h->state), p, out)
                   : NULL;
}

static const char *keep(struct sightings *out, const struct sighting *s)
{
    out->frame_count += s->stack.frame_count;
    out->count++;
    return s->bytes + s->header_len + s->stack.len;
}

/* Behind the line at BYTES, which is short; or NULL. */
static const char *behind_line(const char *bytes, const char *end)
{
    size_t most = (size_t)(end - bytes);
    const char *newline =
        memchr(bytes, '\n', most < FAST_LINE_BYTES ? most : FAST_LINE_BYTES);

    return newline != NULL ? newline + 1 : NULL;
}

/* Behind the two lines of a frame at BYTES, or NULL. */
static const char *behind_frame(const char *bytes, const char *end)
{
    const char *position = bytes < end && *bytes != '\n'
                               ? behind_line(bytes, end)
                               : NULL;

    return position != NULL && position < end && *position == '\t'
               ? behind_line(position, end)
               : NULL;
}

/* What is known behind each frame that is not, the first of which is at *AT:
 * this moves behind the last that is known.  Does the goroutine end there? */
static bool see_rest(struct fast *f, const char **at, const struct piece *p,
                     struct sightings *out)
{
    const char *end = p->bytes + p->len;
    const char *next = *at;
    uint64_t unknown = f->unknown;
    bool complete = false;

    while (!complete && (next = behind_frame(next, end)) != NULL &&
           make_room(out)) {
        const struct sighting *s = look(f, next, 0, (struct fast_place){0, 0},
                                        p, out);

        complete = s->stack.complete;
        out->list[out->count].unknown = unknown;
        unknown = f->unknown;
        if (s->stack.len > 0)
            *at = next = keep(out, s);
    }
    return complete;
}

static void forget(struct sightings *s)
{
    s->count = 0;
    s->frame_count = 0;
}

/* The next place in P, from BYTES on, where a goroutine may begin, or its end.
 * The newline before BYTES may be the first of two. */
static const char *next_header(const struct piece *p, const char *bytes)
{
    const char *from = bytes > p->bytes ? bytes - 1 : bytes;
    const char *end = p->bytes + p->len;
    struct grl_text rest = {from, (size_t)(end - from)};
    size_t at = text_find(rest, TEXT("\n\ngoroutine "));

    return at < rest.len ? from + at + 2 : end;
}

/* The first place in P where a goroutine may begin, or its end. */
static const char *first_header(const struct piece *p)
{
    return text_starts((struct grl_text){p->bytes, p->len}, TEXT("goroutine "))
               ? p->bytes
               : next_header(p, p->bytes);
}

void scout(struct fast *f, const struct piece *p, struct sightings *out)
{
    const char *end = p->bytes + p->len;
    const char *at = first_header(p);

    forget(out);
    while (at < end && make_room(out)) {
        const struct sighting *s = see(f, at, p, out);

        if (s != NULL)
            at = keep(out, s);
        if (s == NULL || (!s->stack.complete && !see_rest(f, &at, p, out)))
            at = next_header(p, at);
    }
}

void scout_near(struct fast *f, const struct piece *p, size_t most,
                struct sightings *out)
{
    const char *end = p->bytes + p->len;
    const char *at = p->bytes;
    bool whole = true;

    forget(out);
    while (whole && at < end && out->count < most && make_room(out)) {
        const struct sighting *s = see(f, at, p, out);

        if (s != NULL)
            at = keep(out, s);
        whole = s != NULL && (s->stack.complete || see_rest(f, &at, p, out));
    }
}

void sightings_free(struct sightings *s)
{
    free(s->list);
    free(s->frames);
    *s = (struct sightings){0};
}
