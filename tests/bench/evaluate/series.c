#include "series.h"

#include "mechanism.h"
#include "site.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const behaviours[BEHAVIOURS] = {
    [LEAK_CONSTANT] = "constant rate",
    [LEAK_SLOW] = "slow",
    [LEAK_BURSTY] = "bursty",
    [LEAK_FAST] = "fast",
    [LEAK_PARTIAL] = "partial release",
    [LEAK_CHURN] = "hidden in churn",
    [LEAK_MIDDLE] = "from the middle on",
    [LEAK_TRAFFIC] = "with daily traffic",
    [POOL_FIXED] = "fixed pool",
    [POOL_REPLACED] = "pool, workers replaced",
    [POOL_WARMING] = "pool warming up",
    [CACHE_SATURATING] = "saturating cache",
    [STEP_STAYS] = "one step that stays",
    [LOAD_RAMP] = "load ramp",
    [LOAD_PLATEAU] = "load plateau",
    [SAWTOOTH] = "sawtooth",
    [DAY_NIGHT] = "day and night",
    [KEEPALIVE] = "keep-alive expiry",
    [KEEPALIVE_RAMP] = "keep-alive, ramp",
    [NOISE] = "noise in flight",
    [SUBSCRIBERS] = "subscribers",
    [HEAVY_TAIL] = "heavy-tailed lives",
    [BATCH] = "batch jobs",
    [EXACT_LIFE] = "exactly k intervals",
    [CONNECTION_POOL] = "connection pool to max",
    [LEAK_WAS_FIXED] = "leak that was fixed",
    [BACKGROUND] = "background",
};

static const char *const conditions[CONDITIONS] = {
    [JITTER] = "cron jitter",  [IRREGULAR] = "irregular times",
    [GAPS] = "gaps",           [DUPLICATES] = "duplicates",
    [RESTART] = "restarts",    [REDEPLOY] = "redeploys",
    [CAPPED] = "capped dumps", [CUT] = "cut in a record",
    [COLD] = "cold start",     [SEVERAL] = "several leaks",
};

void *must(void *memory)
{
    if (memory == NULL) {
        fprintf(stderr, "evaluate: out of memory\n");
        exit(2);
    }
    return memory;
}

bool behaviour_leaks(enum behaviour b)
{
    return b <= LEAK_TRAFFIC;
}

const char *behaviour_name(enum behaviour b)
{
    return behaviours[b];
}

const char *condition_name(enum condition c)
{
    return conditions[c];
}

bool series_has(const struct series *s, enum condition c)
{
    return (s->conditions >> c & 1U) != 0;
}

static void set(struct series *s, enum condition c)
{
    s->conditions |= 1U << c;
}

/* ------------------------------------------------------- when dumps are */

static void draw_conditions(struct series *s)
{
    static const enum condition schedules[] = {JITTER, IRREGULAR, GAPS,
                                               DUPLICATES};
    struct random *r = &s->random;

    for (size_t i = 0; i < sizeof schedules / sizeof *schedules; i++)
        if (random_chance(r, 0.15))
            set(s, schedules[i]);
    if (s->dump_count >= 6 && random_chance(r, 0.25)) {
        set(s, RESTART);
        if (random_chance(r, 0.5))
            set(s, REDEPLOY);
    }
    if (random_chance(r, 0.06))
        set(s, CAPPED);
    else if (random_chance(r, 0.06))
        set(s, CUT);
    if (random_chance(r, 0.5))
        set(s, COLD);
}

static double next_step(struct series *s)
{
    struct random *r = &s->random;
    double step = s->interval;

    if (series_has(s, IRREGULAR))
        step *= fmin(fmax(random_exponential(r, 1), 0.1), 4);
    if (series_has(s, GAPS) && random_chance(r, 2.0 / (double)s->dump_count))
        step += s->interval * floor(random_between(r, 2, 15));
    return step;
}

static void draw_times(struct series *s)
{
    struct random *r = &s->random;
    double due = 1767225600 + random_between(r, 0, 300 * 86400.0);

    for (size_t i = 0; i < s->dump_count; i++) {
        double late = series_has(s, JITTER)
                          ? random_between(r, 0, 0.2 * s->interval)
                          : random_between(r, 0, 2);

        s->repeats[i] = i > 0 && series_has(s, DUPLICATES) &&
                        random_chance(r, 2.0 / (double)s->dump_count);
        if (s->repeats[i])
            s->times[i] = s->times[i - 1] + floor(random_between(r, 1, 20));
        else
            s->times[i] = floor(due + late);
        if (i > 0 && s->times[i] <= s->times[i - 1])
            s->times[i] = s->times[i - 1] + 1;
        if (!s->repeats[i])
            due += next_step(s);
    }
}

/* ------------------------------------------------------------------ runs */

static int compare_doubles(const void *pa, const void *pb)
{
    const double *a = pa;
    const double *b = pb;

    return (*a > *b) - (*a < *b);
}

static void find_dumps_of_runs(struct series *s)
{
    for (size_t i = 0; i < s->run_count; i++) {
        struct run *run = &s->runs[i];

        run->first = 0;
        while (run->first < s->dump_count && s->times[run->first] < run->start)
            run->first++;
        run->last = run->first;
        while (run->last < s->dump_count && s->times[run->last] < run->end)
            run->last++;
    }
}

/* A dump that repeats another is of the same process. */
static double restart_time(struct series *s)
{
    size_t before = 0;

    do
        before = random_below(&s->random, s->dump_count - 1);
    while (s->repeats[before + 1]);
    return random_between(&s->random, s->times[before], s->times[before + 1]);
}

static void draw_runs(struct series *s)
{
    struct random *r = &s->random;
    double cuts[RUNS_MOST];
    size_t count = 1;
    double up = series_has(s, COLD) ? random_between(r, 0.05, 1.5)
                                    : random_log(r, 5, 50);

    cuts[0] = s->times[0] - up * s->interval;
    if (series_has(s, RESTART))
        count += 1 + random_below(r, RUNS_MOST - 1);
    for (size_t i = 1; i < count; i++)
        cuts[i] = restart_time(s);
    qsort(cuts, count, sizeof *cuts, compare_doubles);
    s->run_count = count;
    for (size_t i = 0; i < count; i++)
        s->runs[i] = (struct run){
            .start = cuts[i],
            .end = i + 1 < count ? cuts[i + 1]
                                 : s->times[s->dump_count - 1] + 1,
            .build = series_has(s, REDEPLOY) ? (unsigned)i : 0,
        };
    find_dumps_of_runs(s);
}

static void draw_truncation(struct series *s)
{
    s->cut_dump = s->dump_count;
    if (series_has(s, CUT)) {
        s->cut_dump = random_below(&s->random, s->dump_count);
        s->cut_share = random_between(&s->random, 0.3, 0.95);
    }
    /* CAPPED: a power of two that the last dumps outgrow; see dump.c. */
}

/* ----------------------------------------------------------------- sites */

static enum behaviour draw_behaviour(struct series *s)
{
    struct random *r = &s->random;
    enum behaviour b = BACKGROUND;

    if (random_chance(r, 0.4))
        return (enum behaviour)random_below(r, POOL_FIXED);
    do
        b = (enum behaviour)(POOL_FIXED +
                             random_below(r, BACKGROUND - POOL_FIXED));
    while (b == LEAK_WAS_FIXED && s->run_count < 2);
    return b;
}

static void draw_sites(struct series *s, size_t judged, size_t background)
{
    s->site_count = judged + background;
    s->sites = must(calloc(s->site_count, sizeof *s->sites));
    for (size_t i = 0; i < s->site_count; i++) {
        struct site *site = &s->sites[i];

        site->index = i;
        site->behaviour = i < judged ? draw_behaviour(s) : BACKGROUND;
        s->leaks += behaviour_leaks(site->behaviour);
        mechanism_draw(s, site);
        site_write(s, site);
    }
    if (s->leaks > 1)
        set(s, SEVERAL);
}

static void run_sites(struct series *s)
{
    for (size_t i = 0; i < s->site_count; i++)
        for (size_t k = 0; k < s->run_count; k++)
            mechanism_run(s, &s->sites[i], k);
}

void series_simulate(struct series *s, uint64_t seed, uint64_t number,
                     bool clean)
{
    static const double minutes[] = {1, 5, 10, 15, 30, 60, 60, 360, 1440};
    struct random *r = &s->random;
    size_t background = 0;
    size_t judged = 0;

    *s = (struct series){.random = random_new(seed, number)};
    s->dump_count = (size_t)random_log(r, 3, 101);
    background = (size_t)(20 + 280 * pow(random_unit(r), 5));
    judged = 2 + random_below(r, 7);
    if (clean) {
        s->dump_count = 24;
        background = 300;
        judged = 0;
    }
    s->interval = 60 *
                  minutes[random_below(r, sizeof minutes / sizeof *minutes)];
    draw_conditions(s);
    draw_times(s);
    draw_runs(s);
    draw_truncation(s);
    s->hidden = random_chance(r, 0.2) ? 0 : random_log(r, 0.01, 2000);
    s->threads = 1U << random_below(r, 6);
    s->gc_seconds = random_log(r, 2, 110);
    draw_sites(s, judged, background);
    run_sites(s);
}

void series_release(struct series *s)
{
    free(s->sites);
    free(s->all);
}
