/*
 * Which dump a goroutine belongs to, and whether it is one: the last stage of
 * the parser, between the finished record and the caller's events.
 *
 * One record may be held back until the next header tells:
 *  - a running goroutine in the middle of a dump, because a dump begins with
 *    the goroutine that took it and only a repeated id behind it shows that
 *    this was the beginning of the next dump;
 *  - a goroutine right after "panic:" that does not run, because before Go
 *    1.23 the text of a panic may hold a whole dump of its own.
 */
#ifndef PARSE_DELIVERY_H
#define PARSE_DELIVERY_H

#include "parse/record.h"
#include "parse/seen.h"

/* What the parser counts and a dump is told its part of. */
struct counted {
    uint64_t skipped_lines;
    uint64_t repeated;
    uint64_t cuts; /* processes whose last goroutine is cut */
};

struct delivery {
    struct grl_parser_events events;
    void *user;
    struct grl_parser_stats *stats;

    const char *form;   /* of the dump being read; NULL before the first */
    const char *banner; /* the next header begins a dump of this form */
    bool panicked;      /* "panic:" was read: a running goroutine must follow */
    bool section;       /* a crash lists its threads: goroutines repeat */
    bool between;       /* "-----" was read: the thread's banner follows */
    struct seen seen;
    uint64_t cuts;
    struct counted before; /* the dump that was reported last had its first
                              header, which was before it was reported */
    bool seen_zero; /* goroutine 0, a scheduler's stack, was in this dump */

    struct told {
        uint64_t ids[8];
        size_t count;
        bool kept;   /* the dump is a report of go-deadlock */
        bool closed; /* those come once more, in a list of all */
    } told;          /* by such a report */

    struct pending {
        struct record record;
        bool full;    /* the record is being put together, or held */
        bool begins;  /* it is the first of its dump */
        bool suspect; /* it may be the text of a panic */
        bool may_begin;
        const char *form;
        struct counted before;
    } slots[2];
    struct pending *now;  /* being put together */
    struct pending *held; /* or not full */
};

/* D is zeroed, or was freed: most of it is large, and need not be cleared for
 * each of many small texts. */
void delivery_init(struct delivery *d, const struct grl_parser_events *events,
                   void *user, struct grl_parser_stats *stats);

/* What was counted until now. */
static inline struct counted delivery_counted(const struct delivery *d)
{
    return (struct counted){d->stats->skipped_lines, d->stats->repeated,
                            d->cuts};
}

/* FORM of dump is announced by a line such as "panic: ..." */
void delivery_banner(struct delivery *d, const char *form, bool panic);

/* A report begins that is a dump of FORM, whatever was announced. */
void delivery_report(struct delivery *d, const char *form);

/* It is at its end: the next goroutine is of another dump. */
enum grl_status delivery_close(struct delivery *d);

/* "-----": a crash goes on with its next thread. */
void delivery_section(struct delivery *d);

/* A report of go-deadlock, which told of some goroutines, goes on with all. */
void delivery_rest(struct delivery *d);

/* A header at LINE: begin d->now, or set *SKIP when this goroutine was
 * reported before.  Delivers what was held. */
enum grl_status delivery_begin(struct delivery *d, const struct header *h,
                               uint64_t line, bool *skip);

/* d->now is complete: deliver or hold it. */
enum grl_status delivery_complete(struct delivery *d);

/* Another process's dumps come; the last of this one was delivered. */
void delivery_restart(struct delivery *d);

/* The memory of the process, as a profile told it. */
enum grl_status delivery_memory(struct delivery *d, const struct grl_memory *m);

/* The input has ended. */
enum grl_status delivery_finish(struct delivery *d);

void delivery_free(struct delivery *d);

#endif
