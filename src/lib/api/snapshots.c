#include "api/snapshots.h"

#include "api/dumps.h"
#include "base/error.h"
#include "base/grow.h"
#include "base/xxh.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* As they are written here, and by programs that put a space behind a colon. */
#define MARK TEXT("{\"goroleak\":\"snapshot\"")
#define SPACED TEXT("{\"goroleak\": \"snapshot\"")

bool snapshots_begin(struct grl_text head)
{
    return text_starts(head, MARK) || text_starts(head, SPACED);
}

bool snapshots_may_begin(struct grl_text head)
{
    return (head.len < MARK.len && text_starts(MARK, head)) ||
           (head.len < SPACED.len && text_starts(SPACED, head));
}

void snapshots_free(struct snapshots *s)
{
    if (s->record != NULL)
        record_free(s->record);
    free(s->record);
    free(s->bytes);
    *s = (struct snapshots){0};
}

/* ----------------------------------------------------------------- members */

static struct grl_text text_member(const json_t *o, const char *key)
{
    const json_t *v = json_object_get(o, key);

    return json_is_string(v)
               ? (struct grl_text){json_string_value(v), json_string_length(v)}
               : TEXT("");
}

/* At least 0, at most MOST; 0 where there is none. */
static uint64_t number_member(const json_t *o, const char *key, uint64_t most)
{
    json_int_t n = json_integer_value(json_object_get(o, key));

    return n <= 0 ? 0 : (uint64_t)n < most ? (uint64_t)n : most;
}

/* "2026-11-27T03:55:28Z", or GRL_NO_TIME. */
static int64_t time_member(const json_t *o)
{
    struct grl_text t = text_member(o, "time");
    unsigned p[6];
    int64_t days = 0;

    if (t.len != 20 ||
        sscanf(t.ptr, "%4u-%2u-%2uT%2u:%2u:%2uZ", &p[0], &p[1], &p[2], &p[3],
               &p[4], &p[5]) != 6 ||
        p[0] < 1970 || p[1] < 1 || p[1] > 12)
        return GRL_NO_TIME;
    /* Days from 1 March of year 0, by Hinnant's days_from_civil. */
    p[0] -= p[1] <= 2;
    p[1] = (p[1] + 9) % 12;
    days = (int64_t)p[0] * 365 + p[0] / 4 - p[0] / 100 + p[0] / 400 +
           (153 * p[1] + 2) / 5 + p[2] - 1 - 719468;
    return days * 86400 + (int64_t)p[3] * 3600 + (int64_t)p[4] * 60 + p[5];
}

/* ------------------------------------------------------------------- frames */

static const struct grl_frame *frame_of_json(struct grl_dumps *d,
                                             const json_t *o)
{
    char position[LIMIT_FRAME_BYTES];
    struct frame_source source = frames_source(&d->frames);
    struct grl_text function = text_member(o, "function");
    struct grl_text file = text_member(o, "file");
    const struct raw_frame *f = NULL;
    bool again = false;
    int n = 0;

    if (function.len == 0 || function.len + file.len + 32 > LIMIT_FRAME_BYTES)
        return NULL;
    if (file.len > 0)
        n = snprintf(position, sizeof position, "%.*s:%llu", (int)file.len,
                     file.ptr,
                     (unsigned long long)number_member(o, "line", UINT32_MAX));
    f = source.frame(source.user, function,
                     (struct grl_text){position, (size_t)n}, &again);
    return f != NULL ? f->pub : NULL;
}

/* False when CLUSTER has none that could be read. */
static bool set_frames(struct snapshots *s, struct grl_dumps *d,
                       const json_t *cluster)
{
    const json_t *frames = json_object_get(cluster, "frames");
    const json_t *creator = json_object_get(cluster, "created_by");
    struct grl_goroutine *g = &s->record->pub;

    *g = (struct grl_goroutine){
        .frames = s->record->frames, .state = TEXT(""), .labels = TEXT("")};
    for (size_t i = 0; i < json_array_size(frames) && i < LIMIT_FRAMES; i++) {
        const struct grl_frame *f = frame_of_json(d, json_array_get(frames, i));

        if (f == NULL)
            return false;
        record_push(s->record, f);
    }
    if (json_is_object(creator) &&
        (g->created_by = frame_of_json(d, creator)) == NULL)
        return false;
    g->elided = json_is_true(json_object_get(cluster, "elided"));
    s->record->path = XXH3_64bits(g->frames,
                                  g->frame_count * sizeof *g->frames);
    return json_is_array(frames);
}

/* --------------------------------------------------------------- goroutines */

/* Which wait the goroutine at place I of COUNT has, so that least, median and
 * most are what they were. */
static int64_t wait_at(const json_t *waits, size_t i, size_t count)
{
    if (!json_is_object(waits))
        return -1;
    return (int64_t)number_member(waits,
                                  i == 0           ? "min"
                                  : i + 1 == count ? "max"
                                                   : "median",
                                  INT32_MAX);
}

/* A profile's: so many, without ids and states. */
static enum grl_status show_counted(struct snapshots *s, struct grl_dumps *d,
                                    const json_t *cluster)
{
    struct grl_goroutine *g = &s->record->pub;

    g->count = number_member(cluster, "count",
                             d->options.heap ? LIMIT_RECORD_BYTES
                                             : LIMIT_RECORD_COUNT);
    g->leaked = number_member(cluster, "leaked", 1) > 0;
    g->wait_minutes = -1;
    return g->count > 0 ? dumps_events.goroutine(d, g) : GRL_OK;
}

/* The ids in turn, as many of each state as it says; those beyond have the
 * last. */
static enum grl_status show_each(struct snapshots *s, struct grl_dumps *d,
                                 const json_t *cluster)
{
    const json_t *ids = json_object_get(cluster, "ids");
    const json_t *waits = json_object_get(cluster, "wait_minutes");
    json_t *states = json_object_get(cluster, "states");
    uint64_t locked = number_member(cluster, "locked", INT64_MAX);
    uint64_t leaked = number_member(cluster, "leaked", INT64_MAX);
    size_t count = json_array_size(ids);
    void *state = json_object_iter(states);
    uint64_t used = 0;
    struct grl_goroutine *g = &s->record->pub;
    enum grl_status st = GRL_OK;

    for (size_t i = 0; i < count && st == GRL_OK; i++, used++) {
        json_int_t id = json_integer_value(json_array_get(ids, i));
        void *next = state != NULL ? json_object_iter_next(states, state)
                                   : NULL;

        if (next != NULL &&
            (json_int_t)used >=
                json_integer_value(json_object_iter_value(state))) {
            state = next;
            used = 0;
        }
        g->state = state != NULL ? text_of(json_object_iter_key(state))
                                 : text_member(cluster, "state");
        g->id = id > 0 ? (uint64_t)id : 0;
        g->count = 1;
        g->locked = i < locked;
        g->leaked = i < leaked;
        g->wait_minutes = wait_at(waits, i, count);
        st = dumps_events.goroutine(d, g);
    }
    return st;
}

static enum grl_status show_cluster(struct snapshots *s, struct grl_dumps *d,
                                    const json_t *cluster)
{
    if (!set_frames(s, d, cluster)) {
        d->parser.stats.skipped_lines++;
        return GRL_OK;
    }
    return json_array_size(json_object_get(cluster, "ids")) > 0
               ? show_each(s, d, cluster)
               : show_counted(s, d, cluster);
}

/* -------------------------------------------------------------------- lines */

/* NAME in place of *OUT, if it is WANTED and there.  False: out of memory. */
static bool take_name(struct grl_dumps *d, struct grl_text name, bool wanted,
                      const char **out)
{
    const struct string *s = NULL;

    if (!wanted || name.len == 0)
        return true;
    s = strings_intern(&d->names, name);
    *out = s != NULL ? s->text : *out;
    return s != NULL;
}

static void set_memory(struct snapshot *s, const json_t *memory)
{
    if (!json_is_object(memory))
        return;
    s->memory = (struct grl_memory){
        .heap_inuse = number_member(memory, "heap_inuse", INT64_MAX),
        .stack_inuse = number_member(memory, "stack_inuse", INT64_MAX),
        .sys = number_member(memory, "sys", INT64_MAX),
        .num_gc = number_member(memory, "num_gc", INT64_MAX),
    };
    s->info.memory = &s->memory;
}

/* What a snapshot says of its dump, which the events have begun. */
static bool set_facts(struct grl_dumps *d, const json_t *root)
{
    const json_t *facts = json_object_get(root, "dump");
    struct grl_text instance = text_member(root, "instance");
    struct snapshot *now = dumps_current(d);
    int64_t time = time_member(facts);

    now->name_time = time;
    now->mtime = time;
    now->info.time = time;
    now->info.time_source = time != GRL_NO_TIME ? GRL_TIME_NAME : GRL_TIME_NONE;
    if (!take_name(d, instance, now->info.instance[0] == '\0',
                   &now->info.instance) ||
        !take_name(d, text_member(facts, "source"), true, &now->path))
        return false;
    if (!d->options.redact)
        now->info.source = now->path;
    set_memory(now, json_object_get(facts, "memory"));
    now->info.damaged = number_member(facts, "damaged", INT64_MAX);
    d->parser.delivery.cuts +=
        json_is_true(json_object_get(facts, "truncated"));
    d->parser.stats.skipped_lines += number_member(facts, "skipped_lines",
                                                   UINT32_MAX);
    return true;
}

/* Dumps of one source lose their times where they begin: these have theirs. */
static enum grl_status begin_dump(struct grl_dumps *d, const json_t *root)
{
    const struct string *form = strings_intern(
        &d->names, text_member(json_object_get(root, "dump"), "form"));
    struct snapshot *first = dumps_current(d) != NULL ? d->list[d->first]
                                                      : NULL;
    int64_t time = first != NULL ? first->info.time : GRL_NO_TIME;
    enum grl_time_source source = first != NULL ? first->info.time_source
                                                : GRL_TIME_NONE;
    enum grl_status st = GRL_ENOMEM;

    d->parser.delivery.before = delivery_counted(&d->parser.delivery);
    if (form != NULL)
        st = dumps_events.dump(d, form->text);
    if (d->passing)
        return st;
    if (first != NULL) {
        first->info.time = time;
        first->info.time_source = source;
    }
    return st == GRL_OK && !set_facts(d, root) ? GRL_ENOMEM : st;
}

static enum grl_status show(struct snapshots *s, struct grl_dumps *d,
                            const json_t *root)
{
    const json_t *clusters = json_object_get(root, "clusters");
    enum grl_status st = begin_dump(d, root);

    for (size_t i = 0; i < json_array_size(clusters) && st == GRL_OK; i++)
        st = show_cluster(s, d, json_array_get(clusters, i));
    return st;
}

static enum grl_status read_line(struct snapshots *s, struct grl_dumps *d)
{
    json_t *root = NULL;
    enum grl_status st = GRL_OK;

    s->lines++;
    if (s->len == 0)
        return GRL_OK;
    if (s->record == NULL && (s->record = calloc(1, sizeof *s->record)) == NULL)
        return GRL_ENOMEM;
    root = json_loadb(s->bytes, s->len, 0, NULL);
    if (json_is_array(json_object_get(root, "clusters")) &&
        json_integer_value(json_object_get(root, "schema")) == 1) {
        st = show(s, d, root);
    } else {
        d->parser.stats.skipped_lines++;
        d->lost_snapshots++;
        if (d->options.notice != NULL)
            d->options.notice(d->options.user, d->source, s->lines,
                              "no snapshot that can be read", NULL);
    }
    json_decref(root);
    s->len = 0;
    return st;
}

enum grl_status snapshots_feed(struct snapshots *s, struct grl_dumps *d,
                               const char *bytes, size_t len)
{
    struct grl_text rest = {bytes, len};
    enum grl_status st = GRL_OK;

    while (rest.len > 0 && st == GRL_OK) {
        size_t n = text_find_byte(rest, '\n');

        if (n > LIMIT_PROFILE_BYTES - s->len)
            return fail(&d->error, GRL_ELIMIT, "snapshot of more than 256 MiB",
                        0);
        if (!GROW(s->bytes, s->capacity, s->len + n + 1))
            return GRL_ENOMEM;
        memcpy(s->bytes + s->len, rest.ptr, n);
        s->len += n;
        if (n < rest.len)
            st = read_line(s, d);
        rest = text_sub(rest, n + (n < rest.len), rest.len);
    }
    return st;
}

enum grl_status snapshots_finish(struct snapshots *s, struct grl_dumps *d)
{
    return s->len > 0 ? read_line(s, d) : GRL_OK;
}
