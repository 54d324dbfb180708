#include "parse/shortcut.h"

#include "base/fetch.h"
#include "parse/assemble.h"

/* So many goroutines are got ready at once. */
enum { NEAR = 16 };

/* Only where nothing but the lines themselves decides what they are. */
static bool may_take(const struct text_parser *p)
{
    return !p->bare && !p->doubled && p->glued_len == 0 && p->prefix.len == 0 &&
           !p->race.open && p->separates == NULL && p->strips == NULL &&
           !p->profile.open && !p->delve.open &&
           p->reversed.order == REVERSED_NO;
}

/* The frames of S are in the record: the rest of it. */
static enum grl_status add_stack(struct text_parser *p,
                                 const struct fast_stack *s)
{
    struct grl_goroutine *g = &assemble_record(p)->pub;

    g->frame_count += s->frame_count;
    p->place.path = s->at.path;
    p->stats.lines += s->lines;
    if (s->creator != NULL) {
        g->created_by = s->creator->pub;
        g->parent = s->parent;
        p->at = PLACE_COMPLETE;
    }
    return s->complete ? assemble_end(p) : GRL_OK;
}

static enum grl_status take_stack(struct text_parser *p, const char *bytes,
                                  const char *end, size_t *len)
{
    struct record *r = assemble_record(p);
    struct fast_stack s = {.frames = r->frames + r->pub.frame_count,
                           .room = LIMIT_FRAMES - r->pub.frame_count,
                           .at = p->place};

    fast_read(p->fast, bytes, end + p->slack, &s);
    p->place.node = s.at.node;
    *len = s.len;
    return add_stack(p, &s);
}

/* S, which goes on behind a frame that was not known, with FRAMES. */
static enum grl_status take_rest(struct text_parser *p,
                                 const struct sighting *s,
                                 const struct grl_frame *const *frames,
                                 size_t *taken)
{
    struct record *r = assemble_record(p);
    struct fast_stack rest = s->stack;

    *taken = 0;
    if (!may_take(p) || p->at != PLACE_STACK ||
        LIMIT_FRAMES - r->pub.frame_count < rest.frame_count)
        return GRL_OK;
    if (rest.frame_count > 0)
        memcpy(r->frames + r->pub.frame_count, frames,
               rest.frame_count * sizeof frames[0]);
    rest.at = (struct fast_place){0, rest.at.path ^ p->place.path};
    p->place.node = 0;
    *taken = rest.len;
    return add_stack(p, &rest);
}

/* S, in whose frames are FRAMES, or less of it: *TAKEN bytes.  OWN: this
 * parser's trace has seen it. */
static enum grl_status take_sighting(struct text_parser *p,
                                     const struct sighting *s,
                                     const struct grl_frame *const *frames,
                                     bool own, size_t *taken)
{
    enum grl_status st = GRL_OK;

    if (s->header_len == 0)
        return take_rest(p, s, frames, taken);
    *taken = 0;
    if (!may_take(p))
        return GRL_OK;
    *taken = s->header_len;
    st = assemble_open(p, &s->header, ++p->stats.lines);
    p->place = s->stack.at;
    if (!own)
        p->place.node = 0;
    if (st != GRL_OK || p->at != PLACE_STACK)
        return st;
    if (s->stack.frame_count > 0)
        memcpy(assemble_record(p)->frames, frames,
               s->stack.frame_count * sizeof frames[0]);
    *taken += s->stack.len;
    return add_stack(p, &s->stack);
}

/* What will be needed of COUNT goroutines is in other memory, step by step: all
 * at once it takes no longer than for one. */
static void prepare(const struct text_parser *p, const struct sightings *all,
                    size_t from, size_t count)
{
    const struct sighting *s = &all->list[from];

    for (size_t i = 0; i < count; i++)
        if (s[i].header_len > 0)
            seen_prepare(&p->delivery.seen, s[i].header.id);
        else
            p->frames.soon(p->frames.user, s[i].unknown,
                           all->frames + s[i].first_frame,
                           s[i].stack.frame_count);
    for (unsigned step = 0; p->soon != NULL && step < SOON_STEPS; step++)
        for (size_t i = 0; i < count; i++)
            if (s[i].header_len > 0 && s[i].stack.complete &&
                (i == 0 || s[i].stack.at.path != s[i - 1].stack.at.path))
                p->soon(p->delivery.user, s[i].stack.at.path,
                        s[i].header.wait_minutes, step);
}

/* The lines of a frame that was not known, from BYTES to END. */
static enum grl_status read_lines(struct text_parser *p, const char *bytes,
                                  const char *end)
{
    enum grl_status st = GRL_OK;

    while (st == GRL_OK && bytes < end) {
        size_t len = text_find_byte(
            (struct grl_text){bytes, (size_t)(end - bytes)}, '\n');

        st = p->lines.on_line(p, (struct grl_text){bytes, len}, false, false);
        bytes += len + 1;
    }
    return st;
}

/* The goroutines that follow each other from BYTES on. */
static enum grl_status take_near(struct text_parser *p, const char *bytes,
                                 const char *end, size_t *len)
{
    const struct piece rest = {bytes, (size_t)(end - bytes), p->slack};
    const struct sightings *s = &p->near;
    enum grl_status st = GRL_OK;
    size_t taken = 1;

    scout_near(p->fast, &rest, NEAR, &p->near);
    prepare(p, s, 0, s->count);
    *len = 0;
    for (size_t i = 0; i < s->count && st == GRL_OK && taken > 0; i++) {
        const struct sighting *g = &s->list[i];

        if (g->header_len == 0) {
            st = read_lines(p, bytes + *len, g->bytes);
            *len = (size_t)(g->bytes - bytes);
        }
        if (st != GRL_OK || g->bytes != bytes + *len)
            break; /* of the one before not all was taken */
        st = take_sighting(p, g, s->frames + g->first_frame, true, &taken);
        *len += taken;
    }
    return st;
}

enum grl_status shortcut_take(struct text_parser *p, const char *bytes,
                              const char *end, size_t *taken)
{
    const char *at = bytes;
    size_t len = 1;
    enum grl_status st = GRL_OK;

    while (st == GRL_OK && len > 0 && may_take(p)) {
        len = 0;
        if (p->at == PLACE_STACK)
            st = take_stack(p, at, end, &len);
        if (len == 0 && at < end)
            st = take_near(p, at, end, &len);
        at += len;
    }
    *taken = (size_t)(at - bytes);
    return st;
}

/* Another core has seen them: have them brought over before they are needed,
 * and the lines of frames that were not known, which stand before the rest. */
static void bring(const struct sightings *s, size_t from, size_t count)
{
    enum { LINES = 256 };

    fetch(&s->list[from], count * sizeof *s->list);
    for (size_t i = from; i < from + count; i++) {
        const struct sighting *g = &s->list[i];

        if (g->header_len > 0)
            fetch(g->bytes, 1);
        else
            fetch((const char *)((uintptr_t)g->bytes - LINES), LINES);
    }
}

/* The sighting at I and what stands before it. */
static enum grl_status take_next(struct text_parser *p, const char **bytes,
                                 const struct sightings *s, size_t i)
{
    const struct sighting *g = &s->list[i];
    size_t taken = 0;
    enum grl_status st = g->header_len == 0 && lines_at_start(&p->lines)
                             ? read_lines(p, *bytes, g->bytes)
                             : lines_feed(&p->lines, *bytes,
                                          (size_t)(g->bytes - *bytes));

    *bytes = g->bytes;
    if (st == GRL_OK && lines_at_start(&p->lines))
        st = take_sighting(p, g, s->frames + g->first_frame, false, &taken);
    *bytes += taken;
    return st;
}

enum grl_status text_parser_feed_scouted(struct text_parser *p,
                                         const struct piece *piece,
                                         const struct sightings *s)
{
    const char *bytes = piece->bytes;
    const char *end = bytes + piece->len;
    enum grl_status st = GRL_OK;

    p->slack = piece->slack;
    for (size_t i = 0; i < s->count && st == GRL_OK; i++) {
        if (i % NEAR == 0) {
            size_t count = s->count - i < NEAR ? s->count - i : NEAR;

            bring(s, i, count);
            prepare(p, s, i, count);
        }
        st = take_next(p, &bytes, s, i);
    }
    return st == GRL_OK ? lines_feed(&p->lines, bytes, (size_t)(end - bytes))
                        : st;
}
