#include "api/restore.h"

#include "base/error.h"
#include "base/xxh.h"
#include "store/pack.h"

#include <stdio.h>
#include <stdlib.h>

/* What a cluster says of its goroutines as a whole. */
struct totals {
    uint64_t count, locked, leaked;
    struct grl_waits waits;
};

enum grl_status restore_begin(void *user, const struct read_snapshot *s)
{
    struct restoring *r = user;
    struct grl_dumps *d = r->dumps;
    const struct string *form = NULL;
    enum grl_status st = grl_dumps_begin(d, s->source, &r->error);

    if (st != GRL_OK)
        return st;
    form = strings_intern(&d->names, text_of(s->form));
    if (form == NULL)
        return fail_memory(&r->error);
    d->name_time = s->time;
    return dumps_events.dump(d, form->text);
}

enum grl_status restore_end(void *user, const struct read_snapshot *s)
{
    struct restoring *r = user;
    struct snapshot *now = dumps_current(r->dumps);

    if (r->dumps->passing) { /* over it: it is not of the kind asked for */
        dumps_stop(r->dumps);
        return GRL_OK;
    }
    dumps_close_current(r->dumps);
    now->mtime = s->time;
    now->bytes = s->bytes;
    now->info.truncated = s->truncated;
    now->info.damaged = s->damaged;
    now->info.skipped_lines = s->skipped;
    if (s->has_memory) {
        now->memory = s->memory;
        now->info.memory = &now->memory;
    }
    dumps_stop(r->dumps);
    return GRL_OK;
}

/* ---------------------------------------------------------------- the stack */

static const struct grl_frame *frame_from(struct grl_dumps *d, struct unpack *u)
{
    char position[LIMIT_FRAME_BYTES];
    struct frame_source source = frames_source(&d->frames);
    struct grl_text function = unpack_text(u);
    struct grl_text file = unpack_text(u);
    uint64_t line = unpack_number(u);
    const struct raw_frame *f = NULL;
    bool again = false;
    int n = 0;

    if (u->damaged || function.len + file.len + 32 > LIMIT_FRAME_BYTES)
        return NULL;
    if (file.len > 0)
        n = snprintf(position, sizeof position, "%.*s:%llu", (int)file.len,
                     file.ptr, (unsigned long long)line);
    f = source.frame(source.user, function,
                     (struct grl_text){position, (size_t)n}, &again);
    return f != NULL ? f->pub : NULL;
}

static bool set_stack(struct restoring *r, const struct read_cluster *c)
{
    struct unpack u = {c->stack, c->stack_len, false};
    struct record *now = r->record;
    uint64_t frames = 0;

    now->pub.elided = unpack_number(&u) != 0;
    frames = unpack_number(&u);
    now->pub.frame_count = 0;
    now->pub.created_by = NULL;
    for (uint64_t i = 0; i < frames && i < LIMIT_FRAMES; i++) {
        const struct grl_frame *f = frame_from(r->dumps, &u);

        if (f == NULL)
            return false;
        record_push(now, f);
    }
    if (unpack_number(&u) != 0)
        now->pub.created_by = frame_from(r->dumps, &u);
    now->path = XXH3_64bits(c->stack, c->stack_len);
    return !u.damaged;
}

/* ----------------------------------------------------------- its goroutines */

static struct totals totals_of(struct unpack *u)
{
    struct totals t = {.count = unpack_number(u),
                       .locked = unpack_number(u),
                       .leaked = unpack_number(u)};

    t.waits.known = unpack_number(u);
    t.waits.min = (int64_t)unpack_number(u);
    t.waits.median = (int64_t)unpack_number(u);
    t.waits.max = (int64_t)unpack_number(u);
    return t;
}

/* Which wait the goroutine at place I has, so that least, median and most are
 * what they were. */
static int64_t wait_at(const struct grl_waits *w, uint64_t i)
{
    if (i >= w->known)
        return -1;
    if (i == 0)
        return w->min;
    if (i == w->known - 1)
        return w->max;
    return w->median;
}

static enum grl_status show_one(struct restoring *r, const struct totals *t,
                                uint64_t i, uint64_t id)
{
    struct grl_goroutine *g = &r->record->pub;

    g->id = id;
    g->count = 1;
    g->locked = i < t->locked;
    g->leaked = i < t->leaked;
    g->wait_minutes = wait_at(&t->waits, i);
    return dumps_events.goroutine(r->dumps, g);
}

/* Of a profile: so many goroutines, without ids and states. */
static enum grl_status show_counted(struct restoring *r, const struct totals *t)
{
    struct grl_goroutine *g = &r->record->pub;

    g->id = 0;
    g->state = TEXT("");
    g->count = t->count;
    g->locked = false;
    g->leaked = t->leaked > 0;
    g->wait_minutes = -1;
    return dumps_events.goroutine(r->dumps, g);
}

/* States come before ids: STATES of them, which are gone through twice. */
static enum grl_status show_all(struct restoring *r, const struct totals *t,
                                uint64_t states, struct unpack u)
{
    struct unpack ids = u;
    uint64_t id = 0;
    uint64_t i = 0;
    enum grl_status st = GRL_OK;

    for (uint64_t k = 0; k < states; k++) {
        unpack_text(&ids);
        unpack_number(&ids);
    }
    unpack_number(&ids); /* how many: as many as there are goroutines */
    for (uint64_t k = 0; k < states && st == GRL_OK; k++) {
        struct grl_text state = unpack_text(&u);
        uint64_t n = unpack_number(&u);

        r->record->pub.state = state;
        for (; n > 0 && st == GRL_OK && !ids.damaged; n--) {
            id += unpack_number(&ids);
            st = show_one(r, t, i++, id);
        }
    }
    return st == GRL_OK && (u.damaged || ids.damaged)
               ? fail(&r->error, GRL_EIO, "history is damaged", 0)
               : st;
}

enum grl_status restore_cluster(void *user, const struct read_cluster *c)
{
    struct restoring *r = user;
    struct unpack u = {c->body, c->body_len, false};
    struct totals t = totals_of(&u);
    uint64_t states = unpack_number(&u);

    r->record->pub = (struct grl_goroutine){.frames = r->record->frames};
    if (!set_stack(r, c) || u.damaged)
        return fail(&r->error, GRL_EIO, "history is damaged", 0);
    return states == 0 ? show_counted(r, &t) : show_all(r, &t, states, u);
}
