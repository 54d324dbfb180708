#include "parse/glued.h"

#include "parse/assemble.h"
#include "parse/leak_report.h"

void glued_keep(struct text_parser *p, struct grl_text header)
{
    if (header.len > sizeof p->glued)
        return;
    memcpy(p->glued, header.ptr, header.len);
    p->glued_len = header.len;
    p->glued_line = p->stats.lines;
    p->glued_report = NO_LEAK_REPORT;
}

/* A header as a test library writes it, which counts alike.  What a log put
 * before it is learned. */
static bool keep_reported(struct text_parser *p, const struct line *l,
                          struct grl_text raw)
{
    char header[sizeof p->glued];
    size_t len = 0;
    size_t at = 0;
    enum leak_report of = leak_report_header(raw, header, sizeof header, &len,
                                             &at);

    if (of == NO_LEAK_REPORT) { /* or behind the prefix that is known */
        raw = l->text;
        of = leak_report_header(raw, header, sizeof header, &len, &at);
    }
    if (of == NO_LEAK_REPORT)
        return false;
    at -= at > 0 && (raw.ptr[at - 1] == '[' || raw.ptr[at - 1] == ' ');
    if (prefix_is_one(text_sub(raw, 0, at)))
        prefix_learn(&p->prefix, text_sub(raw, 0, at));
    glued_keep(p, (struct grl_text){header, len});
    p->glued_report = (int)of;
    return true;
}

/* "Expected not to leak 3 goroutines:" stands above gleak's headers. */
static void note_gleak(struct text_parser *p, struct grl_text line,
                       struct grl_text raw)
{
    size_t at = text_ends(line, TEXT(" goroutines:"))
                    ? text_find(raw, TEXT("Expected not to leak "))
                    : raw.len;

    if (at == raw.len)
        return;
    p->gleak = true;
    if (prefix_is_one(text_sub(raw, 0, at)))
        prefix_learn(&p->prefix, text_sub(raw, 0, at));
}

bool glued_is_report(struct text_parser *p, const struct line *l,
                     struct grl_text raw)
{
    bool text = l->kind == LINE_TEXT;

    if (text)
        note_gleak(p, l->text, raw);
    if (text && text_equal(l->text, TEXT("]")) && p->at == PLACE_COMPLETE)
        return true;
    return (text || (p->gleak && l->kind == LINE_BROKEN_HEADER)) &&
           keep_reported(p, l, raw);
}

/* The dump that a library reports is none of Go's forms. */
static enum grl_status announce(struct text_parser *p)
{
    const char *form = p->glued_report == OF_GOLEAK ? "goleak" : "gleak";
    enum grl_status st = GRL_OK;

    if (p->glued_report == NO_LEAK_REPORT ||
        (p->delivery.form != NULL && strcmp(p->delivery.form, form) == 0))
        return GRL_OK;
    st = assemble_end(p);
    delivery_report(&p->delivery, form);
    return st;
}

enum grl_status glued_settle(struct text_parser *p, const struct line *next,
                             bool one_line)
{
    struct line l;
    struct grl_text header = {p->glued, p->glued_len};
    enum grl_status st = GRL_OK;

    p->glued_len = 0;
    if (header.len == 0 || next->kind != LINE_CALL ||
        one_line != (p->glued_report == OF_GLEAK))
        return GRL_OK;
    line_recognise(header, &l);
    st = announce(p);
    return st == GRL_OK ? assemble_begin(p, &l.header, p->glued_line) : st;
}
