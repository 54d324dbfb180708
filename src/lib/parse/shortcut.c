#include "parse/shortcut.h"

#include "parse/assemble.h"

/* Only where nothing but the lines themselves decides what they are. */
static bool may_take(const struct text_parser *p)
{
    return !p->bare && !p->doubled && p->glued_len == 0 && p->prefix.len == 0 &&
           p->separates == NULL && p->strips == NULL && !p->profile.open &&
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

enum grl_status shortcut_take(struct text_parser *p, const char *bytes,
                              const char *end, size_t *taken)
{
    const char *at = bytes;
    size_t len = 1;
    struct header h;
    enum grl_status st = GRL_OK;

    while (st == GRL_OK && len > 0 && may_take(p)) {
        len = 0;
        if (p->at == PLACE_STACK)
            st = take_stack(p, at, end, &len);
        if (len == 0 && (len = fast_header(at, end, &h)) > 0)
            st = assemble_begin(p, &h, ++p->stats.lines);
        at += len;
    }
    *taken = (size_t)(at - bytes);
    return st;
}

static enum grl_status take_sighting(struct text_parser *p,
                                     const struct sighting *s,
                                     const struct grl_frame *const *frames,
                                     size_t *taken)
{
    enum grl_status st = GRL_OK;

    *taken = 0;
    if (!may_take(p))
        return GRL_OK;
    *taken = s->header_len;
    st = assemble_begin(p, &s->header, ++p->stats.lines);
    if (st != GRL_OK || p->at != PLACE_STACK)
        return st;
    if (s->stack.frame_count > 0)
        memcpy(assemble_record(p)->frames, frames,
               s->stack.frame_count * sizeof frames[0]);
    p->place.node = 0; /* another thread knows it */
    *taken += s->stack.len;
    return add_stack(p, &s->stack);
}

/* Another core has seen it: have it brought over before it is needed. */
static void prepare(const struct text_parser *p, const struct sightings *s, size_t i)
{
    enum { LINE = 64 };

    if (p->soon != NULL)
        for (size_t k = 1; k <= 3 ; k++)
            if (i + 2*k < s->count)
                p->soon(p->delivery.user, s->list[i + 2*k].stack.at.path, k);

    for (size_t at = 0; i + 4 < s->count && at < sizeof *s->list; at += LINE)
        __builtin_prefetch((const char *)&s->list[i + 4] + at);
    if (i + 2 < s->count) {
        const struct sighting *soon = &s->list[i + 2];

        __builtin_prefetch(soon->bytes);
        __builtin_prefetch(s->frames + soon->first_frame);
        __builtin_prefetch(s->frames + soon->first_frame + 8);
    }
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
        const struct sighting *g = &s->list[i];
        size_t taken = 0;

        prepare(p, s, i);
        st = lines_feed(&p->lines, bytes, (size_t)(g->bytes - bytes));
        bytes = g->bytes;
        if (st == GRL_OK && lines_at_start(&p->lines))
            st = take_sighting(p, g, s->frames + g->first_frame, &taken);
        bytes += taken;
    }
    return st == GRL_OK ? lines_feed(&p->lines, bytes, (size_t)(end - bytes))
                        : st;
}
