#include "report/short.h"

#include "base/table.h"
#include "model/names.h"

/* An ending of an import path, and the whole path if only one ends so. */
struct short_entry {
    const char *whole; /* NULL: several packages end so */
    size_t whole_len;
    bool lost;
    UT_hash_handle hh;
};

static struct short_entry *find(const struct shortener *s, struct grl_text t)
{
    struct short_entry *e = NULL;

    TABLE_FIND(s->table, t.ptr, t.len, table_hash(t.ptr, t.len, s->seed), e);
    return e;
}

/* Does E stand for PATH alone? */
static bool is_whole(const struct short_entry *e, struct grl_text path)
{
    return e->whole != NULL &&
           text_equal(path, (struct grl_text){e->whole, e->whole_len});
}

static bool add(struct shortener *s, struct grl_text ending,
                struct grl_text whole)
{
    struct short_entry *e = find(s, ending);

    if (e != NULL) {
        if (!is_whole(e, whole))
            e->whole = NULL;
        return true;
    }
    e = arena_take(&s->arena, sizeof *e);
    if (e == NULL)
        return false;
    e->whole = whole.ptr;
    e->whole_len = whole.len;
    TABLE_ADD(s->table, ending.ptr, ending.len,
              table_hash(ending.ptr, ending.len, s->seed), e);
    return !e->lost;
}

/* Where the ending that begins before AT begins; 0 at the front. */
static size_t earlier(struct grl_text path, size_t at)
{
    while (at > 0 && path.ptr[at - 1] != '/')
        at--;
    return at;
}

/* "v2" says nothing without the element before it. */
static bool is_version(struct grl_text ending)
{
    if (ending.len < 2 || ending.ptr[0] != 'v')
        return false;
    for (size_t i = 1; i < ending.len; i++)
        if (!byte_is_digit(ending.ptr[i]))
            return false;
    return true;
}

/* Each ending of PATH at a slash, shortest first, until STEP says stop. */
static size_t first_ending(struct grl_text path)
{
    size_t at = earlier(path, path.len);

    if (at > 0 && is_version(text_sub(path, at, path.len)))
        at = earlier(path, at - 1);
    return at;
}

bool short_note(struct shortener *s, const struct grl_frame *f)
{
    struct grl_text path;
    struct short_entry *known = NULL;

    if (f == NULL)
        return true;
    path = name_package(text_of(f->function));
    known = path.len > 0 ? find(s, path) : NULL;
    if (path.len == 0 || (known != NULL && is_whole(known, path)))
        return true;
    for (size_t at = first_ending(path);; at = earlier(path, at - 1)) {
        if (!add(s, text_sub(path, at, path.len), path))
            return false;
        if (at == 0)
            return true;
    }
}

struct grl_text short_name(const struct shortener *s, const struct grl_frame *f)
{
    struct grl_text function = text_of(f->function);
    struct grl_text path = name_package(function);
    size_t at = 0;

    if (f->stdlib || path.len == 0)
        return function;
    for (at = first_ending(path); at > 0; at = earlier(path, at - 1)) {
        struct short_entry *e = find(s, text_sub(path, at, path.len));

        if (e != NULL && e->whole != NULL)
            break;
    }
    return text_sub(function, at, function.len);
}

void short_free(struct shortener *s)
{
    HASH_CLEAR(hh, s->table);
    arena_free(&s->arena);
    *s = (struct shortener){0};
}
