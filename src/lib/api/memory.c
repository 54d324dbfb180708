#include "api/memory.h"

#include "api/dumps.h"
#include "base/error.h"
#include "base/grow.h"
#include "input/same_name.h"

static bool give(struct snapshot *s, const struct grl_memory *m)
{
    if (s == NULL || s->info.memory != NULL)
        return false;
    s->memory = *m;
    s->info.memory = &s->memory;
    return true;
}

/* The latest dump of another source with the same name. */
static struct snapshot *beside(const struct grl_dumps *d)
{
    for (size_t i = d->first; i > 0; i--)
        if (same_name(d->list[i - 1]->path, d->source))
            return d->list[i - 1];
    return NULL;
}

enum grl_status memory_take(struct grl_dumps *d, const struct grl_memory *m)
{
    struct memories *all = &d->memories;

    if (give(dumps_current(d), m))
        return GRL_OK;
    if (!GROW(all->list, all->capacity, all->count + 1))
        return fail_memory(&d->error);
    all->list[all->count++] = (struct reading_of_memory){
        .source = d->source, .memory = *m, .used = give(beside(d), m)};
    return GRL_OK;
}

bool memory_settle(struct grl_dumps *d)
{
    struct memories *all = &d->memories;
    bool any = false;

    for (size_t i = 0; i < all->count; i++) {
        struct reading_of_memory *r = &all->list[i];

        any = any || r->source == d->source;
        if (!r->used && same_name(r->source, d->source))
            r->used = give(dumps_current(d), &r->memory);
    }
    return any;
}
