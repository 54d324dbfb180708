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

    k->frame_count = 0;
    while (n > 1 && role(g->frames[n - 1]) == FRAME_EXIT)
        n--;
    for (size_t i = 0; i < n; i++) {
        enum frame_role r = role(g->frames[i]);

        if (r == FRAME_CALL ||
            (r != FRAME_HIDDEN && r != FRAME_WRAPPER && k->frame_count > 0))
            k->frames[k->frame_count++] = g->frames[i];
    }
    if (k->frame_count == 0 && n > 0)
        k->frames[k->frame_count++] = outermost(g, n);
}

/* debug=2 leaves out creators inside the runtime. */
static const struct grl_frame *creator(const struct grl_goroutine *g)
{
    return g->created_by != NULL && role(g->created_by) == FRAME_HIDDEN
               ? NULL
               : g->created_by;
}

static const struct grl_frame *blocked_in(const struct key *k)
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
    k->state = strings_intern(names, state);
    return k->state != NULL;
}

static bool set_label(struct key *k, const struct grouping *g,
                      struct grl_text labels, struct strings *names)
{
    char space[2 * LIMIT_LABEL_BYTES];

    k->label = strings_intern(names, labels_value(labels, g->label, space));
    return k->label != NULL;
}

static void put(struct key *k, uint32_t word)
{
    k->words[k->word_count++] = word;
}

static uint32_t canonical_id(const struct grl_frame *f)
{
    return f != NULL ? frame_of(f)->canonical_id : 0;
}

static uint32_t function_id(const struct grl_frame *f)
{
    return f != NULL ? frame_of(f)->function->id : 0;
}

static void put_words(struct key *k, enum grl_group by)
{
    bool lines = by == GRL_GROUP_STACK;

    k->word_count = 0;
    switch (by) {
    case GRL_GROUP_STACK:
    case GRL_GROUP_FUNCTION:
        put(k, k->state->id);
        put(k, k->elided);
        put(k,
            lines ? canonical_id(k->created_by) : function_id(k->created_by));
        for (size_t i = 0; i < k->frame_count; i++)
            put(k,
                lines ? canonical_id(k->frames[i]) : function_id(k->frames[i]));
        break;
    case GRL_GROUP_LOCATION:
        put(k, k->state->id);
        put(k, canonical_id(k->blocked_in));
        break;
    case GRL_GROUP_CREATOR:
        put(k, canonical_id(k->created_by));
        break;
    case GRL_GROUP_STATE:
        put(k, k->state->id);
        break;
    case GRL_GROUP_LABEL:
        put(k, k->label->id);
        break;
    case GRL_GROUP_CALLS:
        for (size_t i = 0; i < k->frame_count; i++)
            put(k, function_id(k->frames[i]));
        break;
    }
}

bool key_build(struct key *k, const struct grouping *g,
               const struct grl_goroutine *goroutine, struct strings *names)
{
    keep_frames(k, goroutine);
    k->created_by = creator(goroutine);
    k->elided = goroutine->elided || goroutine->cut || goroutine->unavailable;
    k->blocked_in = blocked_in(k);
    k->label = NULL;
    if (!set_state(k, goroutine->state, names))
        return false;
    if (g->by == GRL_GROUP_LABEL && !set_label(k, g, goroutine->labels, names))
        return false;
    put_words(k, g->by);
    return true;
}

static void hash_line(XXH3_state_t *x, const char *mark, const char *text)
{
    XXH3_128bits_update(x, mark, strlen(mark));
    XXH3_128bits_update(x, text, strlen(text));
    XXH3_128bits_update(x, "\n", 1);
}

static void hash_string(XXH3_state_t *x, const struct string *s)
{
    XXH3_128bits_update(x, s->text, s->len);
    XXH3_128bits_update(x, "\n", 1);
}

/* A frame, or that there is none, in as many lines as LINES says. */
static void hash_frame(XXH3_state_t *x, const struct grl_frame *f, bool lines)
{
    if (f == NULL)
        hash_line(x, "", lines ? "\n" : "");
    else
        hash_string(x, lines ? frame_of(f)->canonical : frame_of(f)->function);
}

/*
 * The canonical bytes, a line each and each at its place, so that no text can
 * pass for another: what is grouped by and the state, whether frames are
 * missing, the creator, the frames.  tests/unit pins them.
 */
static void hash_key(XXH3_state_t *x, const struct key *k, enum grl_group by)
{
    bool lines = by == GRL_GROUP_STACK;

    switch (by) {
    case GRL_GROUP_STACK:
    case GRL_GROUP_FUNCTION:
        hash_line(x, lines ? "stack " : "function ", k->state->text);
        hash_line(x, "elided ", k->elided ? "1" : "0");
        hash_frame(x, k->created_by, lines);
        for (size_t i = 0; i < k->frame_count; i++)
            hash_frame(x, k->frames[i], lines);
        break;
    case GRL_GROUP_LOCATION:
        hash_line(x, "location ", k->state->text);
        hash_frame(x, k->blocked_in, true);
        break;
    case GRL_GROUP_CREATOR:
        hash_line(x, "creator", "");
        hash_frame(x, k->created_by, true);
        break;
    case GRL_GROUP_STATE:
        hash_line(x, "state ", k->state->text);
        break;
    case GRL_GROUP_LABEL:
        hash_line(x, "label ", k->label->text);
        break;
    case GRL_GROUP_CALLS:
        hash_line(x, "calls", "");
        for (size_t i = 0; i < k->frame_count; i++)
            hash_frame(x, k->frames[i], false);
        break;
    }
}

/* Have the processor fetch the texts, all at once. */
static void fetch_texts(const struct key *k)
{
    for (size_t i = 0; i < k->frame_count; i++)
        __builtin_prefetch(frame_of(k->frames[i])->canonical);
    for (size_t i = 0; i < k->frame_count; i++) {
        const char *text = frame_of(k->frames[i])->canonical->text;

        __builtin_prefetch(text);
        __builtin_prefetch(text + 64);
    }
}

void key_signature(const struct key *k, const struct grouping *g, char out[33])
{
    static const char digits[] = "0123456789abcdef";
    XXH3_state_t x;
    XXH128_canonical_t digest;

    fetch_texts(k);
    XXH3_INITSTATE(&x);
    XXH3_128bits_reset(&x);
    XXH3_128bits_update(&x, schema, sizeof schema - 1);
    hash_key(&x, k, g->by);
    XXH128_canonicalFromHash(&digest, XXH3_128bits_digest(&x));
    for (size_t i = 0; i < sizeof digest.digest; i++) {
        out[2 * i] = digits[digest.digest[i] >> 4];
        out[2 * i + 1] = digits[digest.digest[i] & 15];
    }
    out[32] = '\0';
}
