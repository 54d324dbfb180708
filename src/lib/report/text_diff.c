#include "base/error.h"
#include "report/amount.h"
#include "report/forms.h"
#include "report/page.h"

#include <inttypes.h>

static void name_dump(struct page *p, const struct grl_dump *d)
{
    page_source(p, d);
    page_dump_notes(p, d);
}

static void tell(struct page *p, size_t n, const char *words, bool *any)
{
    if (n == 0)
        return;
    sink_printf(&p->sink, "%s%zu %s", *any ? ", " : ": ", n, words);
    *any = true;
}

static void headline(struct page *p, const struct grl_diff *f,
                     const struct grl_dump *before,
                     const struct grl_dump *after)
{
    size_t kinds[GRL_SAME + 1] = {0};
    bool any = false;
    char text[AMOUNT_BYTES];

    for (size_t i = 0; i < grl_diff_count(f); i++)
        kinds[grl_diff_get(f, i)->kind]++;
    sink_printf(&p->sink, "%s -> ",
                page_amount(p, text, "", before->goroutines));
    page_total(p, after->goroutines);
    tell(p, kinds[GRL_NEW], "new", &any);
    tell(p, kinds[GRL_GREW], "grew", &any);
    tell(p, kinds[GRL_SHRANK], "shrank", &any);
    tell(p, kinds[GRL_GONE], "gone", &any);
    sink_puts(&p->sink,
              any ? "\n  before  " : ": no stack changed\n  before  ");
    name_dump(p, before);
    sink_puts(&p->sink, "\n  after   ");
    name_dump(p, after);
    sink_puts(&p->sink, "\n");
    if (grl_diff_restarted(f))
        sink_puts(&p->sink, "  the ids say that these are two processes, or "
                            "one that was restarted\n");
}

static void change(struct page *p, const struct grl_change *c)
{
    static const char *const words[] = {"new", "gone", "grew", "shrank",
                                        "same"};
    char delta[AMOUNT_BYTES];
    char before[AMOUNT_BYTES];
    char after[AMOUNT_BYTES];
    uint64_t most = c->delta > 0 ? c->after - c->before : c->before - c->after;

    page_amount(p, delta, c->delta > 0 ? "+" : "-", most);
    sink_puts(&p->sink, "\n");
    page_styled(p, c->delta > 0 ? STYLE_BAD : STYLE_GOOD, delta);
    sink_printf(&p->sink, "  %s, %s -> %s  ", words[c->kind],
                page_amount(p, before, "", c->before),
                page_amount(p, after, "", c->after));
    page_state(p, c->cluster);
    page_signature(p, c->cluster);
    sink_puts(&p->sink, "\n");
    page_stack(p, c->cluster);
    if (c->survivors >= 0 && c->before > 0 && c->after > 0)
        sink_printf(&p->sink,
                    "  %" PRId64 " of the %" PRIu64 " before are still there\n",
                    c->survivors, c->before);
}

static bool wanted(const struct page *p, const struct grl_change *c,
                   size_t shown)
{
    return page_wants(p->report, c->before > c->after ? c->before : c->after,
                      shown);
}

enum grl_status text_diff(const struct grl_report *r, const struct grl_diff *f,
                          const struct grl_dump *before,
                          const struct grl_dump *after, struct grl_error *err)
{
    struct page p;
    size_t shown = 0;
    bool ok = true;

    page_init(&p, r, before);
    for (size_t i = 0; i < grl_diff_count(f); i++)
        ok = page_note(&p, grl_diff_get(f, i)->cluster) && ok;
    headline(&p, f, before, after);
    for (size_t i = 0; i < grl_diff_count(f); i++)
        if (wanted(&p, grl_diff_get(f, i), shown)) {
            change(&p, grl_diff_get(f, i));
            shown++;
        }
    page_hidden(&p, grl_diff_count(f) - shown, "other change is",
                "other changes are");
    if (page_finish(&p, err) != GRL_OK)
        return GRL_EIO;
    return ok ? GRL_OK : fail_memory(err);
}
