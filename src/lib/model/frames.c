#include "model/frames.h"

#include "base/table.h"
#include "base/xxh.h"
#include "model/names.h"
#include "parse/known.h"
#include "parse/position.h"

void frames_init(struct frames *f, struct strings *names)
{
    *f = (struct frames){
        .names = names, .seed = table_seed(), .functions = true};
}

/* As the runtime's showframe: exported functions of the runtime are shown at
 * every level, others and those without a dot only in crashes. */
static bool is_hidden(struct grl_text function)
{
    if (text_starts(function, TEXT("_cgoexp_")))
        return true;
    return text_eat(&function, TEXT("runtime.")) &&
           !(function.len > 0 && function.ptr[0] >= 'A' &&
             function.ptr[0] <= 'Z');
}

static enum frame_role role_of(struct grl_text function)
{
    if (text_equal(function, TEXT("runtime.goexit")) ||
        text_equal(function, TEXT("runtime.main")))
        return FRAME_EXIT;
    if (name_is_wrapper(function))
        return FRAME_WRAPPER;
    if (is_hidden(function))
        return FRAME_HIDDEN;
    if (text_starts(function, TEXT("runtime.")) ||
        text_starts(function, TEXT("internal/runtime/")))
        return FRAME_RUNTIME;
    return FRAME_CALL;
}

static char *put(char *at, struct grl_text t)
{
    memcpy(at, t.ptr, t.len);
    return at + t.len;
}

size_t frame_canonical(const struct frame *f, char *at)
{
    char *end = put(at, frame_name(f));

    end = put(end, TEXT("\n"));
    return (size_t)(put(end, frame_place(f)) - at);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* A call that could not be taken apart is kept whole, arguments and all; in a
 * name as tracebacks print it, with [...] for type arguments, there is neither
 * a quote nor a brace. */
static struct grl_text without_arguments(struct grl_text name)
{
    size_t n =
        least(least(text_find_byte(name, '"'), text_find_byte(name, '{')),
              text_find(name, TEXT("(0x")));

    return text_sub(
        name, 0, n > 0 && n < name.len && name.ptr[n - 1] == '(' ? n - 1 : n);
}

/* WHOLE, which RAW has with its escapes, as it is shown and, without hashes, as
 * E's canonical bytes have it: mostly RAW's own bytes. */
static bool set_names(struct frames *f, struct frame *e,
                      const struct raw_frame *raw, struct grl_text whole)
{
    char bare[LIMIT_FRAME_BYTES];
    struct grl_text name = {bare, whole.len};

    memcpy(bare, whole.ptr, whole.len);
    name.len = name_drop_cgo_hash(bare, whole.len);
    e->name_len = (uint16_t)name.len;
    e->name = name.len == raw->function_len ? raw->text
                                            : arena_copy(&f->arena, name);
    e->pub.function = e->name;
    if (f->redact)
        e->pub.function = arena_copy(&f->arena, without_arguments(whole));
    else if (name.len != whole.len)
        e->pub.function = arena_copy(&f->arena, whole);
    if (f->functions)
        e->function = strings_intern(f->names, name);
    return e->pub.function != NULL && e->name != NULL &&
           (!f->functions || e->function != NULL);
}

/* BASE, the last name of the path in RAW, and E's line: mostly RAW's own bytes.
 */
static bool set_place(struct frames *f, struct frame *e,
                      const struct raw_frame *raw, struct grl_text base)
{
    char bytes[FRAME_CANONICAL_BYTES];
    struct grl_text position = raw_position(raw);
    size_t at = (size_t)(base.ptr - position.ptr);
    struct grl_text rest = text_sub(position, at, position.len);
    char *end = put(put(bytes, base), TEXT(":"));
    struct grl_text place = {bytes, (size_t)(end - bytes)};

    place.len += text_put_number(end, e->pub.line);
    e->place_len = (uint16_t)place.len;
    e->place = text_equal(place, rest) ? rest.ptr
                                       : arena_copy(&f->arena, place);
    return e->place != NULL;
}

/* PATH, which lies in RAW. */
static bool set_path(struct frames *f, struct frame *e,
                     const struct raw_frame *raw, struct grl_text path)
{
    struct grl_text base = path_basename(path);

    if (!set_place(f, e, raw, base))
        return false;
    e->path = arena_copy(&f->paths, path);
    e->pub.file = e->path;
    if (e->path != NULL && f->redact)
        e->pub.file = e->path + (path.len - base.len);
    return e->path != NULL;
}

/* T, in BYTES where it has a NUL to be replaced. */
static struct grl_text without_nul(struct grl_text t, char *bytes)
{
    if (t.len == 0 || memchr(t.ptr, '\0', t.len) == NULL)
        return t;
    memcpy(bytes, t.ptr, t.len);
    text_replace_nul(bytes, t.len);
    return (struct grl_text){bytes, t.len};
}

static bool fill(struct frames *f, struct frame *e, const struct raw_frame *raw)
{
    char name[LIMIT_FRAME_BYTES];
    char bytes[FRAME_CANONICAL_BYTES];
    struct grl_text whole = {name, name_unescape(raw_function(raw), name)};
    struct grl_text path;

    position_split(raw_position(raw), &path, &e->pub.line);
    if (!set_names(f, e, raw, whole) || !set_path(f, e, raw, path))
        return false;
    e->pub.stdlib = name_is_stdlib(whole);
    e->role = role_of(whole);
    e->canonical = XXH3_64bits_withSeed(bytes, frame_canonical(e, bytes),
                                        f->seed);
    return true;
}

static const struct raw_frame *raw_of(const struct frame *e)
{
    return (const struct raw_frame *)(const void *)(e + 1);
}

static const struct raw_frame *frames_add(struct frames *f,
                                          struct grl_text function,
                                          struct grl_text position,
                                          uint64_t hash)
{
    struct frame *e = NULL;
    struct raw_frame *raw = NULL;

    if (f->index.count < LIMIT_STRINGS)
        e = arena_take(&f->arena, sizeof *e + sizeof *raw + function.len +
                                      position.len + 1);
    if (e == NULL)
        return NULL;
    raw = (struct raw_frame *)(void *)(e + 1);
    raw->pub = &e->pub;
    raw->function_len = (uint16_t)function.len;
    raw->position_len = (uint16_t)position.len;
    memcpy(raw->text, function.ptr, function.len);
    memcpy(raw->text + function.len + 1, position.ptr, position.len);
    return fill(f, e, raw) && index_add(&f->index, hash, e) ? raw : NULL;
}

static const struct raw_frame *find(const struct frames *f,
                                    struct grl_text function,
                                    struct grl_text position, uint64_t hash)
{
    const struct frame *e = NULL;
    size_t at = 0;

    while ((e = index_next(&f->index, hash, &at)) != NULL)
        if (text_equal(raw_function(raw_of(e)), function) &&
            text_equal(raw_position(raw_of(e)), position))
            break;
    return e != NULL ? raw_of(e) : NULL;
}

static const struct raw_frame *frames_find(void *user, struct grl_text function,
                                           struct grl_text position,
                                           bool *again)
{
    struct frames *f = user;
    char bytes[LIMIT_FRAME_BYTES + 1];
    const struct raw_frame *known = NULL;
    uint64_t hash = 0;

    function = without_nul(function, bytes);
    position = without_nul(position, bytes + function.len);
    /* That of the parser but for a blank, where it stops: all is looked at, so
     * that no input can aim at one slot. */
    hash = known_hash(f->seed, function, position);
    known = find(f, function, position, hash);
    *again = known != NULL;
    return known != NULL ? known : frames_add(f, function, position, hash);
}

static void frames_soon(void *user, uint64_t unknown,
                        const struct grl_frame *const *frames, size_t count)
{
    const struct frames *f = user;

    index_fetch(&f->index, unknown);
    for (size_t i = 0; i < count; i++)
        frame_fetch(frames[i]);
}

struct frame_source frames_source(struct frames *f)
{
    return (struct frame_source){frames_find, frames_soon, f};
}

void frames_free(struct frames *f)
{
    index_free(&f->index);
    arena_free(&f->arena);
    arena_free(&f->paths);
    *f = (struct frames){0};
}
