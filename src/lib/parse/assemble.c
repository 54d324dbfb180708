#include "parse/assemble.h"

static void damage_at(struct text_parser *p, uint64_t line, const char *what)
{
    if (p->delivery.events.damage != NULL)
        p->delivery.events.damage(p->delivery.user, line, what);
}

void assemble_damage(struct text_parser *p, const char *what)
{
    damage_at(p, p->stats.lines, what);
}

struct record *assemble_record(struct text_parser *p)
{
    return &p->delivery.now->record;
}

/* The goroutine goes on, but not all of its stack can be read. */
static void cut_at(struct text_parser *p, uint64_t line, const char *what)
{
    assemble_record(p)->pub.cut = true;
    damage_at(p, line, what);
}

void assemble_cut(struct text_parser *p, const char *what)
{
    cut_at(p, p->stats.lines, what);
}

void assemble_skip_line(struct text_parser *p, uint64_t line)
{
    p->stats.skipped_lines++;
    damage_at(p, line, "line fits no known form");
}

void assemble_keep_name(struct text_parser *p, struct grl_text name)
{
    p->name_len = name.len < sizeof p->name ? name.len : sizeof p->name;
    memcpy(p->name, name.ptr, p->name_len);
    p->name_line = p->stats.lines;
    p->plain = false;
    if (p->name_len < name.len)
        assemble_cut(p, "function name is too long");
}

/* The fast path takes a frame's text for a call and a position, so only what
 * the recogniser took for those, whole, may be learned; and no position that
 * reads otherwise without its offset. */
static bool may_learn(const struct text_parser *p, struct grl_text position)
{
    return p->plain && position.len > 0 &&
           p->name_len + position.len < LIMIT_FRAME_BYTES &&
           !text_starts(position, TEXT("created by "));
}

const struct raw_frame *assemble_frame(struct text_parser *p,
                                       struct grl_text position, bool *again)
{
    struct grl_text name = {p->name, p->name_len};

    if (position.len > LIMIT_FRAME_BYTES - p->name_len) {
        position.len = LIMIT_FRAME_BYTES - p->name_len;
        assemble_cut(p, "file name is too long");
    }
    return p->frames.frame(p->frames.user, name, position, again);
}

/* The same, as the next one of the goroutine that is open. */
static const struct grl_frame *next_frame(struct text_parser *p,
                                          struct grl_text position)
{
    bool again = false;
    const struct raw_frame *f = assemble_frame(p, position, &again);

    if (f == NULL)
        return NULL;
    if (!may_learn(p, position)) {
        fast_lose(&p->place, f);
        return f->pub;
    }
    known_learn(p->fast->known, f, again);
    if (again)
        fast_pass(p->fast, &p->place, f);
    else
        fast_lose(&p->place, f);
    return f->pub;
}

enum grl_status assemble_push(struct text_parser *p, struct grl_text position)
{
    const struct grl_frame *f = next_frame(p, position);

    if (f == NULL)
        return GRL_ENOMEM;
    record_push(assemble_record(p), f);
    p->at = PLACE_STACK;
    return GRL_OK;
}

enum grl_status assemble_set_creator(struct text_parser *p,
                                     struct grl_text position)
{
    const struct grl_frame *f = next_frame(p, position);

    if (f == NULL)
        return GRL_ENOMEM;
    assemble_record(p)->pub.created_by = f;
    p->at = PLACE_COMPLETE;
    return GRL_OK;
}

/* A call or a creator whose position never came is kept without one. */
enum grl_status assemble_give_up_position(struct text_parser *p)
{
    if (p->at == PLACE_CALL) {
        cut_at(p, p->name_line, "call without a position");
        return assemble_push(p, TEXT(""));
    }
    if (p->at == PLACE_CREATOR) {
        cut_at(p, p->name_line, "creator without a position");
        return assemble_set_creator(p, TEXT(""));
    }
    return GRL_OK;
}

/* Whatever is open ends here. */
enum grl_status assemble_end(struct text_parser *p)
{
    bool open = p->at != PLACE_OUTSIDE && p->at != PLACE_SKIP;
    enum grl_status st = assemble_give_up_position(p);

    p->at = PLACE_OUTSIDE;
    p->doubled = false;
    if (st != GRL_OK || !open)
        return st;
    if (assemble_record(p)->pub.frame_count == 0 &&
        !assemble_record(p)->pub.unavailable)
        cut_at(p, assemble_record(p)->pub.line, "goroutine without a stack");
    assemble_record(p)->path = p->place.path;
    return delivery_complete(&p->delivery);
}

enum grl_status assemble_open(struct text_parser *p, const struct header *h,
                              uint64_t line)
{
    enum grl_status st = assemble_end(p);
    bool skip = false;

    if (st == GRL_OK)
        st = delivery_begin(&p->delivery, h, line, &skip);
    if (p->reversed.order == REVERSED_UNKNOWN)
        p->reversed.order = REVERSED_NO;
    p->at = skip ? PLACE_SKIP : PLACE_STACK;
    return st;
}

enum grl_status assemble_begin(struct text_parser *p, const struct header *h,
                               uint64_t line)
{
    enum grl_status st = assemble_open(p, h, line);

    p->place = fast_begin(p->fast, h->state);
    return st;
}
