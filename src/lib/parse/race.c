#include "parse/race.h"

#include "parse/assemble.h"
#include "parse/looks.h"

/* -------------------------------------------------------------- telling it */

static bool came_before(const struct race *r, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (r->racers[k].id == r->racers[i].id)
            return true;
    return false;
}

static enum grl_status tell_one(struct text_parser *p, const struct racer *w)
{
    const struct header h = {
        .id = w->id, .state = {w->state, w->state_len}, .wait_minutes = -1};
    enum grl_status st = assemble_begin(p, &h, w->line);
    struct record *to = assemble_record(p);

    if (st != GRL_OK)
        return st;
    p->delivery.now->before = p->race.before;
    for (size_t i = 0; i < w->frame_count; i++) {
        record_push(to, w->frames[i]->pub);
        fast_lose(&p->place, w->frames[i]);
    }
    to->pub.elided = w->elided;
    to->pub.cut = w->cut;
    to->pub.unavailable = w->frame_count == 0;
    if (w->creator != NULL) {
        to->pub.created_by = w->creator->pub;
        fast_lose(&p->place, w->creator);
    }
    return assemble_end(p);
}

static enum grl_status give_up_position(struct text_parser *p);

enum grl_status race_settle(struct text_parser *p)
{
    struct race *r = &p->race;
    enum grl_status st = r->open ? give_up_position(p) : GRL_OK;

    if (!r->open || r->count == 0 || st != GRL_OK) {
        r->open = false;
        return st;
    }
    r->open = false;
    for (size_t i = 0; i < r->count && st == GRL_OK; i++) {
        if (i == 0 || came_before(r, i))
            delivery_report(&p->delivery, "race");
        st = tell_one(p, &r->racers[i]);
    }
    return st == GRL_OK ? delivery_close(&p->delivery) : st;
}

/* A report may lack its last line, where a person copied only what is between;
 * but all have the state of every goroutine other than main. */
bool race_is_cut(const struct text_parser *p)
{
    const struct race *r = &p->race;

    if (!r->open || r->count == 0)
        return false;
    for (size_t i = 0; i < r->count; i++)
        if (r->racers[i].id > 1 && r->racers[i].state_len == 0)
            return true;
    return r->named;
}

/* --------------------------------------------------------------- its stacks */

static struct racer *racer_new(struct race *r, uint64_t id, uint64_t line)
{
    struct racer *w = &r->racers[r->count];

    if (r->count == LIMIT_RACERS)
        return NULL;
    r->count++;
    w->id = id;
    w->line = line;
    w->frame_count = 0;
    w->elided = false;
    w->cut = false;
    w->state_len = 0;
    w->creator = NULL;
    return w;
}

static void push(struct racer *w, const struct raw_frame *f, bool cut)
{
    w->cut = w->cut || cut;
    if (w->frame_count == LIMIT_FRAMES)
        w->elided = true;
    else
        w->frames[w->frame_count++] = f;
}

/* The innermost frame of a creation is the creator; the rest is how that one
 * was called. */
static void set_creator(struct race *r, const struct raw_frame *f, bool cut)
{
    for (size_t i = 0; i < r->count; i++) {
        struct racer *w = &r->racers[i];

        if (w->id == r->id && w->creator == NULL) {
            w->creator = f;
            w->cut = w->cut || cut;
        }
    }
}

/* The call whose name was kept stands at POSITION. */
static enum grl_status add_frame(struct text_parser *p,
                                 struct grl_text position, bool cut)
{
    struct race *r = &p->race;
    bool again = false;
    const struct raw_frame *f = NULL;

    r->named = false;
    if (r->at == RACE_IN_OTHER)
        return GRL_OK;
    cut = cut || position.len > LIMIT_FRAME_BYTES - p->name_len;
    f = assemble_frame(p, position, &again);
    if (f == NULL)
        return GRL_ENOMEM;
    if (r->at == RACE_IN_ACCESS)
        push(&r->racers[r->count - 1], f, cut);
    else
        set_creator(r, f, cut);
    return GRL_OK;
}

static enum grl_status give_up_position(struct text_parser *p)
{
    if (!p->race.named)
        return GRL_OK;
    assemble_damage(p, "call without a position");
    return add_frame(p, TEXT(""), true);
}

/* ---------------------------------------------------------------- its lines */

/* What a log put before the line is before the others of the report too. */
static void learn_prefix(struct text_parser *p, struct grl_text raw)
{
    size_t at = text_find(raw, TEXT("WARNING: DATA RACE"));
    struct grl_text before =
        text_sub(raw, 0, at < raw.len ? at : race_line_find_stack(raw));

    if (before.len == raw.len || !prefix_is_one(before))
        return;
    prefix_learn(&p->prefix, before);
    streams_follow(&p->streams, before);
}

static enum grl_status begin(struct text_parser *p, struct grl_text raw)
{
    enum grl_status st = race_settle(p);

    if (st == GRL_OK)
        st = assemble_end(p);
    learn_prefix(p, raw);
    if (p->hint.words == NULL)
        p->hint = looks_line(TEXT("WARNING: DATA RACE"));
    p->race.open = true;
    p->race.before = delivery_counted(&p->delivery);
    p->race.named = false;
    p->race.doubled = false;
    p->race.at = RACE_BETWEEN;
    p->race.count = 0;
    return st;
}

static void begin_access(struct text_parser *p, uint64_t id)
{
    p->race.id = id;
    p->race.at = RACE_IN_ACCESS;
    if (racer_new(&p->race, id, p->stats.lines) == NULL) {
        p->race.at = RACE_IN_OTHER;
        assemble_skip_line(p, p->stats.lines);
    }
}

static void set_state(struct race *r, uint64_t id, struct grl_text state)
{
    for (size_t i = 0; i < r->count; i++) {
        struct racer *w = &r->racers[i];

        if (w->id != id || state.len > sizeof w->state)
            continue;
        memcpy(w->state, state.ptr, state.len);
        w->state_len = state.len;
    }
}

/* Of one whose access is not told, that is all there is. */
static void begin_creation(struct text_parser *p, const struct race_line *l)
{
    struct race *r = &p->race;
    size_t i = 0;

    while (i < r->count && r->racers[i].id != l->id)
        i++;
    if (i == r->count)
        begin_access(p, l->id);
    r->id = l->id;
    r->at = RACE_IN_CREATION;
    set_state(r, l->id, l->state);
}

/* Does L begin something else? */
static bool is_other(struct text_parser *p, const struct line *l)
{
    return l->kind == LINE_HEADER || l->kind == LINE_BROKEN_HEADER ||
           l->kind == LINE_BANNER || l->kind == LINE_PROFILE ||
           l->kind == LINE_SECTION || l->kind == LINE_OTHER_STACK ||
           (p->glued_len > 0 && l->kind == LINE_CALL) ||
           (l->kind == LINE_TEXT && profile_is_record(p, l->text));
}

static enum grl_status on_name(struct text_parser *p, const struct line *l)
{
    enum grl_status st = give_up_position(p);

    assemble_keep_name(p, l->function);
    p->race.named = true;
    p->race.begun = true;
    return st;
}

/* L is no line that only reports have. */
static enum grl_status take_any(struct text_parser *p, const struct line *l)
{
    struct race *r = &p->race;

    if (l->kind == LINE_CALL || l->kind == LINE_OPEN_CALL)
        return on_name(p, l);
    if (l->kind == LINE_POSITION && r->named)
        return add_frame(p, l->position, false);
    if (l->kind != LINE_BLANK)
        assemble_skip_line(p, p->stats.lines);
    else if (r->named || !r->begun)
        r->doubled = true;
    else if (!r->doubled)
        r->at = RACE_BETWEEN;
    return GRL_OK;
}

static enum grl_status take_own(struct text_parser *p,
                                const struct race_line *l)
{
    enum grl_status st = give_up_position(p);

    if (st != GRL_OK)
        return st;
    p->race.begun = l->kind == RACE_NO_STACK;
    if (l->kind == RACE_END)
        return race_settle(p);
    if (l->kind == RACE_ACCESS)
        begin_access(p, l->id);
    else if (l->kind == RACE_CREATION)
        begin_creation(p, l);
    else if (l->kind == RACE_OTHER)
        p->race.at = RACE_IN_OTHER;
    return GRL_OK;
}

enum grl_status race_take(struct text_parser *p, const struct line *l,
                          struct grl_text raw, bool *taken)
{
    struct race *r = &p->race;
    struct race_line own;
    enum grl_status st = GRL_OK;

    if (!r->open && l->kind != LINE_TEXT) /* as nearly all are */
        return GRL_OK;
    race_line_recognise(l->text, &own);
    if (own.kind == RACE_WARNING || (own.kind == RACE_ACCESS && !r->open))
        st = begin(p, raw);
    if (!r->open)
        return st;
    if (st == GRL_OK && own.kind == RACE_NOTHING && is_other(p, l))
        return race_settle(p);
    *taken = own.kind != RACE_NOTHING || r->at != RACE_BETWEEN;
    if (!*taken || st != GRL_OK)
        return st;
    p->glued_len = 0;
    return own.kind != RACE_NOTHING ? take_own(p, &own) : take_any(p, l);
}
