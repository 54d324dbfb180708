#include "report/memory.h"
#include "report/amount.h"

#include <inttypes.h>

/* From when to when memory is known in one run of the process. */
struct stretch {
    const struct grl_memory *first, *last;
};

/* Collections are only ever more, until a restart. */
static struct stretch stretch_of(const struct grl_dumps *d)
{
    struct stretch s = {NULL, NULL};

    for (size_t i = 0; i < grl_dumps_count(d); i++) {
        const struct grl_memory *m = grl_dumps_get(d, i)->memory;

        if (m == NULL)
            continue;
        if (s.first == NULL || m->num_gc < s.last->num_gc)
            s.first = m;
        s.last = m;
    }
    return s;
}

/* What is in use, of which stacks are a part. */
static uint64_t in_use(const struct grl_memory *m)
{
    return m->heap_inuse + m->stack_inuse;
}

static void pair(struct page *p, const char *name, uint64_t first,
                 uint64_t last)
{
    char a[AMOUNT_BYTES];
    char b[AMOUNT_BYTES];

    sink_printf(&p->sink, "%s %s -> %s", name, size_words(a, "", first),
                size_words(b, "", last));
}

static size_t rising(const struct grl_trend *t)
{
    size_t n = 0;

    for (size_t i = 0; i < grl_trend_count(t); i++) {
        enum grl_verdict v = grl_trend_get(t, i)->verdict;

        n += v == GRL_LEAKING || v == GRL_GROWING;
    }
    return n;
}

static void growth(struct page *p, const struct stretch *s, size_t stacks)
{
    char all[AMOUNT_BYTES];
    char part[AMOUNT_BYTES];
    uint64_t of_stacks = s->last->stack_inuse > s->first->stack_inuse
                             ? s->last->stack_inuse - s->first->stack_inuse
                             : 0;

    if (stacks == 0 || p->heap || in_use(s->last) <= in_use(s->first))
        return;
    sink_printf(&p->sink, "  memory grew %s while ",
                size_words(all, "", in_use(s->last) - in_use(s->first)));
    if (stacks == 1)
        sink_puts(&p->sink, "this stack");
    else
        sink_printf(&p->sink, "these %zu stacks", stacks);
    sink_printf(&p->sink, " grew; goroutine stacks account for %s of it\n",
                size_words(part, "", of_stacks));
}

void memory_lines(struct page *p, const struct grl_dumps *d,
                  const struct grl_trend *t)
{
    struct stretch s = stretch_of(d);

    if (s.first == s.last || grl_trend_instances(t) != 1)
        return;
    pair(p, "  memory: heap", s.first->heap_inuse, s.last->heap_inuse);
    pair(p, ", stacks", s.first->stack_inuse, s.last->stack_inuse);
    pair(p, ", from the system", s.first->sys, s.last->sys);
    sink_printf(&p->sink, ", %" PRIu64 " -> %" PRIu64 " collections\n",
                s.first->num_gc, s.last->num_gc);
    growth(p, &s, rising(t));
}
