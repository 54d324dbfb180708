/*
 * OpenMetrics, and so Prometheus' text format: the last dump of each process,
 * and its leaks where a series was judged.
 * https://prometheus.io/docs/specs/om/open_metrics_spec/
 */
#include "base/utf8.h"
#include "report/forms.h"
#include "report/place.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

/* Series that one report has at most of one metric, so that a fleet of them
 * does not drown a server; the number of leaks counts all. */
enum { MOST_LEAKS = 100, MOST_STATES = 64 };

struct metrics {
    struct sink sink;
    const struct grl_report *report;
    const struct grl_dumps *dumps;
    const struct grl_trend *trend; /* NULL: nothing was judged */
};

/* ------------------------------------------------------------------ lines */

static void put_metric(struct metrics *m, const char *name, const char *help)
{
    sink_printf(&m->sink, "# HELP goroleak_%s %s\n", name, help);
    sink_printf(&m->sink, "# TYPE goroleak_%s gauge\n", name);
}

/* What is no UTF-8, or would steer a terminal, as \xNN with its backslash
 * doubled. */
static void put_value(struct sink *s, struct grl_text t)
{
    while (t.len > 0) {
        size_t len = 1;
        int32_t code = utf8_next(t, &len);
        bool odd = code < 0 || utf8_is_control(code);

        if (odd || code == '\\' || code == '"')
            sink_puts(s, "\\");
        sink_safe(s, text_sub(t, 0, odd ? 1 : len));
        t = text_sub(t, odd ? 1 : len, t.len);
    }
}

/* The label KEY behind those before; the first opens the braces. */
static void put_label(struct metrics *m, bool first, const char *key,
                      const char *value)
{
    sink_puts(&m->sink, first ? "{" : ",");
    sink_printf(&m->sink, "%s=\"", key);
    put_value(&m->sink, text_of(value));
    sink_puts(&m->sink, "\"");
}

static const char *process_name(const struct metrics *m, const char *instance)
{
    bool named = instance != NULL && instance[0] != '\0';

    return named                        ? instance
           : m->report->process != NULL ? m->report->process
                                        : "";
}

static void put_sample(struct metrics *m, const char *name,
                       const char *instance)
{
    sink_printf(&m->sink, "goroleak_%s", name);
    put_label(m, true, "process", process_name(m, instance));
}

static void put_count(struct metrics *m, uint64_t count)
{
    sink_printf(&m->sink, "} %" PRIu64 "\n", count);
}

/* ------------------------------------------------------------------ dumps */

/* Is dump I the last of its process?  Instances are interned. */
static bool is_last(const struct metrics *m, size_t i)
{
    const char *instance = grl_dumps_get(m->dumps, i)->instance;

    for (size_t k = grl_dumps_count(m->dumps); k > i + 1; k--)
        if (grl_dumps_get(m->dumps, k - 1)->instance == instance)
            return false;
    return true;
}

struct state_sum {
    const char *state;
    uint64_t count;
};

/* What is one state too many counts in the last one. */
static void add_state(struct state_sum *sums, size_t *used, const char *state,
                      uint64_t count)
{
    size_t i = 0;

    while (i < *used && strcmp(sums[i].state, state) != 0)
        i++;
    if (i == MOST_STATES) {
        i--;
        sums[i].state = "other";
    } else if (i == *used) {
        sums[(*used)++] = (struct state_sum){state, 0};
    }
    sums[i].count += count;
}

static void put_states(struct metrics *m, size_t dump)
{
    struct state_sum sums[MOST_STATES];
    size_t used = 0;

    for (size_t i = 0; i < grl_cluster_count(m->dumps, dump); i++) {
        const struct grl_cluster *c = grl_cluster_get(m->dumps, dump, i);
        uint64_t rest = c->count; /* profiles tell no states */

        for (size_t k = 0; k < c->state_count; k++) {
            add_state(sums, &used, c->states[k].state, c->states[k].count);
            rest -= c->states[k].count;
        }
        if (rest > 0)
            add_state(sums, &used, "", rest);
    }
    for (size_t i = 0; i < used; i++) {
        put_sample(m, "goroutines", grl_dumps_get(m->dumps, dump)->instance);
        put_label(m, false, "state", sums[i].state);
        put_count(m, sums[i].count);
    }
}

static uint64_t stacks_of(const struct grl_dump *d)
{
    return d->clusters;
}

static uint64_t ignored_of(const struct grl_dump *d)
{
    return d->ignored;
}

static uint64_t damaged_of(const struct grl_dump *d)
{
    return d->damaged;
}

static uint64_t skipped_of(const struct grl_dump *d)
{
    return d->skipped_lines;
}

static uint64_t truncated_of(const struct grl_dump *d)
{
    return d->truncated;
}

static void put_memory(struct metrics *m, const struct grl_dump *d)
{
    const struct {
        const char *kind;
        uint64_t bytes;
    } parts[] = {{"heap_inuse", d->memory->heap_inuse},
                 {"stack_inuse", d->memory->stack_inuse},
                 {"sys", d->memory->sys}};

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        put_sample(m, "memory_bytes", d->instance);
        put_label(m, false, "kind", parts[i].kind);
        put_count(m, parts[i].bytes);
    }
}

/* Only where heap profiles lay beside the dumps. */
static void put_memories(struct metrics *m)
{
    bool any = false;

    for (size_t i = 0; i < grl_dumps_count(m->dumps); i++) {
        const struct grl_dump *d = grl_dumps_get(m->dumps, i);

        if (d->memory == NULL || !is_last(m, i))
            continue;
        if (!any)
            put_metric(m, "memory_bytes",
                       "Memory of the process beside the last dump, as "
                       "runtime.MemStats has it.");
        any = true;
        put_memory(m, d);
    }
}

static void put_dumps(struct metrics *m)
{
    static const struct {
        const char *name, *help;
        uint64_t (*of)(const struct grl_dump *d);
    } facts[] = {
        {"stacks", "Distinct stacks in the last dump.", stacks_of},
        {"goroutines_ignored", "Goroutines that rules left out.", ignored_of},
        {"dump_damaged_goroutines",
         "Goroutines of the last dump whose stack is not all there.",
         damaged_of},
        {"dump_skipped_lines",
         "Lines in stacks of the last dump that fit no known form.",
         skipped_of},
        {"dump_truncated", "1 when the last dump is cut.", truncated_of},
    };
    size_t count = grl_dumps_count(m->dumps);

    put_metric(m, "goroutines", "Goroutines in the last dump by wait reason.");
    for (size_t i = 0; i < count; i++)
        if (is_last(m, i))
            put_states(m, i);
    for (size_t k = 0; k < sizeof facts / sizeof facts[0]; k++) {
        put_metric(m, facts[k].name, facts[k].help);
        for (size_t i = 0; i < count; i++)
            if (is_last(m, i)) {
                const struct grl_dump *d = grl_dumps_get(m->dumps, i);

                put_sample(m, facts[k].name, d->instance);
                put_count(m, facts[k].of(d));
            }
    }
    put_memories(m);
    put_metric(m, "dump_time_seconds", "When the last dump was taken.");
    for (size_t i = 0; i < count; i++) {
        const struct grl_dump *d = grl_dumps_get(m->dumps, i);

        if (d->time == GRL_NO_TIME || !is_last(m, i))
            continue;
        put_sample(m, "dump_time_seconds", d->instance);
        sink_printf(&m->sink, "} %" PRId64 "\n", d->time);
    }
}

/* ------------------------------------------------------------------ leaks */

/* Where a restart left nothing, nothing leaks now. */
static bool is_told(const struct metrics *m, const struct grl_finding *f)
{
    return f->verdict == GRL_LEAKING && f->last > 0 &&
           (m->report->silent == NULL ||
            !m->report->silent(m->report->silent_user, f));
}

static void put_leak(struct metrics *m, const char *name,
                     const struct grl_finding *f)
{
    const struct grl_frame *at = place_of(f->cluster);
    char line[16];

    put_sample(m, name, f->instance);
    put_label(m, false, "signature", f->cluster->signature);
    put_label(m, false, "function", at != NULL ? at->function : "");
    put_label(m, false, "file", at != NULL ? at->file : "");
    snprintf(line, sizeof line, "%u", at != NULL ? (unsigned)at->line : 0);
    put_label(m, false, "line", line);
    put_label(m, false, "state",
              f->cluster->state != NULL ? f->cluster->state : "");
}

static void put_leaks(struct metrics *m)
{
    size_t told = 0;

    put_metric(m, "leak_goroutines", "Goroutines of a stack that leaks.");
    for (size_t i = 0; i < grl_trend_count(m->trend); i++) {
        const struct grl_finding *f = grl_trend_get(m->trend, i);

        if (!is_told(m, f) || told++ >= MOST_LEAKS)
            continue;
        put_leak(m, "leak_goroutines", f);
        put_count(m, f->last);
    }
    put_metric(m, "leak_growth_per_hour",
               "Goroutines by which a leaking stack grows in an hour.");
    told = 0;
    for (size_t i = 0; i < grl_trend_count(m->trend); i++) {
        const struct grl_finding *f = grl_trend_get(m->trend, i);

        if (!is_told(m, f) || told++ >= MOST_LEAKS || isnan(f->per_hour))
            continue;
        put_leak(m, "leak_growth_per_hour", f);
        sink_printf(&m->sink, "} %.6g\n", f->per_hour);
    }
}

/* Also 0, so that an alert can tell "none" from "nothing was judged". */
static void put_leak_count(struct metrics *m)
{
    put_metric(m, "leaks", "Stacks that leak.");
    for (size_t i = 0; i < grl_dumps_count(m->dumps); i++) {
        const char *instance = grl_dumps_get(m->dumps, i)->instance;
        uint64_t leaks = 0;

        if (!is_last(m, i))
            continue;
        for (size_t k = 0; k < grl_trend_count(m->trend); k++) {
            const struct grl_finding *f = grl_trend_get(m->trend, k);

            leaks += is_told(m, f) && strcmp(f->instance, instance) == 0;
        }
        put_sample(m, "leaks", instance);
        put_count(m, leaks);
    }
}

enum grl_status openmetrics(const struct grl_report *r,
                            const struct grl_dumps *d,
                            const struct grl_trend *t, struct grl_error *err)
{
    struct metrics m = {.report = r, .dumps = d, .trend = t};

    sink_init(&m.sink, r->write, r->user);
    put_dumps(&m);
    if (t != NULL) {
        put_leak_count(&m);
        put_leaks(&m);
    }
    sink_puts(&m.sink, "# EOF\n");
    return sink_finish(&m.sink, err);
}
