#include "base/error.h"
#include "base/fetch.h"
#include "model/frames.h"
#include "report/amount.h"
#include "report/forms.h"
#include "report/page.h"

static void dump_line(struct page *p, const struct grl_dump *d)
{
    sink_puts(&p->sink, "  ");
    page_source(p, d);
    sink_printf(&p->sink, "  %s, ", d->form);
    page_total(p, d->goroutines);
    page_dump_notes(p, d);
    sink_puts(&p->sink, "\n");
}

/* The answer first: how much, in how many stacks. */
static void headline(struct page *p, const struct grl_dumps *d, size_t clusters)
{
    enum { LISTED = 10 };
    size_t dumps = grl_dumps_count(d);
    uint64_t goroutines = 0;
    uint64_t kept = 0;
    char text[AMOUNT_BYTES];

    for (size_t i = 0; i < dumps; i++) {
        goroutines += grl_dumps_get(d, i)->goroutines;
        kept += grl_dumps_get(d, i)->goroutines - grl_dumps_get(d, i)->ignored;
    }
    if (kept < goroutines)
        sink_printf(&p->sink, "%s of ", page_amount(p, text, "", kept));
    page_total(p, goroutines);
    sink_puts(&p->sink, " in ");
    page_count(p, clusters, "stack");
    sink_puts(&p->sink, " from ");
    page_count(p, dumps, "dump");
    sink_puts(&p->sink, "\n");
    for (size_t i = 0; i < dumps && i < LISTED; i++)
        dump_line(p, grl_dumps_get(d, i));
    if (dumps > LISTED)
        sink_printf(&p->sink, "  and %zu more\n", dumps - LISTED);
}

static void cluster(struct page *p, const struct grl_cluster *c)
{
    char count[AMOUNT_BYTES];

    sink_puts(&p->sink, "\n");
    page_styled(p, STYLE_STRONG, page_amount(p, count, "", c->count));
    sink_puts(&p->sink, "  ");
    page_state(p, c);
    page_signature(p, c);
    sink_puts(&p->sink, "\n");
    page_stack(p, c);
    page_labels(p, c);
    page_hint(p, grl_suspicion(c));
}

/* Have the processor fetch what of the N clusters comes behind I: sorted by
 * count they are all over memory. */
static void fetch_behind(const struct grl_dumps *d, size_t i, size_t n)
{
    const struct grl_cluster *c = NULL;

    if (i + 3 < n)
        fetch(grl_cluster_get(d, 0, i + 3), sizeof *c);
    if (i + 2 < n) {
        c = grl_cluster_get(d, 0, i + 2);
        fetch(c->frames, c->frame_count * sizeof c->frames[0]);
    }
    if (i + 1 < n) {
        c = grl_cluster_get(d, 0, i + 1);
        for (size_t k = 0; k < c->frame_count; k++)
            frame_fetch(c->frames[k]);
    }
}

enum grl_status text_scan(const struct grl_report *r, const struct grl_dumps *d,
                          struct grl_error *err)
{
    struct page p;
    size_t clusters = grl_dumps_count(d) > 0 ? grl_cluster_count(d, 0) : 0;
    size_t shown = 0;
    bool ok = true;

    page_init(&p, r, grl_dumps_count(d) > 0 ? grl_dumps_get(d, 0) : NULL);
    while (shown < clusters &&
           page_wants(r, grl_cluster_get(d, 0, shown)->count, shown)) {
        fetch_behind(d, shown, clusters);
        ok = page_note(&p, grl_cluster_get(d, 0, shown++)) && ok;
    }
    headline(&p, d, clusters);
    for (size_t i = 0; i < shown; i++) {
        fetch_behind(d, i, shown);
        cluster(&p, grl_cluster_get(d, 0, i));
    }
    page_hidden(&p, clusters - shown, "other stack is", "other stacks are");
    if (page_finish(&p, err) != GRL_OK)
        return GRL_EIO;
    return ok ? GRL_OK : fail_memory(err);
}
