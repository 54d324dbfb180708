/* Stacks in text reports. */
#include "report/page.h"

#include "base/utf8.h"
#include "model/names.h"
#include "model/states.h"

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

/* Before a name, and between it and its file. */
enum { MARGINS = 2 + 2 };

struct layout {
    size_t width; /* of the page */
    size_t name;  /* columns for the names */
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
    struct layout l = {.width = p->report->width};
    size_t files = 0;
    size_t fixed = 0;

    if (l.width == 0)
        l.width = unlimited;
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
    fixed = MARGINS + files;
    if (l.name + fixed > l.width)
        l.name = l.width > fixed + 16 ? l.width - fixed : 16;
    return l;
}

/* A line without the mark has room for a longer name than the others. */
static size_t name_columns(const struct layout *l, const struct grl_frame *f,
                           size_t wanted, const char *mark)
{
    size_t taken = MARGINS + file_columns(f) + strlen(mark);
    size_t room = l->width > taken ? l->width - taken : 0;

    if (wanted > room)
        wanted = room;
    return wanted > l->name ? wanted : l->name;
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
    struct grl_text name = short_name(&p->names, f);
    size_t taken = strlen(lead);
    size_t columns = name_columns(l, f, taken + utf8_columns(name), mark);
    size_t left = 0;
    enum style style = mark[0] != '\0'                ? STYLE_STRONG
                       : f->stdlib && lead[0] == '\0' ? STYLE_DIM
                                                      : STYLE_PLAIN;

    sink_puts(&p->sink, "  ");
    page_begin(p, style);
    sink_puts(&p->sink, lead);
    left = name_in(p, name, columns > taken ? columns - taken : 1);
    file_of(p, f, left + 2);
    page_end(p, style);
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
