#include "api/dumps.h"

#include "base/error.h"
#include "base/grow.h"

#include <stdlib.h>

void grl_options_init(struct grl_options *o)
{
    *o = (struct grl_options){.size = sizeof *o};
}

static enum grl_status set_up(struct grl_dumps *d,
                              const struct grl_options *options,
                              struct grl_error *err)
{
    enum grl_status st = GRL_OK;

    d->options = *options;
    strings_init(&d->names);
    frames_init(&d->frames, &d->names);
    d->frames.redact = options->redact;
    d->frames.functions = options->group_by == GRL_GROUP_FUNCTION ||
                          options->group_by == GRL_GROUP_CALLS;
    stacks_init(&d->stacks);
    stacks_init(&d->groups);
    d->known.seed = d->frames.seed;
    d->fast.known = &d->known;
    d->ahead = ahead_new(options->threads, &d->fast);
    d->grouping.by = options->group_by;
    if (options->group_by == GRL_GROUP_LABEL && options->group_label == NULL)
        return fail(err, GRL_EINVAL, "no label to group by", 0);
    if (options->group_by == GRL_GROUP_LABEL && options->redact)
        return fail(err, GRL_EINVAL, "no grouping by a label that is redacted",
                    0);
    if (options->group_by == GRL_GROUP_LABEL) {
        d->label = strdup(options->group_label);
        if (d->label == NULL)
            return fail_memory(err);
        d->grouping.label = text_of(d->label);
    }
    if (options->merge && (d->merged = calloc(1, sizeof *d->merged)) == NULL)
        return fail_memory(err);
    if (options->instance != NULL &&
        (st = pattern_new(&d->instance, options->instance, err)) != GRL_OK)
        return st;
    if (options->line_prefix != NULL &&
        (st = pattern_new(&d->line_prefix, options->line_prefix, err)) !=
            GRL_OK)
        return st;
    return options->dump_separator != NULL
               ? pattern_new(&d->separator, options->dump_separator, err)
               : GRL_OK;
}

enum grl_status grl_dumps_new(struct grl_dumps **out,
                              const struct grl_options *options,
                              struct grl_error *err)
{
    struct grl_options defaults;
    struct grl_dumps *d = calloc(1, sizeof *d);
    enum grl_status st = GRL_OK;

    if (d == NULL)
        return fail_memory(err);
    grl_options_init(&defaults);
    defaults.keep_ids = true;
    st = set_up(d, options != NULL ? options : &defaults, err);
    if (st == GRL_OK)
        *out = d;
    else
        grl_dumps_free(d);
    return st;
}

struct snapshot *dumps_current(const struct grl_dumps *d)
{
    return d->count > d->first ? d->list[d->count - 1] : NULL;
}

static enum grl_status limit(struct grl_dumps *d, bool reached)
{
    return reached
               ? fail(&d->error, GRL_ELIMIT, "too many distinct signatures", 0)
               : fail_memory(&d->error);
}

/* ------------------------------------------------ events of the parser */

/* The dump being read is complete, and so much was counted until its end. */
static void close_at(struct grl_dumps *d, struct counted end)
{
    struct snapshot *s = d->passing ? NULL : dumps_current(d);

    if (s != NULL) {
        s->info.skipped_lines = end.skipped_lines - d->before.skipped_lines;
        s->info.repeated = end.repeated - d->before.repeated;
        s->info.truncated = s->info.truncated || end.cuts > d->before.cuts;
    }
    d->before = end;
    if (s != NULL && d->merged == NULL)
        snapshot_close(s);
}

void dumps_close_current(struct grl_dumps *d)
{
    close_at(d, delivery_counted(&d->parser.delivery));
}

/* Dumps that share a file have no time each of their own. */
static void set_time(struct grl_dumps *d, struct snapshot *s)
{
    s->name_time = d->name_time;
    s->mtime = GRL_NO_TIME;
    s->info.time = GRL_NO_TIME;
    if (d->count == d->first && d->name_time != GRL_NO_TIME) {
        s->info.time = d->name_time;
        s->info.time_source = GRL_TIME_NAME;
    } else if (d->count > d->first) {
        d->list[d->first]->info.time = GRL_NO_TIME;
        d->list[d->first]->info.time_source = GRL_TIME_NONE;
    }
}

static void on_damage(void *user, uint64_t line, const char *what)
{
    struct grl_dumps *d = user;

    if (d->options.verbose && d->options.notice != NULL)
        d->options.notice(d->options.user, d->source, line, what, NULL);
}

/* Is a dump of FORM wanted?  A race report lists the goroutines that raced and
 * no others: nothing to be judged, or to be compared with a dump. */
static void choose(struct grl_dumps *d, const char *form)
{
    bool heap = strcmp(form, "heap") == 0;
    bool race = strcmp(form, "race") == 0 && !d->options.races;

    d->passing = d->options.heap != heap || race;
    d->passed = d->passed || (d->passing && !race);
    if (race)
        on_damage(d, d->parser.stats.lines,
                  "a race report ends, which is no "
                  "dump of all goroutines");
}

static enum grl_status on_dump(void *user, const char *form)
{
    struct grl_dumps *d = user;
    struct snapshot *s = NULL;

    close_at(d, d->parser.delivery.before);
    choose(d, form);
    if (d->passing)
        return GRL_OK;
    s = calloc(1, sizeof *s);
    if (s == NULL || !GROW(d->list, d->capacity, d->count + 1)) {
        free(s);
        return fail_memory(&d->error);
    }
    s->sequence = d->count;
    s->path = d->source;
    s->info.source = d->shown;
    s->info.instance = d->process;
    s->info.index = d->count - d->first;
    s->info.form = form;
    set_time(d, s);
    d->list[d->count++] = s;
    if (d->options.rules != NULL)
        rules_begin_dump(d->options.rules);
    return GRL_OK;
}

/* What STACK counts in: itself, unless another grouping was asked for. */
static struct stack *group_of(struct grl_dumps *d, struct stack *stack,
                              const struct grl_goroutine *g, bool *reached)
{
    struct stack *group = NULL;

    if (d->grouping.by == GRL_GROUP_STACK)
        return stack;
    if (d->grouping.by != GRL_GROUP_LABEL && stack->group != NULL)
        return stack->group;
    *reached = false;
    if (!key_build(&d->key, &d->grouping, g, &d->names))
        return NULL;
    group = stacks_find(&d->groups, &d->key, &d->grouping, reached);
    stack->group = group;
    return group;
}

static enum grl_status judge(struct grl_dumps *d, struct stack *stack,
                             const struct stack *group,
                             const struct grl_goroutine *g, bool *keep)
{
    *keep = d->options.min_wait_minutes <= 0 ||
            g->wait_minutes >= d->options.min_wait_minutes;
    if (!*keep || d->options.rules == NULL)
        return GRL_OK;
    return rules_judge(d->options.rules, stack, group, g, keep, &d->error);
}

static bool count(struct grl_dumps *d, struct snapshot *s, struct stack *group,
                  const struct string *state, const struct grl_goroutine *g)
{
    struct grl_goroutine bare;

    if (group->dump != d->count) {
        group->dump = d->count;
        s->info.clusters++;
    }
    if (d->options.redact) {
        bare = *g;
        bare.labels = TEXT("");
        g = &bare;
    }
    return snapshot_add(d->merged != NULL ? d->merged : s, group, g, state,
                        d->options.keep_ids, &d->names);
}

/* Adds up, so that order does not matter; the mixer is splitmix64's (Steele,
 * Lea and Flood 2014). */
static uint64_t digest_of(const struct grl_goroutine *g,
                          const struct stack *stack)
{
    uint64_t x = g->id * 0x9e3779b97f4a7c15u + stack->index +
                 ((uint64_t)g->wait_minutes << 40) + g->count * 0xa0761d65u;

    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

/* The stack of G and the state it was in. */
static struct stack *stack_of(struct grl_dumps *d,
                              const struct grl_goroutine *g,
                              const struct string **state, bool *reached)
{
    static const struct grouping whole = {.by = GRL_GROUP_STACK};
    const struct recalled *known = recall_find(&d->recall, g);
    const size_t before = d->stacks.count;
    struct stack *stack = NULL;

    *state = known != NULL ? known->state : strings_intern(&d->names, g->state);
    if (known != NULL)
        return known->stack;
    if (*state == NULL || !key_build(&d->key, &whole, g, &d->names))
        return NULL;
    stack = stacks_find(&d->stacks, &d->key, &whole, reached);
    if (stack != NULL && d->stacks.count == before) /* it came again */
        recall_keep(&d->recall, g, *state, stack);
    return stack;
}

/* Rules leave goroutine 1 out, but its file tells one program from another.  Of
 * G, as stacks of one signature may be in several folders. */
static void note_main(struct snapshot *s, const struct grl_goroutine *g)
{
    if (g->id > 1 || s->main_file != NULL)
        return;
    for (size_t i = g->frame_count; i > 0; i--)
        if (strcmp(g->frames[i - 1]->function, "main.main") == 0) {
            s->main_file = frame_of(g->frames[i - 1])->path;
            return;
        }
}

void dumps_soon(void *user, uint64_t path, int64_t minutes, unsigned step)
{
    const struct grl_dumps *d = user;

    recall_prepare(&d->recall, path, minutes, step);
}

/* The parser reports a dump before its first goroutine, so there is one. */
static enum grl_status on_goroutine(void *user, const struct grl_goroutine *g)
{
    struct grl_dumps *d = user;
    struct snapshot *s = dumps_current(d);
    const struct string *state = NULL;
    struct stack *stack = NULL;
    struct stack *group = NULL;
    bool reached = false;
    bool keep = true;
    enum grl_status st = GRL_OK;

    if (d->passing)
        return GRL_OK;
    if (s == NULL)
        return fail(&d->error, GRL_EINVAL, "goroutine outside of a dump", 0);
    s->info.goroutines += g->count;
    s->info.damaged += g->cut ? g->count : 0;
    if (g->id > s->info.max_id)
        s->info.max_id = g->id;
    stack = stack_of(d, g, &state, &reached);
    if (stack != NULL)
        group = group_of(d, stack, g, &reached);
    if (group == NULL)
        return limit(d, reached);
    note_main(s, g);
    s->digest += digest_of(g, stack);
    if (d->options.lineage && !lineage_add(&s->lineage, g, &d->names))
        return fail_memory(&d->error);
    st = judge(d, stack, group, g, &keep);
    if (st != GRL_OK)
        return st;
    if (keep)
        return count(d, s, group, state, g) ? GRL_OK : fail_memory(&d->error);
    s->info.ignored += g->count;
    return !d->options.keep_ids || record_is_counted(g) || snapshot_ignore(s, g)
               ? GRL_OK
               : fail_memory(&d->error);
}

static enum grl_status on_memory(void *user, const struct grl_memory *m)
{
    memory_take(user, m);
    return GRL_OK;
}

const struct grl_parser_events dumps_events = {on_goroutine, on_dump, on_damage,
                                               on_memory};

/* ----------------------------------------------------------- accessors */

size_t grl_dumps_count(const struct grl_dumps *d)
{
    return d->count;
}

const struct grl_dump *grl_dumps_get(const struct grl_dumps *d, size_t i)
{
    return &d->list[i]->info;
}

uint64_t grl_dumps_lost(const struct grl_dumps *d)
{
    return d->lost_snapshots;
}

size_t grl_dumps_failed(const struct grl_dumps *d)
{
    return d->failed;
}

/* Merged dumps are sorted when they are asked for, as more may follow. */
static const struct snapshot *clusters_of(const struct grl_dumps *d, size_t i)
{
    if (d->merged == NULL)
        return d->list[i];
    if (d->merged->open)
        snapshot_freeze(d->merged);
    return d->merged;
}

size_t grl_cluster_count(const struct grl_dumps *d, size_t i)
{
    return clusters_of(d, i)->count;
}

const struct grl_cluster *grl_cluster_get(const struct grl_dumps *d, size_t i,
                                          size_t k)
{
    return &clusters_of(d, i)->tallies[k]->pub;
}

void grl_dumps_free(struct grl_dumps *d)
{
    if (d == NULL)
        return;
    dumps_stop(d);
    for (size_t i = 0; i < d->count; i++) {
        snapshot_free(d->list[i]);
        free(d->list[i]);
    }
    if (d->merged != NULL)
        snapshot_free(d->merged);
    free(d->merged);
    memory_free(&d->memories);
    free(d->list);
    free(d->label);
    pattern_free(d->separator);
    pattern_free(d->line_prefix);
    pattern_free(d->instance);
    ahead_free(d->ahead);
    recall_free(&d->recall);
    stacks_free(&d->groups);
    stacks_free(&d->stacks);
    frames_free(&d->frames);
    strings_free(&d->names);
    free(d);
}
