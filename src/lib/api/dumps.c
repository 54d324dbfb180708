#include "api/dumps.h"

#include "base/error.h"
#include "base/grow.h"
#include "input/name_time.h"

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
    stacks_init(&d->stacks);
    stacks_init(&d->groups);
    d->fast.known = &d->known;
    d->ahead = ahead_new(options->threads, &d->fast);
    d->grouping.by = options->group_by;
    if (options->group_by == GRL_GROUP_LABEL && options->group_label == NULL)
        return fail(err, GRL_EINVAL, "no label to group by", 0);
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

static void close_current(struct grl_dumps *d)
{
    const struct grl_parser_stats *stats = &d->parser.stats;
    struct snapshot *s = dumps_current(d);

    if (s == NULL)
        return;
    s->info.skipped_lines = stats->skipped_lines - d->skipped_before;
    s->info.repeated = stats->repeated - d->repeated_before;
    d->skipped_before = stats->skipped_lines;
    d->repeated_before = stats->repeated;
    if (d->merged == NULL)
        snapshot_close(s);
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

static enum grl_status on_dump(void *user, const char *form)
{
    struct grl_dumps *d = user;
    struct snapshot *s = NULL;

    close_current(d);
    s = calloc(1, sizeof *s);
    if (s == NULL || !GROW(d->list, d->capacity, d->count + 1)) {
        free(s);
        return fail_memory(&d->error);
    }
    s->sequence = d->count;
    s->info.source = d->source;
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
    if (group->dump != d->count) {
        group->dump = d->count;
        s->info.clusters++;
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
                 ((uint64_t)g->wait_minutes << 40);

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
    struct stack *stack = NULL;

    *state = known != NULL ? known->state : strings_intern(&d->names, g->state);
    if (known != NULL)
        return known->stack;
    if (*state == NULL || !key_build(&d->key, &whole, g, &d->names))
        return NULL;
    stack = stacks_find(&d->stacks, &d->key, &whole, reached);
    if (stack != NULL)
        recall_keep(&d->recall, g, *state, stack);
    return stack;
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

    if (s == NULL)
        return fail(&d->error, GRL_EINVAL, "goroutine outside of a dump", 0);
    s->info.goroutines++;
    s->info.damaged += g->cut;
    if (g->id > s->info.max_id)
        s->info.max_id = g->id;
    stack = stack_of(d, g, &state, &reached);
    if (stack != NULL)
        group = group_of(d, stack, g, &reached);
    if (group == NULL)
        return limit(d, reached);
    s->digest += digest_of(g, stack);
    st = judge(d, stack, group, g, &keep);
    if (st != GRL_OK)
        return st;
    if (keep)
        return count(d, s, group, state, g) ? GRL_OK : fail_memory(&d->error);
    s->info.ignored++;
    return !d->options.keep_ids || snapshot_ignore(s, g)
               ? GRL_OK
               : fail_memory(&d->error);
}

static void on_damage(void *user, uint64_t line, const char *what)
{
    struct grl_dumps *d = user;

    if (d->options.verbose && d->options.notice != NULL)
        d->options.notice(d->options.user, d->source, line, what, NULL);
}

static bool separates(void *user, struct grl_text line)
{
    struct grl_dumps *d = user;

    return d->error.code == GRL_OK &&
           pattern_test(d->separator, line, &d->error) == HIT_YES;
}

/* ---------------------------------------------------- begin, feed, end */

enum grl_status grl_dumps_begin(struct grl_dumps *d, const char *name,
                                struct grl_error *err)
{
    static const struct grl_parser_events events = {on_goroutine, on_dump,
                                                    on_damage};
    struct grl_text path = text_of(name);
    struct grl_text captured = TEXT("");
    const struct string *source = strings_intern(&d->names, path);
    const struct string *process = NULL;

    if (d->instance != NULL &&
        pattern_capture(d->instance, path, &captured, err) == HIT_FAILED)
        return GRL_EPATTERN;
    if (d->instance != NULL && captured.len == 0 && d->options.notice != NULL)
        d->options.notice(d->options.user, name, 0,
                          "its path names no instance", NULL);
    process = strings_intern(&d->names, captured);
    if (source == NULL || process == NULL)
        return fail_memory(err);
    d->source = source->text;
    d->process = process->text;
    d->name_time = name_time(name);
    d->first = d->count;
    d->bytes = 0;
    d->skipped_before = 0;
    d->repeated_before = 0;
    d->head_len = 0;
    d->error = (struct grl_error){.code = GRL_OK};
    text_parser_init(&d->parser, &events, d, frames_source(&d->frames),
                     &d->fast);
    if (d->separator != NULL) {
        d->parser.separates = separates;
        d->parser.separates_user = d;
    }
    d->open = true;
    return GRL_OK;
}

/* The parser's failure, with the words of the callback that caused it. */
static enum grl_status stopped(struct grl_dumps *d, enum grl_status st,
                               struct grl_error *err)
{
    if (d->error.code == GRL_OK)
        return st == GRL_OK ? st : fail_memory(err);
    if (err != NULL)
        *err = d->error;
    return d->error.code;
}

enum grl_status dumps_feed(struct grl_dumps *d, const char *bytes, size_t len,
                           const struct sightings *seen, struct grl_error *err)
{
    size_t room = sizeof d->head - d->head_len;
    size_t take = len < room ? len : room;
    enum grl_status st = GRL_OK;

    if (take > 0)
        memcpy(d->head + d->head_len, bytes, take);
    d->head_len += take;
    d->bytes += len;
    st = seen != NULL ? text_parser_feed_scouted(&d->parser, bytes, len, seen)
                      : text_parser_feed(&d->parser, bytes, len);
    return stopped(d, st, err);
}

enum grl_status grl_dumps_feed(struct grl_dumps *d, const void *bytes,
                               size_t len, struct grl_error *err)
{
    return dumps_feed(d, bytes, len, NULL, err);
}

enum grl_status grl_dumps_end(struct grl_dumps *d, struct grl_error *err)
{
    enum grl_status st = text_parser_finish(&d->parser);
    struct snapshot *s = dumps_current(d);

    if (st == GRL_OK && s != NULL) {
        s->info.truncated = d->parser.stats.truncated ||
                            d->bytes == PPROF_CAP_BYTES;
        s->bytes = d->bytes;
        close_current(d);
    }
    text_parser_free(&d->parser);
    d->open = false;
    if (st != GRL_OK || d->error.code != GRL_OK)
        return stopped(d, st, err);
    if (dumps_current(d) == NULL)
        return fail_detail(err, GRL_ENODUMP, "no goroutine in it",
                           looks_like((struct grl_text){d->head, d->head_len}));
    return GRL_OK;
}

/* ----------------------------------------------------------- accessors */

size_t grl_dumps_count(const struct grl_dumps *d)
{
    return d->count;
}

const struct grl_dump *grl_dumps_get(const struct grl_dumps *d, size_t i)
{
    return &d->list[i]->info;
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
    if (d->open)
        text_parser_free(&d->parser);
    for (size_t i = 0; i < d->count; i++) {
        snapshot_free(d->list[i]);
        free(d->list[i]);
    }
    if (d->merged != NULL)
        snapshot_free(d->merged);
    free(d->merged);
    free(d->list);
    free(d->label);
    pattern_free(d->separator);
    pattern_free(d->instance);
    ahead_free(d->ahead);
    recall_free(&d->recall);
    stacks_free(&d->groups);
    stacks_free(&d->stacks);
    frames_free(&d->frames);
    strings_free(&d->names);
    free(d);
}
