#include "model/key.h"

#include "base/xxh.h"
#include "model/labels.h"
#include "model/states.h"

/* One more than any signature had before a change of schema. */
static const char schema[] = "goroleak signature 1\n";

static enum frame_role role(const struct grl_frame *f)
{
    return frame_of(f)->role;
}

/* Where nothing else is left: the outermost frame that is no wrapper. */
static const struct grl_frame *outermost(const struct grl_goroutine *g,
                                         size_t n)
{
    for (size_t i = n; i > 0; i--)
        if (role(g->frames[i - 1]) != FRAME_WRAPPER)
            return g->frames[i - 1];
    return g->frames[n - 1];
}

/*
 * Keep the frames that every traceback level prints (FORMAT.md, section 20):
 * drop trailing exits, then what debug=2 hides, then leading runtime frames.
 */
static void keep_frames(struct key *k, const struct grl_goroutine *g)
{
    size_t n = g->frame_count;
    size_t kept = 0;

    while (n > 1 && role(g->frames[n - 1]) == FRAME_EXIT)
        n--;
    for (size_t i = 0; i < n; i++) {
        enum frame_role r = role(g->frames[i]);

        if (r == FRAME_CALL ||
            (r != FRAME_HIDDEN && r != FRAME_WRAPPER && kept > 0))
            k->frames[kept++] = g->frames[i];
    }
    if (kept == 0 && n > 0)
        k->frames[kept++] = outermost(g, n);
    k->parts.frames = k->frames;
    k->parts.frame_count = kept;
}

/* debug=2 leaves out creators inside the runtime. */
static const struct grl_frame *creator(const struct grl_goroutine *g)
{
    return g->created_by != NULL && role(g->created_by) == FRAME_HIDDEN
               ? NULL
               : g->created_by;
}

static const struct grl_frame *blocked_in(const struct key_parts *k)
{
    for (size_t i = 0; i < k->frame_count; i++)
        if (!k->frames[i]->stdlib)
            return k->frames[i];
    return k->frame_count > 0 ? k->frames[0] : NULL;
}

static bool set_state(struct key *k, struct grl_text state,
                      struct strings *names)
{
    if (state_is_passing(state))
        state = TEXT(STATE_ACTIVE);
    k->parts.state = strings_intern(names, state);
    return k->parts.state != NULL;
}

static bool set_label(struct key *k, const struct grouping *g,
                      struct grl_text labels, struct strings *names)
{
    char space[2 * LIMIT_LABEL_BYTES];

    k->parts.label = strings_intern(names,
                                    labels_value(labels, g->label, space));
    return k->parts.label != NULL;
}

static void put(struct key *k, uint64_t word)
{
    k->words[k->word_count++] = word;
}

static uint64_t canonical(const struct grl_frame *f)
{
    return f != NULL ? frame_of(f)->canonical : 0;
}

static uint32_t function_id(const struct grl_frame *f)
{
    return f != NULL ? frame_of(f)->function->id : 0;
}

static void put_words(struct key *k, enum grl_group by)
{
    const struct key_parts *p = &k->parts;
    bool lines = by == GRL_GROUP_STACK;

    k->word_count = 0;
    switch (by) {
    case GRL_GROUP_STACK:
    case GRL_GROUP_FUNCTION:
        put(k, p->state->id);
        put(k, p->elided);
        put(k, lines ? canonical(p->created_by) : function_id(p->created_by));
        for (size_t i = 0; i < p->frame_count; i++)
            put(k, lines ? canonical(p->frames[i]) : function_id(p->frames[i]));
        break;
    case GRL_GROUP_LOCATION:
        put(k, p->state->id);
        put(k, canonical(p->blocked_in));
        break;
    case GRL_GROUP_CREATOR:
        put(k, canonical(p->created_by));
        break;
    case GRL_GROUP_STATE:
        put(k, p->state->id);
        break;
    case GRL_GROUP_LABEL:
        put(k, p->label->id);
        break;
    case GRL_GROUP_CALLS:
        for (size_t i = 0; i < p->frame_count; i++)
            put(k, function_id(p->frames[i]));
        break;
    }
}

bool key_build(struct key *k, const struct grouping *g,
               const struct grl_goroutine *goroutine, struct strings *names)
{
    for (size_t i = 0; i < goroutine->frame_count; i++)
        frame_fetch(goroutine->frames[i]);
    keep_frames(k, goroutine);
    k->parts.created_by = creator(goroutine);
    k->parts.elided = goroutine->elided || goroutine->cut ||
                      goroutine->unavailable;
    k->parts.blocked_in = blocked_in(&k->parts);
    k->parts.label = NULL;
    if (!set_state(k, goroutine->state, names))
        return false;
    if (g->by == GRL_GROUP_LABEL && !set_label(k, g, goroutine->labels, names))
        return false;
    put_words(k, g->by);
    return true;
}

static bool same_frame(const struct grl_frame *a, const struct grl_frame *b,
                       bool lines)
{
    const struct frame *x = NULL;
    const struct frame *y = NULL;

    if (a == b || a == NULL || b == NULL)
        return a == b;
    x = frame_of(a);
    y = frame_of(b);
    return text_equal(frame_name(x), frame_name(y)) &&
           (!lines || text_equal(frame_place(x), frame_place(y)));
}

static bool same_frames(const struct key_parts *a, const struct key_parts *b,
                        bool lines)
{
    bool same = a->frame_count == b->frame_count;

    for (size_t i = 0; same && i < a->frame_count; i++)
        same = same_frame(a->frames[i], b->frames[i], lines);
    return same;
}

bool key_same(const struct key_parts *a, const struct key_parts *b,
              enum grl_group by)
{
    bool lines = by == GRL_GROUP_STACK;

    switch (by) {
    case GRL_GROUP_STACK:
    case GRL_GROUP_FUNCTION:
        return a->state == b->state && a->elided == b->elided &&
               same_frame(a->created_by, b->created_by, lines) &&
               same_frames(a, b, lines);
    case GRL_GROUP_LOCATION:
        return a->state == b->state &&
               same_frame(a->blocked_in, b->blocked_in, true);
    case GRL_GROUP_CREATOR:
        return same_frame(a->created_by, b->created_by, true);
    case GRL_GROUP_STATE:
        return a->state == b->state;
    case GRL_GROUP_LABEL:
        return a->label == b->label;
    case GRL_GROUP_CALLS:
        return same_frames(a, b, false);
    }
    return false;
}

/* Canonical bytes on their way into the hash, which takes many at once far
 * faster than few. */
struct canonical {
    XXH3_state_t hash;
    size_t len;
    char bytes[2 * FRAME_CANONICAL_BYTES];
};

static void pass_on(struct canonical *c)
{
    XXH3_128bits_update(&c->hash, c->bytes, c->len);
    c->len = 0;
}

static void put_text(struct canonical *c, const char *text, size_t len)
{
    if (sizeof c->bytes - c->len < len)
        pass_on(c);
    if (sizeof c->bytes < len) {
        XXH3_128bits_update(&c->hash, text, len);
        return;
    }
    memcpy(c->bytes + c->len, text, len);
    c->len += len;
}

static void put_line(struct canonical *c, const char *mark, const char *text)
{
    put_text(c, mark, strlen(mark));
    put_text(c, text, strlen(text));
    put_text(c, "\n", 1);
}

/* A frame, or that there is none, in as many lines as LINES says. */
static void put_frame(struct canonical *c, const struct grl_frame *f,
                      bool lines)
{
    if (f == NULL) {
        put_line(c, "", lines ? "\n" : "");
        return;
    }
    if (sizeof c->bytes - c->len < FRAME_CANONICAL_BYTES)
        pass_on(c);
    if (lines)
        c->len += frame_canonical(frame_of(f), c->bytes + c->len);
    else
        put_text(c, frame_of(f)->name, frame_of(f)->name_len);
    put_text(c, "\n", 1);
}

/*
 * The canonical bytes, a line each and each at its place, so that no text can
 * pass for another: what is grouped by and the state, whether frames are
 * missing, the creator, the frames.  tests/unit pins them.
 */
static void put_parts(struct canonical *c, const struct key_parts *k,
                      enum grl_group by)
{
    bool lines = by == GRL_GROUP_STACK;

    switch (by) {
    case GRL_GROUP_STACK:
    case GRL_GROUP_FUNCTION:
        put_line(c, lines ? "stack " : "function ", k->state->text);
        put_line(c, "elided ", k->elided ? "1" : "0");
        put_frame(c, k->created_by, lines);
        for (size_t i = 0; i < k->frame_count; i++)
            put_frame(c, k->frames[i], lines);
        break;
    case GRL_GROUP_LOCATION:
        put_line(c, "location ", k->state->text);
        put_frame(c, k->blocked_in, true);
        break;
    case GRL_GROUP_CREATOR:
        put_line(c, "creator", "");
        put_frame(c, k->created_by, true);
        break;
    case GRL_GROUP_STATE:
        put_line(c, "state ", k->state->text);
        break;
    case GRL_GROUP_LABEL:
        put_line(c, "label ", k->label->text);
        break;
    case GRL_GROUP_CALLS:
        put_line(c, "calls", "");
        for (size_t i = 0; i < k->frame_count; i++)
            put_frame(c, k->frames[i], false);
        break;
    }
}

void key_signature(const struct key *k, const struct grouping *g, char out[33])
{
    static const char digits[] = "0123456789abcdef";
    struct canonical c;
    XXH128_canonical_t digest;

    c.len = 0;
    XXH3_INITSTATE(&c.hash);
    XXH3_128bits_reset(&c.hash);
    put_text(&c, schema, sizeof schema - 1);
    put_parts(&c, &k->parts, g->by);
    pass_on(&c);
    XXH128_canonicalFromHash(&digest, XXH3_128bits_digest(&c.hash));
    for (size_t i = 0; i < sizeof digest.digest; i++) {
        out[2 * i] = digits[digest.digest[i] >> 4];
        out[2 * i + 1] = digits[digest.digest[i] & 15];
    }
    out[32] = '\0';
}
