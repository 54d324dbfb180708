#include "model/frames.h"

#include "model/names.h"
#include "parse/position.h"

#include <stdio.h>

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

/* "function\nbasename:line", the frame's part of canonical bytes. */
static const struct string *canonical(struct frames *f,
                                      struct grl_text function,
                                      struct grl_text file, uint32_t line)
{
    char text[2 * LIMIT_FRAME_BYTES + 16];
    struct grl_text base = path_basename(file);
    int n = snprintf(text, sizeof text, "%.*s\n%.*s:%u", (int)function.len,
                     function.ptr, (int)base.len, base.ptr, (unsigned)line);

    return strings_intern(f->names, (struct grl_text){text, (size_t)n});
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

static bool fill(struct frames *f, struct frame *e, const struct raw_frame *raw)
{
    char name[LIMIT_FRAME_BYTES];
    struct grl_text file;
    size_t len = name_unescape(raw_function(raw), name);
    struct grl_text whole = {name, len};
    const char *shown =
        arena_copy(&f->arena, f->redact ? without_arguments(whole) : whole);

    position_split(raw_position(raw), &file, &e->pub.line);
    e->pub.function = shown;
    e->path = arena_copy(&f->arena, file);
    e->pub.file = e->path;
    if (f->redact && e->path != NULL)
        e->pub.file = path_basename(text_of(e->path)).ptr;
    e->pub.stdlib = name_is_stdlib((struct grl_text){name, len});
    e->role = role_of((struct grl_text){name, len});
    len = name_drop_cgo_hash(name, len);
    if (f->functions && (e->function = strings_intern(
                             f->names, (struct grl_text){name, len})) == NULL)
        return false;
    e->canonical = canonical(f, (struct grl_text){name, len}, file,
                             e->pub.line);
    if (e->canonical != NULL)
        e->canonical_id = e->canonical->id;
    return shown != NULL && e->pub.file != NULL && e->canonical != NULL;
}

/* The text of E: KEY is its function, of FUNCTION_LEN bytes, a newline and its
 * position. */
static struct raw_frame *add_text(struct frames *f, struct frame *e,
                                  struct grl_text key, size_t function_len)
{
    struct raw_frame *raw = arena_take(&f->texts, sizeof *raw + key.len);

    if (raw == NULL)
        return NULL;
    raw->pub = &e->pub;
    raw->function_len = (uint16_t)function_len;
    raw->position_len = (uint16_t)(key.len - function_len - 1);
    memcpy(raw->text, key.ptr, key.len);
    return raw;
}

static const struct raw_frame *frames_add(struct frames *f, struct grl_text key,
                                          unsigned hash, size_t function_len)
{
    struct frame *e = arena_take(&f->arena, sizeof *e);

    if (e == NULL)
        return NULL;
    e->raw = add_text(f, e, key, function_len);
    if (e->raw == NULL || !fill(f, e, e->raw))
        return NULL;
    TABLE_ADD(f->table, e->raw->text, key.len, hash, e);
    return e->lost ? NULL : e->raw;
}

static const struct raw_frame *frames_find(void *user, struct grl_text function,
                                           struct grl_text position,
                                           bool *again)
{
    struct frames *f = user;
    char key[LIMIT_FRAME_BYTES + 1];
    size_t len = function.len + 1 + position.len;
    struct frame *e = NULL;
    unsigned hash = 0;

    memcpy(key, function.ptr, function.len);
    key[function.len] = '\n';
    memcpy(key + function.len + 1, position.ptr, position.len);
    text_replace_nul(key, len);
    hash = table_hash(key, len, f->seed);
    TABLE_FIND(f->table, key, len, hash, e);
    *again = e != NULL;
    if (e != NULL)
        return e->raw;
    return frames_add(f, (struct grl_text){key, len}, hash, function.len);
}

struct frame_source frames_source(struct frames *f)
{
    return (struct frame_source){frames_find, f};
}

void frames_free(struct frames *f)
{
    HASH_CLEAR(hh, f->table);
    arena_free(&f->arena);
    arena_free(&f->texts);
    *f = (struct frames){0};
}
