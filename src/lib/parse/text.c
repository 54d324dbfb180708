#include "parse/text.h"

static void damage_at(struct text_parser *p, uint64_t line, const char *what)
{
    if (p->delivery.events.damage != NULL)
        p->delivery.events.damage(p->delivery.user, line, what);
}

static void damage(struct text_parser *p, const char *what)
{
    damage_at(p, p->stats.lines, what);
}

static struct record *record(struct text_parser *p)
{
    return &p->delivery.now->record;
}

/* The goroutine goes on, but not all of its stack can be read. */
static void cut_at(struct text_parser *p, uint64_t line, const char *what)
{
    record(p)->pub.cut = true;
    damage_at(p, line, what);
}

static void cut(struct text_parser *p, const char *what)
{
    cut_at(p, p->stats.lines, what);
}

static void skip_line(struct text_parser *p, uint64_t line)
{
    p->stats.skipped_lines++;
    damage_at(p, line, "line fits no known form");
}

/* No position followed: the line before the last was no name. */
static void drop_bare(struct text_parser *p)
{
    if (p->bare)
        skip_line(p, p->stats.lines - 1);
    p->bare = false;
}

static void keep_name(struct text_parser *p, struct grl_text name)
{
    p->name_len = name.len < sizeof p->name ? name.len : sizeof p->name;
    memcpy(p->name, name.ptr, p->name_len);
    p->name_line = p->stats.lines;
    p->plain = false;
    if (p->name_len < name.len)
        cut(p, "function name is too long");
}

static const struct raw_frame *frame(struct text_parser *p,
                                     struct grl_text position)
{
    struct grl_text name = {p->name, p->name_len};

    if (position.len > LIMIT_FRAME_BYTES - p->name_len) {
        position.len = LIMIT_FRAME_BYTES - p->name_len;
        cut(p, "file name is too long");
    }
    return p->frames.frame(p->frames.user, name, position);
}

/* The fast path takes a frame's text for a call and a position, so only what
 * the recogniser took for those, whole, may be learned; and no position that
 * reads otherwise without its offset. */
static void learn(struct text_parser *p, const struct raw_frame *f,
                  struct grl_text position)
{
    if (p->plain && position.len > 0 &&
        p->name_len + position.len < LIMIT_FRAME_BYTES &&
        !text_starts(position, TEXT("created by ")))
        known_learn(p->fast->known, f);
    fast_pass(p->fast, &p->place, f);
}

static enum grl_status push(struct text_parser *p, struct grl_text position)
{
    const struct raw_frame *f = frame(p, position);

    if (f == NULL)
        return GRL_ENOMEM;
    learn(p, f, position);
    record_push(record(p), f->pub);
    p->at = PLACE_STACK;
    return GRL_OK;
}

static enum grl_status set_creator(struct text_parser *p,
                                   struct grl_text position)
{
    const struct raw_frame *f = frame(p, position);

    if (f == NULL)
        return GRL_ENOMEM;
    learn(p, f, position);
    record(p)->pub.created_by = f->pub;
    p->at = PLACE_COMPLETE;
    return GRL_OK;
}

/* A call or a creator whose position never came is kept without one. */
static enum grl_status give_up_position(struct text_parser *p)
{
    if (p->at == PLACE_CALL) {
        cut_at(p, p->name_line, "call without a position");
        return push(p, TEXT(""));
    }
    if (p->at == PLACE_CREATOR) {
        cut_at(p, p->name_line, "creator without a position");
        return set_creator(p, TEXT(""));
    }
    return GRL_OK;
}

/* Whatever is open ends here. */
static enum grl_status end_goroutine(struct text_parser *p)
{
    bool open = p->at != PLACE_OUTSIDE && p->at != PLACE_SKIP;
    enum grl_status st = give_up_position(p);

    p->at = PLACE_OUTSIDE;
    p->doubled = false;
    if (st != GRL_OK || !open)
        return st;
    if (record(p)->pub.frame_count == 0 && !record(p)->pub.unavailable)
        cut_at(p, record(p)->pub.line, "goroutine without a stack");
    record(p)->path = p->place.path;
    return delivery_complete(&p->delivery);
}

static enum grl_status on_header(struct text_parser *p, const struct header *h,
                                 uint64_t line)
{
    enum grl_status st = end_goroutine(p);
    bool skip = false;

    if (st == GRL_OK)
        st = delivery_begin(&p->delivery, h, line, &skip);
    p->at = skip ? PLACE_SKIP : PLACE_STACK;
    p->place = fast_begin(p->fast, h->state);
    return st;
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
        if (p->doubled ||
            (record(p)->pub.frame_count == 0 && !record(p)->pub.unavailable))
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
    return end_goroutine(p);
}

static enum grl_status on_call(struct text_parser *p, const struct line *l)
{
    enum grl_status st = give_up_position(p);

    if (st != GRL_OK)
        return st;
    if (p->at == PLACE_STACK) {
        keep_name(p, l->function);
        p->plain = l->kind == LINE_CALL;
        p->at = PLACE_CALL;
    } else if (p->at == PLACE_COMPLETE) {
        skip_line(p, p->stats.lines);
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
        return push(p, l->position);
    if (p->at == PLACE_CREATOR && is_plausible(l))
        return set_creator(p, l->position);
    if (p->at == PLACE_STACK && p->bare &&
        (l->c_frame || (l->indented && !p->indented))) {
        p->bare = false;
        return push(p, l->position);
    }
    drop_bare(p);
    if (p->at != PLACE_OUTSIDE && p->at != PLACE_ANCESTOR &&
        p->at != PLACE_SKIP)
        skip_line(p, p->stats.lines);
    return GRL_OK;
}

static enum grl_status on_created(struct text_parser *p, const struct line *l)
{
    enum grl_status st = give_up_position(p);

    if (st != GRL_OK)
        return st;
    if (p->at == PLACE_STACK) {
        keep_name(p, l->function);
        p->plain = true;
        record(p)->pub.parent = l->parent;
        p->at = PLACE_CREATOR;
    } else if (p->at == PLACE_COMPLETE) {
        skip_line(p, p->stats.lines);
    }
    return GRL_OK;
}

/* Lines that are part of a stack without being a frame. */
static enum grl_status on_mark(struct text_parser *p, const struct line *l)
{
    enum grl_status st = give_up_position(p);

    if (st != GRL_OK || (p->at != PLACE_STACK && p->at != PLACE_COMPLETE))
        return st;
    if (l->kind == LINE_ELIDED) {
        record(p)->pub.elided = true;
    } else if (l->kind == LINE_UNAVAILABLE) {
        record(p)->pub.unavailable = true;
    } else if (l->kind == LINE_ORIGIN) {
        p->at = PLACE_ANCESTOR;
    } else if (p->at == PLACE_STACK) { /* LINE_NON_GO */
        keep_name(p, TEXT("non-Go function"));
        return push(p, TEXT(""));
    }
    return GRL_OK;
}

/* A line in a stack may be a name without "()": a C frame with symbols, or
 * gccgo.  Whether it is, its position will show. */
static void on_text(struct text_parser *p, const struct line *l)
{
    if (p->at == PLACE_STACK && l->text.len < sizeof p->name) {
        keep_name(p, l->text);
        p->bare = true;
        p->indented = l->indented;
    } else if (p->at != PLACE_OUTSIDE && p->at != PLACE_ANCESTOR &&
               p->at != PLACE_SKIP) {
        skip_line(p, p->stats.lines);
    }
}

static enum grl_status on_banner(struct text_parser *p, const struct line *l)
{
    enum grl_status st = end_goroutine(p);

    delivery_banner(&p->delivery, l->form,
                    text_starts(l->text, TEXT("panic:")));
    return st;
}

/* What the kinds mean, given where we are: the only place that decides. */
static enum grl_status step(struct text_parser *p, const struct line *l)
{
    enum grl_status st = GRL_OK;

    switch (l->kind) {
    case LINE_BLANK:
        return on_blank(p);
    case LINE_HEADER:
        return on_header(p, &l->header, p->stats.lines);
    case LINE_BROKEN_HEADER:
        st = end_goroutine(p);
        p->stats.skipped_lines++;
        damage(p, "goroutine header is cut or out of range");
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
    case LINE_BANNER:
        return on_banner(p, l);
    case LINE_SECTION:
        st = end_goroutine(p);
        delivery_section(&p->delivery);
        return st;
    case LINE_OTHER_STACK:
        return end_goroutine(p);
    case LINE_DIAGNOSTIC:
        return GRL_OK;
    case LINE_TEXT:
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
    if (p->at == PLACE_OUTSIDE || p->at == PLACE_SKIP)
        return;
    if (l->kind == LINE_TEXT || l->kind == LINE_OPEN_CALL ||
        (l->kind == LINE_POSITION && !l->offset && !l->c_frame)) {
        p->stats.truncated = true;
        cut(p, "the last line is cut");
    }
}

/* "...all stacksgoroutine 1 [running]:" is a header if a call follows. */
static void keep_glued(struct text_parser *p, struct grl_text header)
{
    if (header.len > sizeof p->glued)
        return;
    memcpy(p->glued, header.ptr, header.len);
    p->glued_len = header.len;
}

static enum grl_status settle_glued(struct text_parser *p,
                                    const struct line *next)
{
    struct line l;
    struct grl_text header = {p->glued, p->glued_len};

    p->glued_len = 0;
    if (header.len == 0 || next->kind != LINE_CALL)
        return GRL_OK;
    line_recognise(header, &l);
    return on_header(p, &l.header, p->stats.lines - 1);
}

/* Recognise RAW, behind whatever a log put before it. */
static void recognise(struct text_parser *p, struct grl_text raw,
                      struct line *l, struct grl_text *glued)
{
    size_t at = 0;

    *glued = TEXT("");
    raw = prefix_take_off(&p->prefix, raw);
    line_recognise(raw, l);
    if (l->kind == LINE_HEADER || l->kind == LINE_BANNER)
        return;
    at = prefix_find_header(raw);
    if (at == raw.len)
        return;
    if (prefix_is_one(text_sub(raw, 0, at))) {
        prefix_learn(&p->prefix, text_sub(raw, 0, at));
        line_recognise(text_sub(raw, at, raw.len), l);
    } else {
        *glued = text_sub(raw, at, raw.len);
    }
}

static enum grl_status on_line(void *user, struct grl_text raw, bool cut_line,
                               bool last)
{
    struct text_parser *p = user;
    struct grl_text glued;
    struct line l;
    enum grl_status st = GRL_OK;

    p->stats.lines++;
    p->stats.long_lines += cut_line;
    if (p->stats.lines == 1)
        text_eat(&raw, TEXT("\xef\xbb\xbf"));
    recognise(p, raw, &l, &glued);
    if (p->separates != NULL && p->separates(p->separates_user, raw)) {
        st = end_goroutine(p);
        delivery_banner(&p->delivery, "debug2", false);
    }
    if (l.kind != LINE_POSITION)
        drop_bare(p);
    if (st == GRL_OK)
        st = settle_glued(p, &l);
    keep_glued(p, glued);
    if (st == GRL_OK)
        st = step(p, &l);
    if (last)
        doubt_last_line(p, &l);
    return st;
}

/* Only where nothing but the lines themselves decides what they are. */
static bool may_go_fast(const struct text_parser *p)
{
    return !p->bare && !p->doubled && p->glued_len == 0 && p->prefix.len == 0 &&
           p->separates == NULL;
}

/* Frames that are known, into the record; TO is where they end. */
static enum grl_status take_stack(struct text_parser *p, const char *bytes,
                                  const char *end, size_t *len)
{
    struct grl_goroutine *g = &record(p)->pub;
    struct fast_stack s = {.frames = record(p)->frames + g->frame_count,
                           .room = LIMIT_FRAMES - g->frame_count,
                           .at = p->place};

    fast_read(p->fast, bytes, end, &s);
    g->frame_count += s.frame_count;
    p->place = s.at;
    p->stats.lines += s.lines;
    *len = s.len;
    if (s.creator != NULL) {
        g->created_by = s.creator->pub;
        g->parent = s.parent;
        p->at = PLACE_COMPLETE;
    }
    return s.complete ? end_goroutine(p) : GRL_OK;
}

/* Goroutines that are known, whole or as far as they are; see parse/fast.h. */
static enum grl_status on_bytes(void *user, const char *bytes, const char *end,
                                size_t *taken)
{
    struct text_parser *p = user;
    const char *at = bytes;
    size_t len = 1;
    struct header h;
    enum grl_status st = GRL_OK;

    while (st == GRL_OK && len > 0 && may_go_fast(p)) {
        len = 0;
        if (p->at == PLACE_STACK)
            st = take_stack(p, at, end, &len);
        if (len == 0 && (len = fast_header(at, end, &h)) > 0)
            st = on_header(p, &h, ++p->stats.lines);
        at += len;
    }
    *taken = (size_t)(at - bytes);
    return st;
}

void text_parser_init(struct text_parser *p,
                      const struct grl_parser_events *events, void *user,
                      struct frame_source frames, struct fast *fast)
{
    p->lines =
        (struct lines){.on_line = on_line, .on_bytes = on_bytes, .user = p};
    p->stats = (struct grl_parser_stats){0};
    p->frames = frames;
    p->separates = NULL;
    p->fast = fast;
    p->prefix.len = 0;
    p->glued_len = 0;
    p->at = PLACE_OUTSIDE;
    p->doubled = false;
    p->bare = false;
    p->name_len = 0;
    delivery_init(&p->delivery, events, user, &p->stats);
}

enum grl_status text_parser_feed(struct text_parser *p, const char *bytes,
                                 size_t len)
{
    return lines_feed(&p->lines, bytes, len);
}

enum grl_status text_parser_finish(struct text_parser *p)
{
    enum grl_status st = lines_finish(&p->lines);

    if (st != GRL_OK)
        return st;
    if (p->at == PLACE_CALL || p->at == PLACE_CREATOR ||
        (p->at == PLACE_STACK && record(p)->pub.frame_count == 0 &&
         !record(p)->pub.unavailable))
        p->stats.truncated = true;
    st = end_goroutine(p);
    return st == GRL_OK ? delivery_finish(&p->delivery) : st;
}

void text_parser_free(struct text_parser *p)
{
    lines_free(&p->lines);
    delivery_free(&p->delivery);
}
