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

/* The goroutine at BYTES, as far as it is known, in the next free sighting:
 * NULL when there is none. */
static const struct sighting *see(struct fast *f, const char *bytes,
                                  const struct piece *p, struct sightings *out)
{
    struct sighting *s = &out->list[out->count];
    const char *end = p->bytes + p->len;

    s->header_len = fast_header(bytes, end, &s->header);
    if (s->header_len == 0)
        return NULL;
    s->bytes = bytes;
    s->first_frame = out->frame_count;
    s->stack = (struct fast_stack){.frames = out->frames + out->frame_count,
                                   .room = SCOUT_FRAMES,
                                   .at = fast_begin(f, s->header.state)};
    fast_read(f, bytes + s->header_len, end + p->slack, &s->stack);
    return s;
}

static const char *keep(struct sightings *out, const struct sighting *s)
{
    out->frame_count += s->stack.frame_count;
    out->count++;
    return s->bytes + s->header_len + s->stack.len;
}

static void forget(struct sightings *s)
{
    s->count = 0;
    s->frame_count = 0;
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

    forget(out);
    while (at < end && make_room(out)) {
        const struct sighting *s = see(f, at, p, out);

        at = s != NULL && s->stack.complete ? keep(out, s)
                                            : next_header(at, end);
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

        whole = s != NULL && s->stack.complete;
        if (s != NULL)
            at = keep(out, s);
    }
}

void sightings_free(struct sightings *s)
{
    free(s->list);
    free(s->frames);
    *s = (struct sightings){0};
}
