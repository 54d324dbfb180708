#include "report/page.h"

#include "base/error.h"
#include "report/amount.h"

#include <errno.h>
#include <inttypes.h>

void page_init(struct page *p, const struct grl_report *r,
               const struct grl_dump *of)
{
    p->report = r;
    p->heap = of != NULL && strcmp(of->form, "heap") == 0;
    p->names = (struct shortener){.seed = 0};
    wrap_init(&p->wrap, r);
    if (r->width > 0)
        sink_init(&p->sink, wrap_write, &p->wrap);
    else
        sink_init(&p->sink, r->write, r->user);
}

enum grl_status page_finish(struct page *p, struct grl_error *err)
{
    enum grl_status st = sink_finish(&p->sink, err);

    short_free(&p->names);
    if (st == GRL_OK && !wrap_finish(&p->wrap))
        return fail(err, GRL_EIO, "cannot write", errno);
    return st;
}

bool page_note(struct page *p, const struct grl_cluster *c)
{
    for (size_t i = 0; i < c->frame_count; i++)
        if (!short_note(&p->names, c->frames[i]))
            return false;
    return short_note(&p->names, c->created_by);
}

static const char *style_code(enum style style)
{
    switch (style) {
    case STYLE_STRONG:
        return "\x1b[1m";
    case STYLE_BAD:
        return "\x1b[1;31m";
    case STYLE_GOOD:
        return "\x1b[32m";
    case STYLE_DIM:
        return "\x1b[2m";
    case STYLE_PLAIN:
        return "";
    }
    return "";
}

void page_begin(struct page *p, enum style style)
{
    if (p->report->color && style != STYLE_PLAIN)
        sink_puts(&p->sink, style_code(style));
}

void page_end(struct page *p, enum style style)
{
    if (p->report->color && style != STYLE_PLAIN)
        sink_puts(&p->sink, "\x1b[0m");
}

void page_styled(struct page *p, enum style style, const char *text)
{
    if (text[0] == '\0')
        return;
    page_begin(p, style);
    sink_puts(&p->sink, text);
    page_end(p, style);
}

static void minutes(struct page *p, int64_t n)
{
    enum { FEW_HOURS = 3 * 60, FEW_DAYS = 3 * 24 * 60 };

    if (n < FEW_HOURS)
        sink_printf(&p->sink, "%" PRId64 " min", n);
    else if (n < FEW_DAYS)
        sink_printf(&p->sink, "%.1f h", (double)n / 60);
    else
        sink_printf(&p->sink, "%.1f days", (double)n / 1440);
}

static void waits(struct page *p, const struct grl_cluster *c)
{
    const struct grl_waits *w = &c->waits;

    if (w->known == 0)
        return;
    sink_puts(&p->sink, ", ");
    if (w->known < c->count || w->min == w->max) {
        if (c->count > 1)
            sink_puts(&p->sink, w->known < c->count ? "up to " : "all ");
    } else {
        sink_printf(&p->sink, "%" PRId64 " to ", w->min);
    }
    minutes(p, w->max);
}

static void part(struct page *p, uint64_t n, uint64_t all, const char *words)
{
    if (n == 0)
        return;
    sink_puts(&p->sink, ", ");
    if (n < all)
        sink_printf(&p->sink, "%" PRIu64 " ", n);
    sink_puts(&p->sink, words);
}

void page_state(struct page *p, const struct grl_cluster *c)
{
    sink_safe(&p->sink, text_of(p->heap               ? "in use"
                                : c->state[0] != '\0' ? c->state
                                                      : "state unknown"));
    waits(p, c);
    part(p, c->locked, c->count, "locked to thread");
    part(p, c->leaked, c->count, "marked leaked by the runtime");
}

void page_labels(struct page *p, const struct grl_cluster *c)
{
    enum { SHOWN = 4 };

    if (c->label_count == 0)
        return;
    page_styled(p, STYLE_DIM, "  labels: ");
    for (size_t i = 0; i < c->label_count && i < SHOWN; i++) {
        sink_puts(&p->sink, i > 0 ? ", " : "");
        sink_safe(&p->sink, text_of(c->labels[i].key));
        sink_puts(&p->sink, "=");
        sink_safe(&p->sink, text_of(c->labels[i].value));
        sink_printf(&p->sink, " (%" PRIu64 ")", c->labels[i].count);
    }
    if (c->label_count > SHOWN)
        sink_printf(&p->sink, " and %zu%s more", c->label_count - SHOWN,
                    c->labels_cut ? " or" : "");
    sink_puts(&p->sink, "\n");
}

void page_hint(struct page *p, const char *words)
{
    if (words == NULL)
        return;
    sink_puts(&p->sink, "  ");
    page_styled(p, STYLE_STRONG, words);
    sink_puts(&p->sink, "\n");
}

/* The largest of the dumps that share column K of COLUMNS. */
static uint64_t column_value(const uint64_t *counts, size_t n, size_t k,
                             size_t columns)
{
    uint64_t most = 0;

    for (size_t i = k * n / columns; i < (k + 1) * n / columns; i++)
        most = counts[i] > most ? counts[i] : most;
    return most;
}

void page_spark(struct page *p, const uint64_t *counts, size_t n)
{
    static const char *const bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    static const char *const plain[] = {".", ":", "-", "=", "+", "*", "#", "@"};
    enum { MOST = 24, LEVELS = 8 };
    size_t columns = n < MOST ? n : MOST;
    uint64_t top = column_value(counts, n, 0, 1);

    for (size_t k = 0; k < columns; k++) {
        uint64_t value = column_value(counts, n, k, columns);
        size_t level =
            top > 0 ? (size_t)((double)value / (double)top * (LEVELS - 1) + 0.5)
                    : 0;

        sink_puts(&p->sink, p->report->ascii ? plain[level] : bars[level]);
    }
}

void page_signature(struct page *p, const struct grl_cluster *c)
{
    page_begin(p, STYLE_DIM);
    sink_printf(&p->sink, "  #%.12s", c->signature);
    page_end(p, STYLE_DIM);
}

void page_source(struct page *p, const struct grl_dump *d)
{
    bool is_stdin = strcmp(d->source, "-") == 0;

    sink_safe(&p->sink, text_of(is_stdin ? "standard input" : d->source));
    if (d->index > 0)
        sink_printf(&p->sink, " #%zu", d->index + 1);
}

void page_dump_notes(struct page *p, const struct grl_dump *d)
{
    if (d->damaged > 0) {
        sink_puts(&p->sink, ", ");
        page_count(p, d->damaged, "stack");
        sink_puts(&p->sink, " not whole");
    }
    if (d->skipped_lines > 0) {
        sink_puts(&p->sink, ", ");
        page_count(p, d->skipped_lines, "line");
        sink_puts(&p->sink, " not understood");
    }
    if (d->truncated)
        sink_puts(&p->sink, ", cut off");
    if (d->ignored > 0)
        sink_printf(&p->sink, ", %" PRIu64 " left out", d->ignored);
}

void page_hidden(struct page *p, size_t n, const char *one, const char *many)
{
    if (n > 0)
        sink_printf(&p->sink, "\n%zu %s not shown\n", n, n == 1 ? one : many);
}

bool page_wants(const struct grl_report *r, uint64_t count, size_t shown)
{
    return count >= r->min_count && (r->top == 0 || shown < r->top);
}

size_t page_leaks(const struct grl_report *r, const struct grl_assertion *a)
{
    size_t n = 0;

    while (n < grl_assert_count(a) &&
           page_wants(r, grl_assert_get(a, n)->count, n))
        n++;
    return n;
}
