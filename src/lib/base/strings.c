#include "base/strings.h"

#include "base/limits.h"
#include "base/table.h"

struct string_entry {
    struct string pub; /* first: an entry is its string */
    bool lost;
    UT_hash_handle hh;
};

void strings_init(struct strings *s)
{
    *s = (struct strings){.seed = table_seed()};
}

static const struct string *strings_add(struct strings *s, struct grl_text t,
                                        unsigned hash)
{
    struct string_entry *e = NULL;
    const char *copy = NULL;

    if (s->count >= LIMIT_STRINGS)
        return NULL;
    e = arena_take(&s->arena, sizeof *e);
    copy = arena_copy(&s->arena, t);
    if (e == NULL || copy == NULL)
        return NULL;
    e->pub = (struct string){copy, s->count + 1, (uint32_t)t.len};
    TABLE_ADD(s->table, copy, t.len, hash, e);
    if (e->lost)
        return NULL;
    s->count++;
    return &e->pub;
}

static const struct string *find(const struct strings *s, struct grl_text t,
                                 unsigned hash)
{
    struct string_entry *e = NULL;

    TABLE_FIND(s->table, t.ptr, t.len, hash, e);
    return e != NULL ? &e->pub : NULL;
}

const struct string *strings_find(const struct strings *s, struct grl_text t)
{
    return find(s, t, table_hash(t.ptr, t.len, s->seed));
}

const struct string *strings_intern(struct strings *s, struct grl_text t)
{
    unsigned hash = table_hash(t.ptr, t.len, s->seed);
    const struct string *known = find(s, t, hash);

    return known != NULL ? known : strings_add(s, t, hash);
}

void strings_free(struct strings *s)
{
    HASH_CLEAR(hh, s->table);
    arena_free(&s->arena);
    *s = (struct strings){0};
}
