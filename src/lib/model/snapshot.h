/* One dump's clusters, frozen and sorted, with its totals. */
#ifndef MODEL_SNAPSHOT_H
#define MODEL_SNAPSHOT_H

#include "model/lineage.h"
#include "model/tally.h"

/* Zero-initialise. */
struct snapshot {
    struct grl_dump info;
    const char *path;  /* of its source, which info may show a part of */
    size_t sequence;   /* place in reading order */
    int64_t name_time; /* of the source, for sorting; or GRL_NO_TIME */
    int64_t mtime;
    uint64_t bytes;        /* of its source up to its end; 0: another follows */
    uint64_t digest;       /* of who was where: equal in copies of one dump */
    bool open;             /* counted something since it was frozen */
    const char *main_file; /* where main.main is, of goroutine 1; or NULL */
    struct arena arena;    /* of the tallies */
    struct tally **tallies; /* sorted once frozen */
    size_t count;
    size_t capacity;
    uint64_t *ignored_ids; /* of goroutines that rules left out, when ids are
                              kept; ascending once frozen */
    size_t ignored_count;
    size_t ignored_capacity;
    struct lineage lineage;   /* with options.lineage */
    struct grl_memory memory; /* of the process; where info points to it */
};

/* Count G, which has STACK and whose state as printed is STATE.  False when out
 * of memory. */
bool snapshot_add(struct snapshot *s, struct stack *stack,
                  const struct grl_goroutine *g, const struct string *state,
                  bool keep_ids, struct strings *names);

/* G was left out by a rule: only its id is kept.  False: out of memory. */
bool snapshot_ignore(struct snapshot *s, const struct grl_goroutine *g);

/* Sort, and fill what reports show.  More goroutines may follow, as they do
 * when dumps are merged; then freeze again. */
void snapshot_freeze(struct snapshot *s);

/* The dump is complete: its stacks may be counted in the next one. */
void snapshot_close(struct snapshot *s);

void snapshot_free(struct snapshot *s);

#endif
