#include "base/error.h"
#include "report/amount.h"
#include "report/forms.h"
#include "report/memory.h"
#include "report/moment.h"
#include "report/page.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>

/* "14:35", or with the date when the series spans days. */
static void moment(struct page *p, int64_t seconds, bool with_date)
{
    char text[MOMENT_BYTES] = "";

    if (moment_short(text, seconds))
        sink_puts(&p->sink, with_date ? text : text + MOMENT_CLOCK);
}

static void span(struct page *p, const struct grl_dumps *d)
{
    enum { MINUTE = 60, DAY = 24 * 60 * MINUTE };
    size_t n = grl_dumps_count(d);
    int64_t from = grl_dumps_get(d, 0)->time;
    int64_t to = grl_dumps_get(d, n - 1)->time;

    if (from == GRL_NO_TIME || to == GRL_NO_TIME || n < 2)
        return;
    sink_puts(&p->sink, ", ");
    moment(p, from, true);
    if (from / MINUTE != to / MINUTE) {
        sink_puts(&p->sink, " to ");
        moment(p, to, from / DAY != to / DAY);
    }
    sink_puts(&p->sink, " UTC");
}

static void leaks(struct page *p, size_t n)
{
    char words[32];

    snprintf(words, sizeof words, n > 0 ? "%zu leak%s" : "no leak", n,
             n == 1 ? "" : "s");
    page_styled(p, n > 0 ? STYLE_BAD : STYLE_GOOD, words);
}

static void headline(struct page *p, const struct grl_dumps *d,
                     const struct grl_trend *t)
{
    size_t n = grl_dumps_count(d);
    char amount[AMOUNT_BYTES];

    leaks(p, grl_trend_leaks(t));
    sink_puts(&p->sink, " in ");
    page_count(p, n, "dump");
    if (grl_trend_instances(t) > 1)
        sink_printf(&p->sink, " of %zu processes", grl_trend_instances(t));
    else
        sink_puts(&p->sink, " of one process");
    span(p, d);
    if (grl_trend_instances(t) == 1) {
        sink_printf(
            &p->sink, ", %s -> ",
            page_amount(p, amount, "", grl_dumps_get(d, 0)->goroutines));
        page_total(p, grl_dumps_get(d, n - 1)->goroutines);
    }
    sink_puts(&p->sink, "\n");
}

static void restarts(struct page *p, size_t n)
{
    sink_puts(&p->sink, "  ");
    page_count(p, n, "restart");
    sink_puts(&p->sink, " in between\n");
}

/* Rules that leave out everything are more likely wrong than right. */
static void left_out(struct page *p, const struct grl_dumps *d)
{
    uint64_t all = 0;
    uint64_t ignored = 0;
    char amount[AMOUNT_BYTES];

    for (size_t i = 0; i < grl_dumps_count(d); i++) {
        all += grl_dumps_get(d, i)->goroutines;
        ignored += grl_dumps_get(d, i)->ignored;
    }
    if (ignored == 0)
        return;
    sink_printf(&p->sink, "  %s%s of ", ignored == all ? "all " : "",
                page_amount(p, amount, "", ignored));
    page_total(p, all);
    sink_printf(&p->sink, " %s left out by rules\n", p->heap ? "is" : "are");
}

/* What a reader must know to trust the order and the counts. */
static void notes(struct page *p, const struct grl_dumps *d,
                  const struct grl_trend *t)
{
    if (p->report->order != NULL && grl_dumps_count(d) > 1)
        sink_printf(&p->sink, "  ordered by %s\n", p->report->order);
    if (grl_trend_segments(t) > grl_trend_instances(t))
        restarts(p, grl_trend_segments(t) - grl_trend_instances(t));
    left_out(p, d);
    for (size_t i = 0; i < grl_dumps_count(d); i++) {
        const struct grl_dump *dump = grl_dumps_get(d, i);

        if (dump->damaged == 0 && dump->skipped_lines == 0 && !dump->truncated)
            continue;
        sink_puts(&p->sink, "  ");
        page_source(p, dump);
        sink_puts(&p->sink, ": ");
        page_total(p, dump->goroutines);
        page_dump_notes(p, dump);
        sink_puts(&p->sink, "\n");
    }
}

static void verdict(struct page *p, const struct grl_finding *f)
{
    char upper[24];
    const char *name = grl_verdict_name(f->verdict);
    size_t i = 0;

    for (; name[i] != '\0' && i + 1 < sizeof upper; i++)
        upper[i] = (char)toupper((unsigned char)name[i]);
    upper[i] = '\0';
    page_styled(p,
                f->verdict == GRL_LEAKING   ? STYLE_BAD
                : f->verdict == GRL_GROWING ? STYLE_STRONG
                                            : STYLE_PLAIN,
                upper);
}

/* In the unit that leaves something in front of the point. */
static void put_rate(struct page *p, double per_hour)
{
    if (isnan(per_hour))
        return;
    if (fabs(per_hour) >= 0.95)
        sink_printf(&p->sink, " (%+.0f/h)", per_hour);
    else
        sink_printf(&p->sink, " (%+.2g/day)", per_hour * 24);
}

static const char *signed_size(char *text, double bytes)
{
    return size_words(text, bytes < 0 ? "-" : "+", (uint64_t)fabs(bytes));
}

static void heap_rate(struct page *p, const struct grl_finding *f)
{
    char text[AMOUNT_BYTES];

    sink_printf(&p->sink, "  %s per dump", signed_size(text, f->per_dump));
    if (!isnan(f->per_hour))
        sink_printf(&p->sink, " (%s/h)", signed_size(text, f->per_hour));
}

static void rate(struct page *p, const struct grl_finding *f)
{
    if (isnan(f->per_dump) || fabs(f->per_dump) < 0.05)
        return;
    if (p->heap) {
        heap_rate(p, f);
        return;
    }
    sink_printf(&p->sink, "  %+.*f per dump",
                fabs(f->per_dump) < 10 && f->per_dump != floor(f->per_dump) ? 1
                                                                            : 0,
                f->per_dump);
    put_rate(p, f->per_hour);
}

/* The one line that can be read alone. */
static void summary(struct page *p, const struct grl_finding *f)
{
    char first[AMOUNT_BYTES];
    char last[AMOUNT_BYTES];

    verdict(p, f);
    if (f->instance[0] != '\0') {
        sink_puts(&p->sink, "  in ");
        sink_safe(&p->sink, text_of(f->instance));
    }
    rate(p, f);
    sink_printf(&p->sink, "  %s -> %s  ", page_amount(p, first, "", f->first),
                page_amount(p, last, "", f->last));
    page_spark(p, f->counts, f->count_count);
    sink_puts(&p->sink, "  ");
    page_state(p, f->cluster);
}

static void in_full(struct page *p, const struct grl_finding *f)
{
    sink_puts(&p->sink, "\n");
    summary(p, f);
    page_signature(p, f->cluster);
    sink_puts(&p->sink, "\n");
    page_stack(p, f->cluster);
    sink_puts(&p->sink, "  ");
    for (size_t i = 0; i < f->evidence_count; i++) {
        sink_puts(&p->sink, i > 0 ? "; " : "");
        sink_puts(&p->sink, f->evidence[i]);
    }
    sink_puts(&p->sink, "\n");
    page_hint(p, grl_explain_stack(f->cluster));
}

static void in_brief(struct page *p, const struct grl_finding *f)
{
    summary(p, f);
    sink_puts(&p->sink, "  ");
    page_place(p, f->cluster);
    sink_puts(&p->sink, "\n");
}

static bool is_urgent(const struct grl_finding *f)
{
    return f->verdict == GRL_LEAKING || f->verdict == GRL_GROWING;
}

static uint64_t most(const struct grl_finding *f)
{
    uint64_t n = 0;

    for (size_t i = 0; i < f->count_count; i++)
        n = f->counts[i] > n ? f->counts[i] : n;
    return n;
}

static bool wanted(const struct page *p, const struct grl_finding *f,
                   size_t shown)
{
    const struct grl_report *r = p->report;

    return (r->all || f->verdict != GRL_STEADY) &&
           page_wants(r, most(f), shown);
}

static void findings(struct page *p, const struct grl_trend *t)
{
    enum { BRIEF = 10 };
    size_t shown = 0;
    size_t brief = 0;
    size_t hidden = 0;
    size_t urgent = 0;

    for (size_t i = 0; i < grl_trend_count(t); i++) {
        const struct grl_finding *f = grl_trend_get(t, i);

        if (!wanted(p, f, shown)) {
            urgent += is_urgent(f) ? 1 : 0;
            continue;
        }
        if (is_urgent(f)) {
            in_full(p, f);
        } else if (brief < BRIEF || p->report->all) {
            sink_puts(&p->sink, brief++ == 0 ? "\n" : "");
            in_brief(p, f);
        } else {
            hidden++;
            continue;
        }
        shown++;
    }
    if (hidden > 0)
        sink_printf(&p->sink, "and %zu more that do not leak (--all)\n",
                    hidden);
    page_hidden(p, urgent, "other growing stack is",
                "other growing stacks are");
}

enum grl_status text_trend(const struct grl_report *r,
                           const struct grl_dumps *d, const struct grl_trend *t,
                           struct grl_error *err)
{
    struct page p;
    bool ok = true;

    page_init(&p, r, grl_dumps_get(d, 0));
    for (size_t i = 0; i < grl_trend_count(t); i++)
        if (r->all || grl_trend_get(t, i)->verdict != GRL_STEADY)
            ok = page_note(&p, grl_trend_get(t, i)->cluster) && ok;
    headline(&p, d, t);
    notes(&p, d, t);
    memory_lines(&p, d, t);
    findings(&p, t);
    if (page_finish(&p, err) != GRL_OK)
        return GRL_EIO;
    return ok ? GRL_OK : fail_memory(err);
}
