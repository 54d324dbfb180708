#include "base/error.h"
#include "report/amount.h"
#include "report/forms.h"
#include "report/moment.h"
#include "report/page.h"

#include <inttypes.h>

const char *grl_news_name(enum grl_news_kind kind)
{
    switch (kind) {
    case GRL_NEWS_FOUND:
        return "found";
    case GRL_NEWS_WORSE:
        return "worse";
    case GRL_NEWS_STILL:
        return "still open";
    case GRL_NEWS_RESOLVED:
        return "resolved";
    }
    return "unknown";
}

static void put_time(struct page *p, int64_t time)
{
    char text[MOMENT_BYTES] = "?";

    moment_short(text, time);
    sink_printf(&p->sink, "%s UTC", text);
}

static void headline(struct page *p, const struct grl_news *n)
{
    bool good = n->kind == GRL_NEWS_RESOLVED;

    page_styled(p, good ? STYLE_GOOD : STYLE_BAD, "leak ");
    page_styled(p, good ? STYLE_GOOD : STYLE_BAD, grl_news_name(n->kind));
    if (n->instance[0] != '\0') {
        sink_puts(&p->sink, " in ");
        sink_safe(&p->sink, text_of(n->instance));
    }
    sink_puts(&p->sink, ": ");
    sink_safe(&p->sink, text_of(n->told.name));
    sink_printf(&p->sink, "  #%.12s\n", n->told.signature);
}

static void resolved(struct page *p, const struct grl_news *n)
{
    sink_puts(&p->sink, "  ");
    page_count(p, n->finding != NULL ? n->finding->last : 0, "goroutine");
    sink_printf(&p->sink, " left of %" PRIu64, n->told.count);
    if (n->finding != NULL && n->finding->last > 0)
        sink_printf(&p->sink, ", %s", grl_verdict_name(n->finding->verdict));
    sink_puts(&p->sink, "; it was told on ");
    put_time(p, n->told.since);
    sink_puts(&p->sink, "\n");
}

static void leaking(struct page *p, const struct grl_news *n)
{
    const struct grl_finding *f = n->finding;

    sink_printf(&p->sink, "  %" PRIu64 " -> ", f->first);
    page_count(p, f->last, "goroutine");
    sink_puts(&p->sink, "  ");
    page_spark(p, f->counts, f->count_count);
    sink_puts(&p->sink, "  ");
    page_state(p, f->cluster);
    sink_puts(&p->sink, "\n");
    if (n->kind != GRL_NEWS_FOUND) {
        sink_printf(&p->sink, "  it had %" PRIu64 " when it was told on ",
                    n->told.count);
        put_time(p, n->told.told);
        sink_puts(&p->sink, "\n");
    }
    page_stack(p, f->cluster);
    for (size_t i = 0; i < f->evidence_count; i++)
        page_hint(p, f->evidence[i]);
    page_hint(p, grl_explain_stack(f->cluster));
}

enum grl_status text_check(const struct grl_report *r,
                           const struct grl_news *news, size_t count,
                           struct grl_error *err)
{
    struct page p;
    bool ok = true;

    page_init(&p, r, NULL);
    for (size_t i = 0; i < count; i++)
        if (news[i].finding != NULL)
            ok = page_note(&p, news[i].finding->cluster) && ok;
    for (size_t i = 0; i < count; i++) {
        sink_puts(&p.sink, i > 0 ? "\n" : "");
        headline(&p, &news[i]);
        if (news[i].kind == GRL_NEWS_RESOLVED || news[i].finding == NULL)
            resolved(&p, &news[i]);
        else
            leaking(&p, &news[i]);
    }
    if (page_finish(&p, err) != GRL_OK)
        return GRL_EIO;
    return ok ? GRL_OK : fail_memory(err);
}
