#include "api/memory.h"

#include "api/dumps.h"
#include "input/moment.h"

#include <stdlib.h>

static bool give(struct snapshot *s, const struct grl_memory *m)
{
    if (s == NULL || s->info.memory != NULL)
        return false;
    s->memory = *m;
    s->info.memory = &s->memory;
    return true;
}

static const struct string *name_of(struct grl_dumps *d, struct grl_text path)
{
    const struct string *name = NULL;
    char *text = malloc(path.len + 1);

    if (text != NULL)
        name = strings_intern(&d->names,
                              (struct grl_text){text, moment_name(path, text)});
    free(text);
    return name;
}

static struct moment *add(struct memories *m, const struct string *name,
                          unsigned hash)
{
    struct moment *moment = arena_take(&m->arena, sizeof *moment);

    if (moment == NULL)
        return NULL;
    *moment = (struct moment){.name = name};
    TABLE_ADD(m->table, &moment->name, sizeof moment->name, hash, moment);
    return moment->lost ? NULL : moment;
}

bool memory_begin(struct grl_dumps *d, const char *name)
{
    struct memories *m = &d->memories;
    const struct string *key = name_of(d, text_of(name));
    unsigned hash = table_hash(&key, sizeof key, d->names.seed);

    m->told = false;
    m->now = NULL;
    if (key == NULL)
        return false;
    TABLE_FIND(m->table, &key, sizeof key, hash, m->now);
    if (m->now == NULL)
        m->now = add(m, key, hash);
    return m->now != NULL;
}

void memory_take(struct grl_dumps *d, const struct grl_memory *m)
{
    struct moment *now = d->memories.now;

    d->memories.told = true;
    if (give(dumps_current(d), m) || give(now->dump, m))
        return;
    now->memory = *m;
    now->waits = true;
}

void memory_settle(struct grl_dumps *d)
{
    struct moment *now = d->memories.now;
    struct snapshot *last = dumps_current(d);

    if (last == NULL)
        return;
    now->dump = last;
    now->waits = now->waits && !give(last, &now->memory);
}

void memory_free(struct memories *m)
{
    HASH_CLEAR(hh, m->table);
    arena_free(&m->arena);
}
