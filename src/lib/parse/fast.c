#include "parse/fast.h"

#include "base/xxh.h"
#include "parse/arguments.h"

/* If T stands at P, where it ends; else NULL. */
static const char *behind(const char *p, const char *end, struct grl_text t)
{
    if ((size_t)(end - p) < t.len || memcmp(p, t.ptr, t.len) != 0)
        return NULL;
    return p + t.len;
}

/* "\n" or " +0x1d\n" at P, behind a position: where it ends, else NULL. */
static const char *behind_offset(const char *p, const char *end)
{
    const char *digits = NULL;

    if (p < end && *p == '\n')
        return p + 1;
    p = behind(p, end, TEXT(" +0x"));
    if (p == NULL)
        return NULL;
    digits = p;
    while (p < end && byte_is_hex(*p))
        p++;
    return p > digits && p < end && *p == '\n' ? p + 1 : NULL;
}

/* "\tfile:line", an offset or none, and a newline. */
static const char *behind_position(const char *p, const char *end,
                                   const struct raw_frame *f)
{
    if (p == end || *p != '\t' || f->position.len == 0)
        return NULL;
    p = behind(p + 1, end, f->position);
    return p != NULL ? behind_offset(p, end) : NULL;
}

/* "(args)\n". */
static const char *behind_arguments(const char *p, const char *end)
{
    if (p == end || *p != '(')
        return NULL;
    p = arguments_end(p + 1, end);
    return end - p >= 2 && p[0] == ')' && p[1] == '\n' ? p + 2 : NULL;
}

static const char *behind_call(const char *p, const char *end,
                               const struct raw_frame *f)
{
    p = behind(p, end, f->function);
    if (p != NULL)
        p = behind_arguments(p, end);
    return p != NULL ? behind_position(p, end, f) : NULL;
}

/* Put F in front of the WAYS entries at ROW; the last one drops out. */
static void remember(struct raw_frame **row, size_t ways, struct raw_frame *f)
{
    size_t i = 0;

    while (i + 1 < ways && row[i] != f)
        i++;
    for (; i > 0; i--)
        row[i] = row[i - 1];
    row[0] = f;
}

static struct raw_frame **row_of(struct fast_cache *c, struct grl_text name)
{
    return c->slots[XXH3_64bits(name.ptr, name.len) % FAST_SLOTS];
}

/* The name of the call at P, as far as its first '(' that opens no "(*T)". */
static struct grl_text name_at(const char *p, const char *end)
{
    const char *open = memchr(p, '(', (size_t)(end - p));

    while (open != NULL && end - open > 1 && open[1] == '*')
        open = memchr(open + 1, '(', (size_t)(end - open - 1));
    return (struct grl_text){p, open != NULL ? (size_t)(open - p) : 0};
}

static struct fast_match first_match(struct raw_frame *const *frames,
                                     size_t count, const char *bytes,
                                     const char *end)
{
    for (size_t i = 0; i < count && frames[i] != NULL; i++) {
        const char *to = behind_call(bytes, end, frames[i]);

        if (to != NULL)
            return (struct fast_match){frames[i], (size_t)(to - bytes), 0};
    }
    return (struct fast_match){NULL, 0, 0};
}

struct fast_match fast_call(struct fast_cache *c, struct raw_frame *last,
                            const char *bytes, const char *end)
{
    struct fast_match m = {NULL, 0, 0};
    struct grl_text name;

    if (bytes == end || *bytes == '\n' ||
        behind(bytes, end, TEXT("created by ")) != NULL)
        return m; /* no call, and not worth looking for one */
    m = first_match(last->after, FRAME_GUESSES, bytes, end);
    if (m.frame != NULL)
        return m;
    name = name_at(bytes, end);
    if (name.len == 0 || name.len > FAST_NAME_BYTES)
        return m;
    m = first_match(row_of(c, name), FAST_WAYS, bytes, end);
    if (m.frame != NULL)
        remember(last->after, FRAME_GUESSES, m.frame);
    return m;
}

/* " in goroutine 12\n" or "\n" at P. */
static const char *behind_parent(const char *p, const char *end,
                                 uint64_t *parent)
{
    const char *in = behind(p, end, TEXT(" in goroutine "));
    struct grl_text digits;

    *parent = 0;
    if (in != NULL) {
        digits = (struct grl_text){in, (size_t)(end - in)};
        if (!text_eat_number(&digits, parent))
            return NULL;
        p = digits.ptr;
    }
    return p < end && *p == '\n' ? p + 1 : NULL;
}

struct fast_match fast_creator(const struct raw_frame *last, const char *bytes,
                               const char *end)
{
    struct fast_match none = {NULL, 0, 0};
    struct fast_match m = {last->creator, 0, 0};
    const char *p = behind(bytes, end, TEXT("created by "));

    if (p == NULL || m.frame == NULL)
        return none;
    p = behind(p, end, m.frame->function);
    if (p != NULL)
        p = behind_parent(p, end, &m.parent);
    if (p != NULL)
        p = behind_position(p, end, m.frame);
    m.len = p != NULL ? (size_t)(p - bytes) : 0;
    return p != NULL ? m : none;
}

void fast_learn(struct fast_cache *c, struct raw_frame *last,
                struct raw_frame *frame)
{
    const char *name = frame->function.ptr;
    struct grl_text key = name_at(name, name + frame->function.len);

    remember(last->after, FRAME_GUESSES, frame);
    if (key.len == 0) /* the '(' of its arguments is not part of it */
        key = frame->function;
    if (key.len <= FAST_NAME_BYTES)
        remember(row_of(c, key), FAST_WAYS, frame);
}
