#include "dump.h"

#include "site.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH_IDS = 16, THREADS_MOST = 32, HEADER_BYTES = 128 };

/* The runtime hands each P sixteen ids at a time (proc.go, newproc1). */
struct ids {
    uint64_t next;
    unsigned threads;
    uint64_t at[THREADS_MOST], end[THREADS_MOST];
};

struct text {
    char *bytes;
    size_t count, capacity;
};

/* A goroutine as printed, and where its record ends. */
struct record {
    uint32_t goroutine;
    size_t end;
    bool active;
};

/* One run being played. */
struct play {
    struct series *s;
    const struct run *run;
    uint32_t *births, *deaths; /* goroutines of the run by time */
    size_t count, born, dead;
    struct ids ids;
    double now;
    uint32_t *slots; /* goroutine + 1, or 0; the order of the dump */
    size_t slot_count;
    uint32_t *spare; /* slots of the dead, to be used again */
    size_t spare_count;
    struct text text;
    struct record *records;
    size_t record_count;
};

/* ------------------------------------------------------------------ ids */

static uint64_t take_id(struct ids *ids, struct random *r)
{
    size_t p = random_below(r, ids->threads);

    if (ids->at[p] == ids->end[p]) {
        ids->at[p] = ids->next;
        ids->next += BATCH_IDS;
        ids->end[p] = ids->next;
    }
    return ids->at[p]++;
}

/* N goroutines came and went unseen. */
static void skip_ids(struct ids *ids, struct random *r, uint64_t n)
{
    if (n <= (uint64_t)BATCH_IDS * ids->threads) {
        while (n-- > 0)
            take_id(ids, r);
        return;
    }
    ids->next += n / BATCH_IDS * BATCH_IDS;
    for (unsigned p = 0; p < ids->threads; p++)
        ids->at[p] = ids->end[p];
}

/* ---------------------------------------------------------------- events */

static const struct goroutine *sorting; /* qsort takes no argument */

static int by_birth(const void *pa, const void *pb)
{
    double a = sorting[*(const uint32_t *)pa].born;
    double b = sorting[*(const uint32_t *)pb].born;

    return (a > b) - (a < b);
}

static int by_death(const void *pa, const void *pb)
{
    double a = sorting[*(const uint32_t *)pa].died;
    double b = sorting[*(const uint32_t *)pb].died;

    return (a > b) - (a < b);
}

static void collect(struct play *p, size_t run)
{
    const struct series *s = p->s;

    for (size_t i = 0; i < s->count; i++)
        if (s->all[i].run == run)
            p->births[p->count++] = (uint32_t)i;
    memcpy(p->deaths, p->births, p->count * sizeof *p->deaths);
    sorting = s->all;
    qsort(p->births, p->count, sizeof *p->births, by_birth);
    qsort(p->deaths, p->count, sizeof *p->deaths, by_death);
}

static void give_birth(struct play *p, uint32_t index)
{
    struct series *s = p->s;
    struct goroutine *g = &s->all[index];
    double unseen = s->hidden * (g->born - p->now);

    skip_ids(&p->ids, &s->random, random_poisson(&s->random, unseen));
    p->now = g->born;
    g->id = take_id(&p->ids, &s->random);
    g->slot = p->spare_count > 0 ? p->spare[--p->spare_count]
                                 : (uint32_t)p->slot_count++;
    p->slots[g->slot] = index + 1;
}

static void bury(struct play *p, uint32_t index)
{
    uint32_t slot = p->s->all[index].slot;

    p->slots[slot] = 0;
    p->spare[p->spare_count++] = slot;
}

static void advance(struct play *p, double to)
{
    const struct goroutine *all = p->s->all;

    for (;;) {
        double born = p->born < p->count ? all[p->births[p->born]].born : to;
        double died = p->dead < p->born ? all[p->deaths[p->dead]].died : to;

        if (born >= to && died >= to)
            break;
        if (born <= died)
            give_birth(p, p->births[p->born++]);
        else
            bury(p, p->deaths[p->dead++]);
    }
    skip_ids(&p->ids, &p->s->random,
             random_poisson(&p->s->random, p->s->hidden * (to - p->now)));
    p->now = to;
}

/* ------------------------------------------------------------------ text */

static void put(struct text *t, const char *bytes, size_t n)
{
    if (t->count + n > t->capacity) {
        t->capacity = (t->count + n) * 2;
        t->bytes = must(realloc(t->bytes, t->capacity));
    }
    memcpy(t->bytes + t->count, bytes, n);
    t->count += n;
}

static void put_text(struct text *t, const char *text)
{
    put(t, text, strlen(text));
}

static void put_number(struct text *t, uint64_t n)
{
    char digits[20];
    size_t at = sizeof digits;

    do
        digits[--at] = (char)('0' + n % 10);
    while ((n /= 10) > 0);
    put(t, digits + at, sizeof digits - at);
}

/* The moment collection K of a run ended, K >= 1. */
static double gc_time(const struct play *p, double k)
{
    struct random r = random_new((uint64_t)k, (uint64_t)p->run->start);

    return p->run->start +
           p->s->gc_seconds * (k + 0.5 * random_unit(&r) - 0.25);
}

/*
 * N of ", N minutes", or 0.  The first collection that finds a goroutine
 * blocked stamps it with the end of the one before; see FORMAT section 21.
 */
static uint64_t wait_minutes(const struct play *p, double blocked, double now)
{
    double k = floor((blocked - p->run->start) / p->s->gc_seconds);

    k = k < 1 ? 1 : k;
    while (gc_time(p, k) <= blocked)
        k++;
    if (gc_time(p, k) > now || k < 2)
        return 0;
    return (uint64_t)fmax(0, (now - gc_time(p, k - 1)) / 60);
}

/* When G last fell asleep, seen at NOW. */
static double blocked_since(struct series *s, const struct goroutine *g,
                            double now)
{
    double wake = s->sites[g->site].wake;

    if (g->lost || wake <= 0)
        return g->born;
    return fmax(g->born, now - random_exponential(&s->random, wake));
}

static void put_goroutine(struct play *p, uint32_t index, double now)
{
    struct series *s = p->s;
    const struct goroutine *g = &s->all[index];
    const struct site *site = &s->sites[g->site];
    struct record *record = &p->records[p->record_count++];
    bool active = !g->lost && site->active > 0 &&
                  random_chance(&s->random, site->active);
    uint64_t minutes = active ? 0
                              : wait_minutes(p, blocked_since(s, g, now), now);

    put_text(&p->text, "goroutine ");
    put_number(&p->text, g->id);
    put_text(&p->text, " [");
    put_text(&p->text, active ? "runnable" : site_reason(site));
    if (minutes > 0) {
        put_text(&p->text, ", ");
        put_number(&p->text, minutes);
        put_text(&p->text, " minutes");
    }
    put_text(&p->text, "]:\n");
    put(&p->text, site->body[p->run->build][active],
        site->body_bytes[p->run->build][active]);
    *record = (struct record){index, p->text.count, active};
}

/* The handler that takes the dump, and main; no site owns them. */
static void put_own(struct play *p)
{
    put_text(&p->text, "goroutine ");
    put_number(&p->text, take_id(&p->ids, &p->s->random));
    put_text(&p->text,
             " [running]:\n"
             "runtime/pprof.writeGoroutineStacks({0x9f1f80, 0xc0001c40e0})\n"
             "\t/usr/local/go/src/runtime/pprof/pprof.go:764 +0x6a\n"
             "net/http/pprof.handler.ServeHTTP({0xc00001a0c1, 0x9})\n"
             "\t/usr/local/go/src/net/http/pprof/pprof.go:272 +0x52b\n"
             "net/http.(*conn).serve(0xc00019e1b0, {0xa5f0c8, 0xc000190c30})\n"
             "\t/usr/local/go/src/net/http/server.go:2102 +0x625\n"
             "created by net/http.(*Server).Serve in goroutine 9\n"
             "\t/usr/local/go/src/net/http/server.go:3454 +0x485\n\n"
             "goroutine 1 [select]:\n"
             "main.main()\n\t/src/shop/main.go:88 +0x1c5\n\n");
}

/* ----------------------------------------------------------------- dumps */

/* A buffer of a fixed size, a power of two that the late dumps outgrow. */
static void choose_cap(struct series *s, size_t bytes)
{
    if (!series_has(s, CAPPED) || s->cap_bytes > 0)
        return;
    s->cap_bytes = 1U << 16;
    while ((double)s->cap_bytes < 1.25 * (double)bytes)
        s->cap_bytes *= 2;
}

static size_t cut_at(struct series *s, size_t dump, size_t bytes)
{
    choose_cap(s, bytes);
    if (dump == s->cut_dump)
        return (size_t)(s->cut_share * (double)bytes);
    if (s->cap_bytes > 0 && bytes > s->cap_bytes)
        return s->cap_bytes;
    return bytes;
}

static void note(struct play *p, struct shown *shown, size_t dump,
                 const struct record *record)
{
    struct goroutine *g = &p->s->all[record->goroutine];
    size_t kind = p->run->build * 2 + record->active;

    if (g->seen == 0)
        g->first_seen = (uint8_t)dump;
    g->last_seen = (uint8_t)dump;
    g->seen++;
    shown->counts[(g->site * (size_t)KINDS + kind) * shown->dumps + dump]++;
}

static void write_dump(struct play *p, double now)
{
    p->text.count = 0;
    p->record_count = 0;
    put_own(p);
    for (size_t i = 0; i < p->slot_count; i++)
        if (p->slots[i] > 0)
            put_goroutine(p, p->slots[i] - 1, now);
}

static void play_run(struct play *p, struct shown *shown, dump_fn *fn,
                     void *user)
{
    struct series *s = p->s;

    for (size_t d = p->run->first; d < p->run->last; d++) {
        size_t bytes = 0;

        if (!s->repeats[d]) {
            advance(p, s->times[d]);
            write_dump(p, s->times[d]);
        }
        bytes = cut_at(s, d, p->text.count);
        shown->cut[d] = bytes < p->text.count;
        for (size_t i = 0; i < p->record_count; i++)
            if (p->records[i].end <= bytes)
                note(p, shown, d, &p->records[i]);
        fn(user, d, p->text.bytes, bytes);
    }
}

void dumps_write(struct series *s, struct shown *shown, dump_fn *fn, void *user)
{
    size_t most = s->count + 1;
    struct play p = {.s = s};

    *shown = (struct shown){.dumps = s->dump_count};
    shown->counts = must(
        calloc(s->site_count * KINDS * s->dump_count, sizeof *shown->counts));
    p.births = must(malloc(most * sizeof *p.births));
    p.deaths = must(malloc(most * sizeof *p.deaths));
    p.slots = must(malloc(most * sizeof *p.slots));
    p.spare = must(malloc(most * sizeof *p.spare));
    p.records = must(malloc(most * sizeof *p.records));
    for (size_t i = 0; i < s->run_count; i++) {
        p.run = &s->runs[i];
        p.count = p.born = p.dead = p.slot_count = p.spare_count = 0;
        p.ids = (struct ids){.next = 2 * BATCH_IDS, .threads = s->threads};
        p.now = p.run->start;
        collect(&p, i);
        play_run(&p, shown, fn, user);
    }
    free(p.births);
    free(p.deaths);
    free(p.slots);
    free(p.spare);
    free(p.records);
    free(p.text.bytes);
}

const uint32_t *shown_counts(const struct shown *shown, size_t site,
                             size_t kind)
{
    return shown->counts + (site * (size_t)KINDS + kind) * shown->dumps;
}

void shown_free(struct shown *shown)
{
    free(shown->counts);
}
