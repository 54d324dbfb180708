#include "input/crew.h"

#include "base/error.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

enum slot_state { FREE, BUSY, READY };

struct slot {
    char *bytes;
    struct piece piece;
    bool last; /* the stream ends with the piece, or failed with STATUS */
    enum grl_status status;
    struct grl_error error;
    enum slot_state state;
    uint64_t number; /* of the piece */
    bool taken;      /* and nobody is told yet */
};

struct crew {
    const struct crew_work *work;
    pthread_mutex_t lock; /* over all below but the bytes of busy slots */
    pthread_cond_t changed;
    struct slot slots[CREW_MOST_SLOTS];
    size_t slot_count;
    uint64_t next; /* chunk to fill: slot next % slot_count */
    bool filling;
    bool over;      /* nothing is left to fill */
    size_t members; /* that have begun, to tell them apart */
};

/* The lock is held before and after, not meanwhile. */
static void fill(struct crew *c, struct slot *s, uint64_t number)
{
    const struct crew_work *w = c->work;

    s->last = false;
    s->piece = (struct piece){s->bytes, 0, 0};
    pthread_mutex_unlock(&c->lock);
    if (s->taken && w->done != NULL)
        w->done(w->source, s->number);
    s->number = number;
    s->taken = false;
    s->status = w->fill(w->source, number, s->bytes, &s->piece, &s->last,
                        &s->error);
    s->last = s->last || s->status != GRL_OK;
    pthread_mutex_lock(&c->lock);
    c->filling = false;
    c->over = c->over || s->last;
    pthread_cond_broadcast(&c->changed);
}

/* Fill and work on the next chunk, if a slot and the stream are free.  The lock
 * is held before and after, not meanwhile. */
static bool do_one(struct crew *c, size_t worker)
{
    size_t at = (size_t)(c->next % c->slot_count);
    struct slot *s = &c->slots[at];

    if (c->over || c->filling || s->state != FREE)
        return false;
    s->state = BUSY;
    c->filling = !c->work->apart;
    fill(c, s, c->next++);
    if (s->piece.len > 0) {
        pthread_mutex_unlock(&c->lock);
        c->work->ahead(c->work->user, worker, at, &s->piece);
        pthread_mutex_lock(&c->lock);
    }
    s->state = READY;
    pthread_cond_broadcast(&c->changed);
    return true;
}

static void *work(void *user)
{
    struct crew *c = user;
    size_t worker = 0;

    pthread_mutex_lock(&c->lock);
    worker = ++c->members;
    while (!c->over)
        if (!do_one(c, worker))
            pthread_cond_wait(&c->changed, &c->lock);
    pthread_mutex_unlock(&c->lock);
    return NULL;
}

static enum grl_status take(struct crew *c, size_t at, struct grl_error *err)
{
    struct slot *s = &c->slots[at];
    enum grl_status st = GRL_OK;

    if (s->piece.len > 0 || !s->last)
        st = c->work->take(c->work->user, at, &s->piece);
    s->taken = true;
    if (st != GRL_OK || s->status == GRL_OK)
        return st;
    if (err != NULL)
        *err = s->error;
    return s->status;
}

/* The chunks in order, as far as the last. */
static enum grl_status take_all(struct crew *c, struct grl_error *err)
{
    enum grl_status st = GRL_OK;
    bool last = false;
    size_t at = 0;

    pthread_mutex_lock(&c->lock);
    while (st == GRL_OK && !last) {
        struct slot *s = &c->slots[at];

        if (s->state != READY) {
            if (!do_one(c, 0))
                pthread_cond_wait(&c->changed, &c->lock);
            continue;
        }
        pthread_mutex_unlock(&c->lock);
        st = take(c, at, err);
        pthread_mutex_lock(&c->lock);
        last = s->last;
        s->state = FREE;
        at = (at + 1) % c->slot_count;
        pthread_cond_broadcast(&c->changed);
    }
    c->over = true;
    pthread_cond_broadcast(&c->changed);
    pthread_mutex_unlock(&c->lock);
    return st;
}

/* Signals are for the caller's threads. */
static size_t start(struct crew *c, pthread_t *threads, size_t count)
{
    sigset_t all;
    sigset_t before;
    size_t n = 0;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    while (n < count && pthread_create(&threads[n], NULL, work, c) == 0)
        n++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return n;
}

static bool make_slots(struct crew *c, size_t count)
{
    c->slot_count = count;
    for (size_t i = 0; i < count; i++) {
        c->slots[i].bytes = malloc(c->work->room);
        if (c->slots[i].bytes == NULL)
            return false;
    }
    return true;
}

enum grl_status crew_read(const struct crew_work *todo, size_t workers,
                          struct grl_error *err)
{
    struct crew c = {.work = todo};
    pthread_t threads[CREW_MOST_WORKERS];
    enum grl_status st = GRL_OK;
    size_t started = 0;

    pthread_mutex_init(&c.lock, NULL);
    pthread_cond_init(&c.changed, NULL);
    if (make_slots(&c, 2 * (workers + 1))) {
        started = start(&c, threads, workers);
        st = take_all(&c, err);
    } else {
        st = fail_memory(err);
    }
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    for (size_t i = 0; i < c.slot_count; i++)
        free(c.slots[i].bytes);
    pthread_cond_destroy(&c.changed);
    pthread_mutex_destroy(&c.lock);
    return st;
}
