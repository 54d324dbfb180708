/*
 * evaluate: how often the verdicts are right, on simulated processes.
 *
 * docs/EVALUATION.md says what is simulated and how to read the tables.
 */
#include "score.h"
#include "site.h"

#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEED_TUNE = 1, SEED_TEST = 1000000, SERIES_DEFAULT = 2000 };

struct options {
    uint64_t seed, series;
    uint64_t clean; /* series; 0: not asked for */
    const char *show;
    const char *dump_to;
    bool failures, confusion, audit, threshold;
};

/* One series from its seed to its verdicts. */
struct trial {
    uint64_t seed, number;
    struct series series;
    struct shown shown;
    struct judge judge;
    enum ambiguity *truth;
};

static void trial_init(struct trial *t, uint64_t seed, uint64_t number,
                       bool clean)
{
    t->seed = seed;
    t->number = number;
    series_simulate(&t->series, seed, number, clean);
    judge_init(&t->judge, &t->series);
    dumps_write(&t->series, &t->shown, judge_dump, &t->judge);
    judge_decide(&t->judge);
    t->truth = must(calloc(t->series.site_count, sizeof *t->truth));
    truth_of(&t->series, &t->shown, t->truth);
}

static void trial_free(struct trial *t)
{
    judge_free(&t->judge);
    shown_free(&t->shown);
    series_release(&t->series);
    free(t->truth);
}

static const char *verdict_name(unsigned verdict)
{
    return verdict == UNSEEN ? "none"
                             : grl_verdict_name((enum grl_verdict)verdict);
}

static void print_counts(const struct trial *t, size_t site)
{
    for (size_t kind = 0; kind < KINDS; kind++) {
        const uint32_t *counts = shown_counts(&t->shown, site, kind);
        uint64_t sum = 0;

        for (size_t d = 0; d < t->shown.dumps; d++)
            sum += counts[d];
        if (sum == 0)
            continue;
        printf("    build %zu%s:", kind / 2, kind % 2 ? " active" : "");
        for (size_t d = 0; d < t->shown.dumps; d++)
            printf(" %u", counts[d]);
        printf("\n");
    }
}

static void print_site(const struct trial *t, size_t i)
{
    const struct site *site = &t->series.sites[i];
    const struct judgement *j = &t->judge.sites[i];
    enum ambiguity a = t->truth[i];
    bool background = site->behaviour == BACKGROUND;

    printf("%llu:%llu site %zu: %s%s%s%s (%s): %s\n",
           (unsigned long long)t->seed, (unsigned long long)t->number, i,
           behaviour_leaks(site->behaviour) ? "leak, " : "",
           behaviour_name(site->behaviour), background ? ", " : "",
           background ? behaviour_name(site->mechanism) : "", ambiguity_name(a),
           verdict_name(j->verdict));
    print_counts(t, i);
    if (j->finding == NULL)
        return;
    printf("    survived %llu of %llu, p %.4g\n",
           (unsigned long long)j->finding->survived,
           (unsigned long long)j->finding->added, j->finding->p_value);
    for (size_t k = 0; k < j->finding->evidence_count; k++)
        printf("    - %s\n", j->finding->evidence[k]);
}

static void print_series(const struct trial *t)
{
    const struct series *s = &t->series;

    printf("%llu:%llu: %zu dumps, interval %.0f s, runs of",
           (unsigned long long)t->seed, (unsigned long long)t->number,
           s->dump_count, s->interval);
    for (size_t i = 0; i < s->run_count; i++)
        printf(" %zu", s->runs[i].last - s->runs[i].first);
    for (unsigned i = 0; i < CONDITIONS; i++)
        if (series_has(s, (enum condition)i))
            printf(", %s", condition_name((enum condition)i));
    for (size_t d = 0; d < s->dump_count; d++)
        if (t->shown.cut[d])
            printf(", dump %zu cut", d);
    if (t->judge.trend != NULL && !judge_found_restarts(&t->judge))
        printf(", SEGMENTS FOUND: %zu", grl_trend_segments(t->judge.trend));
    if (t->judge.failed)
        printf(", REFUSED: %s %s", t->judge.error.what, t->judge.error.detail);
    printf("\n");
}

static bool is_failure(const struct trial *t, size_t i)
{
    bool leaks = behaviour_leaks(t->series.sites[i].behaviour);

    return t->truth[i] == CLEAR &&
           leaks != (t->judge.sites[i].verdict == GRL_LEAKING);
}

static void print_failures(const struct trial *t)
{
    bool first = true;

    for (size_t i = 0; i < t->series.site_count; i++) {
        if (!is_failure(t, i))
            continue;
        if (first)
            print_series(t);
        first = false;
        print_site(t, i);
    }
}

/* -------------------------------------------------------------- commands */

static int evaluate(const struct options *o)
{
    struct score *c = must(calloc(1, sizeof *c));

    for (uint64_t i = 0; i < o->series; i++) {
        struct trial t;

        trial_init(&t, o->seed, i, false);
        if (o->failures)
            print_failures(&t);
        score_add(c, &t.judge, &t.shown, t.truth);
        trial_free(&t);
    }
    printf("seed %llu: ", (unsigned long long)o->seed);
    score_print(c);
    if (o->confusion)
        score_print_confusion(c);
    if (o->audit)
        score_print_audit(c);
    if (o->threshold)
        score_print_threshold(c);
    free(c);
    return 0;
}

static int clean(const struct options *o)
{
    uint64_t alarms = 0;
    uint64_t sites = 0;
    uint64_t ambiguous = 0;
    uint64_t ambiguous_alarms = 0;

    for (uint64_t i = 0; i < o->clean; i++) {
        struct trial t;

        trial_init(&t, o->seed, i, true);
        for (size_t k = 0; k < t.series.site_count; k++) {
            ambiguous += t.truth[k] != CLEAR;
            if (t.judge.sites[k].verdict != GRL_LEAKING)
                continue;
            alarms++;
            ambiguous_alarms += t.truth[k] != CLEAR;
            print_series(&t);
            print_site(&t, k);
        }
        sites += t.series.site_count;
        trial_free(&t);
    }
    printf("clean, seed %llu: %llu series of 24 dumps\n"
           "healthy signatures     %llu, of them ambiguous %llu\n"
           "judged leaking         %llu, of them ambiguous %llu\n",
           (unsigned long long)o->seed, (unsigned long long)o->clean,
           (unsigned long long)sites, (unsigned long long)ambiguous,
           (unsigned long long)alarms, (unsigned long long)ambiguous_alarms);
    return alarms > 0;
}

static void write_file(void *user, size_t dump, const char *text, size_t bytes)
{
    char path[4096];
    FILE *f = NULL;

    snprintf(path, sizeof path, "%s/%04zu.txt", (const char *)user, dump);
    f = fopen(path, "wb");
    if (f == NULL || fwrite(text, 1, bytes, f) != bytes || fclose(f) != 0) {
        perror(path);
        exit(2);
    }
}

static void write_dumps(const struct options *o, const struct trial *t)
{
    struct series s;
    struct shown shown;
    char path[1024];

    snprintf(path, sizeof path, "%s", o->dump_to);
    series_simulate(&s, t->seed, t->number, o->clean > 0);
    dumps_write(&s, &shown, write_file, path);
    shown_free(&shown);
    series_release(&s);
}

static int show(const struct options *o)
{
    struct trial t;
    char *end = NULL;
    uint64_t seed = strtoull(o->show, &end, 10);
    uint64_t number = *end == ':' ? strtoull(end + 1, NULL, 10) : 0;

    trial_init(&t, seed, number, o->clean > 0);
    print_series(&t);
    for (size_t i = 0; i < t.series.site_count; i++)
        print_site(&t, i);
    if (o->dump_to != NULL)
        write_dumps(o, &t);
    trial_free(&t);
    return 0;
}

/* --------------------------------------------------------------- options */

static const char usage[] =
    "usage: evaluate [option...]\n"
    "  --tune            seed 1, for work on the analysis (seeds 1 to 999)\n"
    "  --test            seed 100000, for the proof (that and above)\n"
    "  --seed N          another seed\n"
    "  --series N        how many series (2000)\n"
    "  --clean[=N]       N (100) series of 24 dumps with 300 healthy stacks\n"
    "  --show SEED:N     one series: sites, counts, truth, verdict, evidence\n"
    "  --write FOLDER    with --show: its dumps as files\n"
    "  --failures        every site that was judged wrongly\n"
    "  --confusion       verdicts by behaviour\n"
    "  --truth-audit     what was left out as ambiguous, and why\n"
    "  --threshold       the best threshold for the rule on counts\n";

enum {
    TUNE = 1,
    TEST,
    SEED,
    SERIES,
    CLEAN,
    SHOW,
    WRITE,
    FAILURES,
    CONFUSION,
    AUDIT,
    BEST,
    HELP
};

static const struct option longs[] = {
    {"tune", no_argument, NULL, TUNE},
    {"test", no_argument, NULL, TEST},
    {"seed", required_argument, NULL, SEED},
    {"series", required_argument, NULL, SERIES},
    {"clean", optional_argument, NULL, CLEAN},
    {"show", required_argument, NULL, SHOW},
    {"write", required_argument, NULL, WRITE},
    {"failures", no_argument, NULL, FAILURES},
    {"confusion", no_argument, NULL, CONFUSION},
    {"truth-audit", no_argument, NULL, AUDIT},
    {"threshold", no_argument, NULL, BEST},
    {"help", no_argument, NULL, HELP},
    {NULL, 0, NULL, 0},
};

static bool take(struct options *o, int option)
{
    switch (option) {
    case TUNE:
        o->seed = SEED_TUNE;
        return true;
    case TEST:
        o->seed = SEED_TEST;
        return true;
    case SEED:
        o->seed = strtoull(optarg, NULL, 10);
        return true;
    case SERIES:
        o->series = strtoull(optarg, NULL, 10);
        return true;
    case CLEAN:
        o->clean = optarg != NULL ? strtoull(optarg, NULL, 10) : 100;
        return true;
    case SHOW:
        o->show = optarg;
        return true;
    case WRITE:
        o->dump_to = optarg;
        return true;
    case FAILURES:
        o->failures = true;
        return true;
    case CONFUSION:
        o->confusion = true;
        return true;
    case AUDIT:
        o->audit = true;
        return true;
    case BEST:
        o->threshold = true;
        return true;
    default:
        return false;
    }
}

int main(int argc, char **argv)
{
    struct options o = {.seed = SEED_TUNE, .series = SERIES_DEFAULT};
    int option = 0;

    while ((option = getopt_long(argc, argv, "", longs, NULL)) != -1)
        if (!take(&o, option)) {
            fputs(usage, option == HELP ? stdout : stderr);
            return option == HELP ? 0 : 2;
        }
    if (optind < argc) {
        fputs(usage, stderr);
        return 2;
    }
    if (o.show != NULL)
        return show(&o);
    return o.clean > 0 ? clean(&o) : evaluate(&o);
}
