#include "parse/scout.h"

#include "base/grow.h"
#include "base/limits.h"

#include <stdlib.h>

/* Deeper stacks are left to the parser from there on. */
enum { SCOUT_FRAMES = 256 };

static bool make_room(struct sightings *s)
{
    return (s->count < s->capacity ||
            GROW(s->list, s->capacity, s->count + 1)) &&
           (s->frame_count + SCOUT_FRAMES <= s->frame_capacity ||
            GROW(s->frames, s->frame_capacity, s->frame_count + SCOUT_FRAMES));
}

/* Note the goroutine at BYTES if all of it is known: its length, or 0. */
static size_t see(struct fast *f, const char *bytes, const struct piece *p,
                  struct sightings *out)
{
    struct sighting *s = &out->list[out->count];
    const char *end = p->bytes + p->len;

    s->header_len = fast_header(bytes, end, &s->header);
    if (s->header_len == 0)
        return 0;
    s->bytes = bytes;
    s->first_frame = out->frame_count;
    s->stack = (struct fast_stack){.frames = out->frames + out->frame_count,
                                   .room = SCOUT_FRAMES,
                                   .at = fast_begin(f, s->header.state)};
    fast_read(f, bytes + s->header_len, end + p->slack, &s->stack);
    if (!s->stack.complete)
        return 0;
    out->frame_count += s->stack.frame_count;
    out->count++;
    return s->header_len + s->stack.len;
}

/* The next place behind BYTES where a goroutine may begin, or END. */
static const char *next_header(const char *bytes, const char *end)
{
    struct grl_text rest = {bytes, (size_t)(end - bytes)};
    size_t at = text_find(rest, TEXT("\n\ngoroutine "));

    return at < rest.len ? bytes + at + 2 : end;
}

void scout(struct fast *f, const struct piece *p, struct sightings *out)
{
    const char *end = p->bytes + p->len;
    const char *at = next_header(p->bytes, end);

    out->count = 0;
    out->frame_count = 0;
    while (at < end && make_room(out)) {
        size_t seen = see(f, at, p, out);

        at = seen > 0 ? at + seen : next_header(at, end);
    }
}

void sightings_free(struct sightings *s)
{
    free(s->list);
    free(s->frames);
    *s = (struct sightings){0};
}
