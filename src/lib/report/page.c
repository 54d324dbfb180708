#include "report/page.h"
#include "report/amount.h"

#include "base/error.h"
#include "base/utf8.h"
#include "model/names.h"
#include "model/states.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

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

static void begin(struct page *p, enum style style)
{
    if (p->report->color && style != STYLE_PLAIN)
        sink_puts(&p->sink, style_code(style));
}

static void end(struct page *p, enum style style)
{
    if (p->report->color && style != STYLE_PLAIN)
        sink_puts(&p->sink, "\x1b[0m");
}

void page_styled(struct page *p, enum style style, const char *text)
{
    if (text[0] == '\0')
        return;
    begin(p, style);
    sink_puts(&p->sink, text);
    end(p, style);
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

/* --------------------------------------------------------------- stacks */

/* Behind the first frame of the user's own code. */
static const char *mark_of(const struct page *p, const struct grl_cluster *c,
                           const struct grl_frame *f)
{
    if (f != c->blocked_in || f->stdlib)
        return "";
    if (p->heap)
        return "   <- allocated here";
    return state_is_passing(text_of(c->state)) ? "   <- here"
                                               : "   <- blocked here";
}

/* Columns of a page without a terminal: names are never cut. */
static const size_t unlimited = SIZE_MAX / 2;

struct layout {
    size_t name; /* columns for the names */
};

static size_t file_columns(const struct grl_frame *f)
{
    char digits[TEXT_NUMBER_BYTES];

    return f->file[0] == '\0' ? 0
                              : utf8_columns(path_basename(text_of(f->file))) +
                                    1 + text_put_number(digits, f->line);
}

static void widen(const struct page *p, struct layout *l,
                  const struct grl_frame *f, const char *lead)
{
    size_t columns = strlen(lead) + utf8_columns(short_name(&p->names, f));

    if (columns > l->name)
        l->name = columns;
}

/* The names line up, and the longest line fits the terminal. */
static struct layout layout_of(const struct page *p,
                               const struct grl_cluster *c)
{
    struct layout l = {0};
    size_t files = 0;
    size_t width = p->report->width > 0 ? p->report->width : unlimited;
    size_t fixed = 0;

    for (size_t i = 0; i < c->frame_count; i++) {
        size_t f = file_columns(c->frames[i]) +
                   strlen(mark_of(p, c, c->frames[i]));

        files = f > files ? f : files;
        widen(p, &l, c->frames[i], "");
    }
    if (c->created_by != NULL) {
        size_t f = file_columns(c->created_by);

        files = f > files ? f : files;
        widen(p, &l, c->created_by, "created by ");
    }
    fixed = 2 + 2 + files;
    if (l.name + fixed > width)
        l.name = width > fixed + 16 ? width - fixed : 16;
    return l;
}

/* The end of NAME that takes COLUMNS, which are fewer than it has. */
static struct grl_text name_end(struct grl_text name, size_t columns)
{
    size_t drop = utf8_columns(name) - columns;
    size_t at = 0;

    for (; at < name.len; at++)
        if (((unsigned char)name.ptr[at] & 0xc0) != 0x80 && drop-- == 0)
            break;
    return text_sub(name, at, name.len);
}

/* NAME in COLUMNS; a longer one loses its beginning.  Returns how many columns
 * are left. */
static size_t name_in(struct page *p, struct grl_text name, size_t columns)
{
    size_t has = utf8_columns(name);

    if (has > columns) {
        sink_puts(&p->sink, p->report->ascii ? "~" : "…");
        name = name_end(name, columns - 1);
        has = columns;
    }
    sink_safe(&p->sink, name);
    return columns - has;
}

static void file_of(struct page *p, const struct grl_frame *f, size_t before)
{
    if (f->file[0] == '\0')
        return;
    sink_spaces(&p->sink, before);
    sink_safe(&p->sink, path_basename(text_of(f->file)));
    sink_puts(&p->sink, ":");
    sink_number(&p->sink, f->line);
}

static void frame_line(struct page *p, const struct layout *l,
                       const struct grl_frame *f, const char *lead,
                       const char *mark)
{
    size_t taken = strlen(lead);
    size_t left = 0;
    enum style style = mark[0] != '\0'                ? STYLE_STRONG
                       : f->stdlib && lead[0] == '\0' ? STYLE_DIM
                                                      : STYLE_PLAIN;

    sink_puts(&p->sink, "  ");
    begin(p, style);
    sink_puts(&p->sink, lead);
    left = name_in(p, short_name(&p->names, f),
                   l->name > taken ? l->name - taken : 1);
    file_of(p, f, left + 2);
    end(p, style);
    page_styled(p, STYLE_BAD, mark);
    sink_puts(&p->sink, "\n");
}

void page_stack(struct page *p, const struct grl_cluster *c)
{
    struct layout l = layout_of(p, c);
    enum grl_group by = p->report->group_by;
    bool marked = false;

    if (by != GRL_GROUP_STACK && by != GRL_GROUP_FUNCTION && c->count > 1)
        page_styled(p, STYLE_DIM, "  for example\n");
    for (size_t i = 0; i < c->frame_count; i++) {
        const char *mark = marked ? "" : mark_of(p, c, c->frames[i]);

        marked = marked || mark[0] != '\0';
        frame_line(p, &l, c->frames[i], "", mark);
    }
    if (c->frame_count == 0)
        page_styled(p, STYLE_DIM, "  (no stack)\n");
    else if (c->elided)
        page_styled(p, STYLE_DIM, "  (some frames are missing)\n");
    if (c->created_by != NULL)
        frame_line(p, &l, c->created_by, "created by ", "");
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

/* ------------------------------------------------------------- one line */

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

void page_place(struct page *p, const struct grl_cluster *c)
{
    const struct grl_frame *f = c->blocked_in != NULL ? c->blocked_in
                                                      : c->created_by;

    if (f == NULL) {
        sink_puts(&p->sink, "(no stack)");
        return;
    }
    sink_safe(&p->sink, short_name(&p->names, f));
    file_of(p, f, 2);
}

void page_signature(struct page *p, const struct grl_cluster *c)
{
    begin(p, STYLE_DIM);
    sink_printf(&p->sink, "  #%.12s", c->signature);
    end(p, STYLE_DIM);
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
