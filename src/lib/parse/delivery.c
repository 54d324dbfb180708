#include "parse/delivery.h"

void delivery_init(struct delivery *d, const struct grl_parser_events *events,
                   void *user, struct grl_parser_stats *stats)
{
    seen_clear(&d->seen);
    d->events = *events;
    d->user = user;
    d->stats = stats;
    d->now = &d->slots[0];
    d->held = &d->slots[1];
    delivery_restart(d);
    d->between = false;
    d->cuts = 0;
    d->before = (struct counted){.cuts = 0};
    d->seen_zero = false;
    d->told = (struct told){.count = 0};
}

void delivery_banner(struct delivery *d, const char *form, bool panic)
{
    if (d->section && d->between && !panic) { /* stands above each thread */
        d->between = false;
        return;
    }
    d->section = false;
    if (d->banner == NULL)
        d->banner = form;
    d->panicked = d->panicked || panic;
}

void delivery_report(struct delivery *d, const char *form)
{
    d->section = false;
    d->panicked = false;
    d->banner = form;
}

enum grl_status delivery_close(struct delivery *d)
{
    enum grl_status st = delivery_finish(d);

    d->form = NULL;
    return st;
}

void delivery_section(struct delivery *d)
{
    d->section = d->form != NULL && strcmp(d->form, "debug2") != 0;
    d->between = d->section;
}

void delivery_rest(struct delivery *d)
{
    d->told.closed = d->banner == NULL && d->form != NULL && d->told.kept;
}

static void tell(struct told *t, uint64_t id)
{
    if (t->kept && !t->closed && t->count < sizeof t->ids / sizeof t->ids[0])
        t->ids[t->count++] = id;
}

/* Was ID told of, and comes for the second time? */
static bool take_told(struct told *t, uint64_t id)
{
    for (size_t i = 0; t->closed && i < t->count; i++) {
        if (t->ids[i] != id)
            continue;
        t->ids[i] = t->ids[--t->count];
        return true;
    }
    return false;
}

static bool is_running(struct grl_text state)
{
    return text_equal(state, TEXT("running"));
}

/* Did the first goroutine take the dump, if it runs?  A signal takes one from
 * outside, and a report is of other goroutines. */
static bool is_taken_inside(const char *form)
{
    static const char *const others[] = {"sigquit", "race", "goleak", "gleak",
                                         "delve"};

    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (strcmp(form, others[i]) == 0)
            return false;
    return true;
}

static enum grl_status deliver(struct delivery *d, struct pending *p)
{
    struct grl_goroutine *g = &p->record.pub;
    enum grl_status st = GRL_OK;

    p->full = false;
    g->observer = p->begins && is_running(g->state) && is_taken_inside(p->form);
    if (p->begins)
        d->before = p->before;
    if (p->begins && d->events.dump != NULL)
        st = d->events.dump(d->user, p->form);
    d->stats->goroutines += g->count;
    d->stats->damaged += g->cut ? g->count : 0;
    if (st == GRL_OK && d->events.goroutine != NULL)
        st = d->events.goroutine(d->user, g);
    return st;
}

/* H repeats an id: the next dump has begun, with H or with what is held. */
static bool begins_by_repetition(struct delivery *d, const struct header *h)
{
    if (!seen_has(&d->seen, h->id))
        return false;
    if (!d->held->full || !d->held->may_begin)
        return true;
    d->held->begins = true;
    seen_clear(&d->seen);
    seen_add(&d->seen, d->held->record.pub.id);
    return seen_has(&d->seen, h->id);
}

static enum grl_status settle_held(struct delivery *d, const struct header *h,
                                   bool *begins)
{
    if (!d->held->full)
        return GRL_OK;
    if (d->held->suspect && is_running(h->state)) {
        d->held->full = false; /* it was the text of the panic */
        if (d->events.damage != NULL)
            d->events.damage(d->user, d->held->record.pub.line,
                             "goroutine in the text of a panic, not counted");
        d->banner = d->held->form;
        *begins = true;
        return GRL_OK;
    }
    return deliver(d, d->held);
}

enum grl_status delivery_begin(struct delivery *d, const struct header *h,
                               uint64_t line, bool *skip)
{
    bool begins = d->form == NULL || d->banner != NULL;
    enum grl_status st = GRL_OK;

    *skip = d->banner == NULL &&
            (take_told(&d->told, h->id) ||
             (d->section &&
              (h->id == 0 ? d->seen_zero : seen_has(&d->seen, h->id))));
    if (*skip) {
        d->stats->repeated++;
        return GRL_OK;
    }
    begins = begins || begins_by_repetition(d, h);
    st = settle_held(d, h, &begins);
    if (st != GRL_OK)
        return st;
    if (begins) {
        seen_clear(&d->seen);
        d->seen_zero = false;
        d->section = false;
        d->form = d->banner != NULL ? d->banner : "debug2";
        d->told = (struct told){.kept = strcmp(d->form, "go-deadlock") == 0};
    }
    if (!record_begin(&d->now->record, h, line))
        return GRL_ENOMEM;
    seen_add(&d->seen, h->id);
    tell(&d->told, h->id);
    d->seen_zero = d->seen_zero || h->id == 0;
    d->now->full = true;
    d->now->form = d->form;
    d->now->before = delivery_counted(d);
    d->now->begins = begins;
    d->now->suspect = d->panicked && !is_running(h->state);
    d->now->may_begin = !begins && is_running(h->state) &&
                        is_taken_inside(d->form);
    d->panicked = false;
    d->banner = NULL;
    return GRL_OK;
}

enum grl_status delivery_complete(struct delivery *d)
{
    struct pending *done = d->now;

    if (!done->suspect && !done->may_begin)
        return deliver(d, done);
    d->now = d->held;
    d->held = done;
    return GRL_OK;
}

void delivery_restart(struct delivery *d)
{
    d->form = NULL;
    d->banner = NULL;
    d->panicked = false;
    d->section = false;
    d->held->full = false;
    d->now->full = false;
}

enum grl_status delivery_memory(struct delivery *d, const struct grl_memory *m)
{
    enum grl_status st = delivery_finish(d);

    d->held->full = false;
    return st == GRL_OK && d->events.memory != NULL
               ? d->events.memory(d->user, m)
               : st;
}

enum grl_status delivery_finish(struct delivery *d)
{
    return d->held->full ? deliver(d, d->held) : GRL_OK;
}

void delivery_free(struct delivery *d)
{
    record_free(&d->slots[0].record);
    record_free(&d->slots[1].record);
}
