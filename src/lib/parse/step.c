#include "parse/step.h"

#include "parse/assemble.h"
#include "parse/glued.h"
#include "parse/leak_report.h"
#include "parse/looks.h"

/* No position followed: the line before the last was no name. */
static void drop_bare(struct text_parser *p)
{
    if (p->bare)
        assemble_skip_line(p, p->name_line);
    p->bare = false;
}

/* A blank line ends a goroutine, unless it stands where none can end or the
 * dump has one behind every line. */
static enum grl_status on_blank(struct text_parser *p)
{
    switch (p->at) {
    case PLACE_CALL:
    case PLACE_CREATOR:
        p->doubled = true;
        return GRL_OK;
    case PLACE_STACK:
        if (p->doubled || (assemble_record(p)->pub.frame_count == 0 &&
                           !assemble_record(p)->pub.unavailable))
            return GRL_OK;
        break;
    case PLACE_ANCESTOR:
        if (p->doubled)
            return GRL_OK;
        break;
    case PLACE_OUTSIDE:
    case PLACE_COMPLETE:
    case PLACE_SKIP:
        break;
    }
    return assemble_end(p);
}

static enum grl_status on_call(struct text_parser *p, const struct line *l)
{
    enum grl_status st = assemble_give_up_position(p);

    if (st != GRL_OK)
        return st;
    if (p->at == PLACE_STACK) {
        assemble_keep_name(p, l->function);
        p->plain = l->kind == LINE_CALL;
        p->at = PLACE_CALL;
    } else if (p->at == PLACE_COMPLETE) {
        assemble_skip_line(p, p->stats.lines);
    }
    return GRL_OK;
}

/* Log lines end in ":8080" too: without an indent or an offset a position has
 * no blank in it. */
static bool is_plausible(const struct line *l)
{
    return l->indented || l->offset || l->c_frame ||
           text_find_byte(l->position, ' ') == l->position.len;
}

static enum grl_status on_position(struct text_parser *p, const struct line *l)
{
    if (p->at == PLACE_CALL && is_plausible(l))
        return assemble_push(p, l->position);
    if (p->at == PLACE_CREATOR && is_plausible(l))
        return assemble_set_creator(p, l->position);
    if (p->at == PLACE_STACK && p->bare &&
        (l->c_frame || (l->indented && !p->indented))) {
        p->bare = false;
        return assemble_push(p, l->position);
    }
    drop_bare(p);
    if (p->at == PLACE_OUTSIDE && l->offset && p->hint.words == NULL)
        p->hint.words = "stack frames, but no line \"goroutine N [state]:\" "
                        "above them";
    if (p->at != PLACE_OUTSIDE && p->at != PLACE_ANCESTOR &&
        p->at != PLACE_SKIP)
        assemble_skip_line(p, p->stats.lines);
    return GRL_OK;
}

static enum grl_status on_created(struct text_parser *p, const struct line *l)
{
    enum grl_status st = assemble_give_up_position(p);

    if (st != GRL_OK)
        return st;
    if (p->at == PLACE_STACK) {
        assemble_keep_name(p, l->function);
        p->plain = true;
        assemble_record(p)->pub.parent = l->parent;
        p->at = PLACE_CREATOR;
    } else if (p->at == PLACE_COMPLETE) {
        assemble_skip_line(p, p->stats.lines);
    }
    return GRL_OK;
}

/* Lines that are part of a stack without being a frame. */
static enum grl_status on_mark(struct text_parser *p, const struct line *l)
{
    enum grl_status st = assemble_give_up_position(p);

    if (st != GRL_OK || (p->at != PLACE_STACK && p->at != PLACE_COMPLETE))
        return st;
    if (l->kind == LINE_ELIDED) {
        assemble_record(p)->pub.elided = true;
    } else if (l->kind == LINE_UNAVAILABLE) {
        assemble_record(p)->pub.unavailable = true;
    } else if (l->kind == LINE_ORIGIN) {
        p->at = PLACE_ANCESTOR;
    } else if (p->at == PLACE_STACK) { /* LINE_NON_GO */
        assemble_keep_name(p, TEXT("non-Go function"));
        return assemble_push(p, TEXT(""));
    }
    return GRL_OK;
}

/* A line in a stack may be a name without "()": a C frame with symbols, or
 * gccgo.  Whether it is, its position will show. */
static void on_text(struct text_parser *p, const struct line *l)
{
    if (p->at == PLACE_STACK && l->text.len < sizeof p->name) {
        assemble_keep_name(p, l->text);
        p->bare = true;
        p->indented = l->indented;
    } else if (p->at != PLACE_OUTSIDE && p->at != PLACE_ANCESTOR &&
               p->at != PLACE_SKIP) {
        assemble_skip_line(p, p->stats.lines);
    }
}

static void on_text_outside(struct text_parser *p, struct grl_text text)
{
    if (p->hint.words == NULL)
        p->hint = looks_line(text);
    if (text_equal(text, TEXT("All current goroutines:")))
        delivery_rest(&p->delivery);
}

static enum grl_status on_banner(struct text_parser *p, const struct line *l)
{
    enum grl_status st = assemble_end(p);

    if (p->hint.words == NULL)
        p->hint = looks_line(l->text);
    delivery_banner(&p->delivery, l->form,
                    text_starts(l->text, TEXT("panic:")));
    return st;
}

/* What the kinds mean, given where we are: the only place that decides. */
static enum grl_status step(struct text_parser *p, const struct line *l)
{
    enum grl_status st = GRL_OK;
    bool text = l->kind == LINE_HEADER || l->kind == LINE_BANNER;

    if (p->profile.open && text)
        st = profile_end(p, false);
    if (st != GRL_OK)
        return st;
    if (p->profile.open && l->kind != LINE_PROFILE)
        return profile_line(p, l->text);
    switch (l->kind) {
    case LINE_BLANK:
        return on_blank(p);
    case LINE_HEADER:
        return assemble_begin(p, &l->header, p->stats.lines);
    case LINE_BROKEN_HEADER:
        st = assemble_end(p);
        if (p->hint.words == NULL)
            p->hint.words = "a goroutine's header that is cut or out of range";
        p->stats.skipped_lines++;
        assemble_damage(p, "goroutine header is cut or out of range");
        return st;
    case LINE_CALL:
    case LINE_OPEN_CALL:
        return on_call(p, l);
    case LINE_POSITION:
        return on_position(p, l);
    case LINE_CREATED:
        return on_created(p, l);
    case LINE_ELIDED:
    case LINE_ORIGIN:
    case LINE_UNAVAILABLE:
    case LINE_NON_GO:
        return on_mark(p, l);
    case LINE_PROFILE:
        return profile_begin(p, l);
    case LINE_BANNER:
        return on_banner(p, l);
    case LINE_SECTION:
        st = assemble_end(p);
        delivery_section(&p->delivery);
        return st;
    case LINE_OTHER_STACK:
        return assemble_end(p);
    case LINE_DIAGNOSTIC:
        return GRL_OK;
    case LINE_TEXT:
        if (p->at == PLACE_OUTSIDE && profile_is_record(p, l->text))
            return profile_begin_cut(p, l->text);
        if (p->at == PLACE_OUTSIDE)
            on_text_outside(p, l->text);
        on_text(p, l);
        return GRL_OK;
    }
    return GRL_OK;
}

/* A last line without a newline may have been cut in the middle. */
static void doubt_last_line(struct text_parser *p, const struct line *l)
{
    if (l->kind == LINE_BROKEN_HEADER ||
        (l->kind == LINE_TEXT && text_starts(TEXT("goroutine "), l->text)))
        p->stats.truncated = true;
    if (p->at == PLACE_OUTSIDE || p->at == PLACE_SKIP || p->profile.open)
        return;
    if (l->kind == LINE_TEXT || l->kind == LINE_OPEN_CALL ||
        (l->kind == LINE_POSITION && !l->offset && !l->c_frame)) {
        p->stats.truncated = true;
        assemble_cut(p, "the last line is cut");
    }
}

/* Was a header the line before, so that a call is to follow? */
static bool is_behind_header(const struct text_parser *p)
{
    const struct grl_goroutine *g = &p->delivery.now->record.pub;

    return p->glued_len > 0 ||
           (p->at == PLACE_STACK && g->frame_count == 0 && !g->unavailable);
}

/* Where a dump begins in RAW behind other text, or what stands above one, which
 * only a log can have put there; RAW.len for nowhere. */
static size_t find_begin(struct grl_text raw, bool *above)
{
    size_t at = prefix_find_header(raw);

    *above = at == raw.len;
    if (*above)
        at = prefix_find_profile(raw);
    if (at == raw.len && raw.len > 0 && raw.ptr[raw.len - 1] == ':')
        at = text_find(raw, TEXT("POTENTIAL DEADLOCK:"));
    return at;
}

/* Recognise RAW, behind whatever a log put before it. */
static void recognise(struct text_parser *p, struct grl_text raw,
                      struct line *l, struct grl_text *glued)
{
    const struct grl_text full = raw;
    struct grl_text before;
    size_t at = 0;
    bool above = false;

    *glued = TEXT("");
    if (is_behind_header(p))
        prefix_shorten(&p->prefix, raw);
    raw = prefix_take_off(&p->prefix, raw);
    line_recognise(raw, l);
    if (l->kind == LINE_HEADER || l->kind == LINE_BANNER ||
        l->kind == LINE_PROFILE)
        return;
    at = find_begin(raw, &above);
    if (at == raw.len)
        return;
    before = text_sub(full, 0, full.len - raw.len + at);
    if (prefix_is_one(before)) {
        prefix_learn(&p->prefix, before);
        streams_follow(&p->streams, before);
        line_recognise(text_sub(raw, at, raw.len), l);
    } else if (!above) {
        *glued = text_sub(raw, at, raw.len);
    }
}

/* Is L of a list of Delve's?  It is what a dump would have then, or TAKEN. */
static enum grl_status take_delve(struct text_parser *p, struct line *l,
                                  bool *taken)
{
    struct line header;
    bool first = !p->delve.open;
    enum delve_said said = delve_read(&p->delve, l, &header);
    enum grl_status st = GRL_OK;

    if (said == DELVE_NOTHING || said == DELVE_LINE)
        return GRL_OK;
    if (said == DELVE_HEADER)
        return step(p, &header);
    *taken = true;
    st = assemble_end(p);
    if (said == DELVE_BEGINS && p->hint.words == NULL)
        p->hint = looks_line(l->text);
    if (said == DELVE_BEGINS && first)
        delivery_report(&p->delivery, "delve");
    return st == GRL_OK && said == DELVE_ENDS ? delivery_close(&p->delivery)
                                              : st;
}

static enum grl_status take_line(struct text_parser *p, struct grl_text raw,
                                 bool one_line, bool last)
{
    struct grl_text glued;
    struct line l;
    bool taken = false;
    enum grl_status st = GRL_OK;

    recognise(p, raw, &l, &glued);
    if (p->separates != NULL && p->separates(p->lines_user, raw)) {
        st = assemble_end(p);
        delivery_banner(&p->delivery, "debug2", false);
    }
    if (l.kind != LINE_POSITION)
        drop_bare(p);
    if (st == GRL_OK)
        st = race_take(p, &l, raw, &taken);
    if (st == GRL_OK && !taken)
        st = take_delve(p, &l, &taken);
    if (last && p->race.open && !l.offset)
        p->stats.truncated = true;
    if (st != GRL_OK || taken)
        return st;
    st = glued_settle(p, &l, one_line);
    glued_keep(p, glued);
    if (glued.len == 0 && glued_is_report(p, &l, raw))
        return st;
    if (st == GRL_OK)
        st = step(p, &l);
    if (last)
        doubt_last_line(p, &l);
    return st;
}

enum grl_status step_line(struct text_parser *p, struct grl_text raw, bool last)
{
    struct grl_text call;
    struct grl_text position;
    enum grl_status st = GRL_OK;

    if (!p->gleak ||
        !leak_report_frame(prefix_take_off(&p->prefix, raw), &call, &position))
        return take_line(p, raw, false, last);
    st = take_line(p, call, true, false);
    return st == GRL_OK ? take_line(p, position, true, last) : st;
}

enum grl_status step_end(struct text_parser *p)
{
    enum grl_status st = GRL_OK;

    if (p->at == PLACE_CALL || p->at == PLACE_CREATOR ||
        (p->at == PLACE_STACK && assemble_record(p)->pub.frame_count == 0 &&
         !assemble_record(p)->pub.unavailable))
        p->stats.truncated = true;
    p->stats.truncated = p->stats.truncated || race_is_cut(p);
    st = race_settle(p);
    if (st == GRL_OK)
        st = assemble_end(p);
    if (st == GRL_OK)
        st = profile_end(p, true);
    return st == GRL_OK ? delivery_finish(&p->delivery) : st;
}
