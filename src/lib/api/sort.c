/* Putting dumps in time order. */
#include "api/dumps.h"
#include "input/natural.h"

#include <stdlib.h>
#include <string.h>

static int by_sequence(const struct snapshot *a, const struct snapshot *b)
{
    return (a->sequence > b->sequence) - (a->sequence < b->sequence);
}

static int by_args(const void *pa, const void *pb)
{
    return by_sequence(*(struct snapshot *const *)pa,
                       *(struct snapshot *const *)pb);
}

static int by_name_time(const void *pa, const void *pb)
{
    const struct snapshot *a = *(struct snapshot *const *)pa;
    const struct snapshot *b = *(struct snapshot *const *)pb;

    if (a->name_time != b->name_time)
        return a->name_time < b->name_time ? -1 : 1;
    return by_sequence(a, b);
}

static int by_name(const void *pa, const void *pb)
{
    const struct snapshot *a = *(struct snapshot *const *)pa;
    const struct snapshot *b = *(struct snapshot *const *)pb;
    int order = natural_compare(a->path, b->path);

    return order != 0 ? order : by_sequence(a, b);
}

static int by_mtime(const void *pa, const void *pb)
{
    const struct snapshot *a = *(struct snapshot *const *)pa;
    const struct snapshot *b = *(struct snapshot *const *)pb;

    if (a->mtime != b->mtime)
        return a->mtime < b->mtime ? -1 : 1;
    return by_sequence(a, b);
}

static bool all_named(const struct grl_dumps *d)
{
    for (size_t i = 0; i < d->count; i++)
        if (d->list[i]->name_time == GRL_NO_TIME)
            return false;
    return true;
}

static int by_process(const void *pa, const void *pb)
{
    const struct snapshot *a = *(struct snapshot *const *)pa;
    const struct snapshot *b = *(struct snapshot *const *)pb;
    int order = strcmp(a->info.instance, b->info.instance);

    return order != 0 ? order : by_mtime(pa, pb);
}

/* Two files of one process with one modification time. */
static bool are_alike(const struct snapshot *a, const struct snapshot *b)
{
    return a->mtime == b->mtime && strcmp(a->path, b->path) != 0 &&
           strcmp(a->info.instance, b->info.instance) == 0;
}

static bool all_dated(const struct grl_dumps *d)
{
    bool differ = false;

    for (size_t i = 0; i < d->count; i++) {
        if (d->list[i]->mtime == GRL_NO_TIME)
            return false;
        differ = differ || d->list[i]->mtime != d->list[0]->mtime;
    }
    return differ;
}

/* True when modification times tell in which order the dumps were taken.
 * Copies and fresh checkouts have one time, or a few when that took a while,
 * and those tell in which order they were written. */
static bool told_apart(struct grl_dumps *d)
{
    qsort(d->list, d->count, sizeof d->list[0], by_process);
    for (size_t i = 1; i < d->count; i++)
        if (are_alike(d->list[i - 1], d->list[i]))
            return false;
    return true;
}

/* A time comes from what the dumps are ordered by, never from a mix. */
static void use_mtimes(struct grl_dumps *d)
{
    for (size_t i = 0; i < d->count; i++) {
        struct snapshot *s = d->list[i];

        if (s->info.time_source == GRL_TIME_NAME) {
            s->info.time = s->mtime;
            s->info.time_source = GRL_TIME_MTIME;
        }
    }
}

/* One time for all is none. */
static void drop_mtimes(struct grl_dumps *d)
{
    for (size_t i = 0; i < d->count; i++) {
        struct snapshot *s = d->list[i];

        if (s->info.time_source == GRL_TIME_MTIME) {
            s->info.time = GRL_NO_TIME;
            s->info.time_source = GRL_TIME_NONE;
        }
    }
}

/* Several names, and not standard input among them, which has none. */
static bool several_names(const struct grl_dumps *d)
{
    bool several = false;

    for (size_t i = 0; i < d->count; i++) {
        if (strcmp(d->list[i]->path, "-") == 0)
            return false;
        several = several || d->list[i]->path != d->list[0]->path;
    }
    return several;
}

enum grl_order grl_dumps_sort(struct grl_dumps *d, enum grl_order order)
{
    int (*compare)(const void *, const void *) = by_args;
    bool dated = all_dated(d) && (order == GRL_ORDER_MTIME || told_apart(d));

    if (!dated)
        drop_mtimes(d);

    if (order == GRL_ORDER_AUTO)
        order = all_named(d)       ? GRL_ORDER_NAME
                : dated            ? GRL_ORDER_MTIME
                : several_names(d) ? GRL_ORDER_NAME
                                   : GRL_ORDER_ARGS;
    if (order == GRL_ORDER_NAME)
        compare = all_named(d) ? by_name_time : by_name;
    else if (order == GRL_ORDER_MTIME)
        compare = by_mtime;
    if (order == GRL_ORDER_MTIME && dated)
        use_mtimes(d);
    if (d->count > 1)
        qsort(d->list, d->count, sizeof d->list[0], compare);
    return order;
}
