#include "truth.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What an oracle that sees ids sees of one site. */
struct track {
    uint32_t come[DUMPS_MOST];      /* first seen in this dump, and stayed */
    uint32_t lost[DUMPS_MOST];      /* ... of the leaked ones only */
    uint32_t confirmed[DUMPS_MOST]; /* ... and seen again later */
    uint32_t again[DUMPS_MOST];     /* of come: seen again later */
    uint32_t all_come[RUNS_MOST];   /* by run: seen twice, not in its first */
    uint32_t all_gone[RUNS_MOST];   /* by run: seen twice, then no more */
};

/* How the arrivals of one run look. */
struct pattern {
    size_t steps;         /* dumps with arrivals */
    size_t longest;       /* dumps between two of them */
    size_t tail;          /* dumps since the last */
    uint64_t early, late; /* arrivals of the first and the second half */
};

const char *ambiguity_name(enum ambiguity a)
{
    static const char *const names[AMBIGUITIES] = {
        "clear", "leak in too few steps", "leak too faint", "leak gone quiet",
        "healthy, only came"};

    return names[a];
}

static void follow(const struct series *s, struct track *tracks)
{
    for (size_t i = 0; i < s->count; i++) {
        const struct goroutine *g = &s->all[i];
        const struct run *run = &s->runs[g->run];
        struct track *t = &tracks[g->site];
        bool last = g->seen > 0 && g->last_seen + 1U == run->last;

        if (g->seen == 0)
            continue;
        if ((g->seen > 1 || s->dump_count <= 4) && !last)
            t->all_gone[g->run]++;
        if (g->first_seen == run->first || (g->seen == 1 && !last))
            continue;
        t->all_come[g->run] += g->seen > 1;
        t->again[g->first_seen] += g->seen > 1;
        t->come[g->first_seen]++;
        t->lost[g->first_seen] += g->lost;
        t->confirmed[g->first_seen] += g->lost && g->seen > 1;
    }
}

static struct pattern pattern_of(const uint32_t *come, const struct run *run,
                                 const bool *cut)
{
    struct pattern p = {0};
    size_t at = run->first;
    size_t end = run->last;
    size_t cuts = 0;

    /* What a cut dump does not show says nothing: at the end of the run, and
     * from the first on where most are cut. */
    for (size_t d = run->first; d < run->last; d++)
        cuts += cut[d];
    while (end > run->first + 1 && cut[end - 1])
        end--;
    for (size_t d = run->first + 1; d < end; d++)
        if (cut[d] && cuts * 2 > run->last - run->first)
            end = d;
    for (size_t d = run->first + 1; d < end; d++) {
        *(2 * (d - run->first) < end - run->first ? &p.early
                                                  : &p.late) += come[d];
        if (come[d] == 0)
            continue;
        if (d - at > p.longest)
            p.longest = d - at;
        p.steps++;
        at = d;
    }
    p.tail = end > at ? end - 1 - at : 0;
    return p;
}

/* Nothing came for FACTOR times the longest pause before, or hardly any. */
static bool is_quiet(const struct pattern *p, double factor)
{
    if (p->steps == 0)
        return true;
    return (double)p->tail >= fmax(3, factor * (double)p->longest) ||
           (p->early >= 8 && p->late * 8 < p->early);
}

/* The run that has the last word. */
static const struct run *last_long_run(const struct series *s)
{
    for (size_t i = s->run_count; i > 0; i--)
        if (s->runs[i - 1].last - s->runs[i - 1].first >= 4)
            return &s->runs[i - 1];
    return NULL;
}

static size_t steps_needed(const struct series *s)
{
    return s->dump_count <= 4 ? 2 : 3;
}

/* Of so few dumps a leak must show in every step, or any chance will do; a step
 * much shorter than the others is none, as nobody could have gone in it. */
static bool is_seen(const struct series *s, size_t steps, uint64_t lost)
{
    double mean = (s->times[s->dump_count - 1] - s->times[0]) /
                  (double)(s->dump_count - 1);
    size_t distinct = 0;
    bool even = true;

    if (s->dump_count > 4)
        return steps >= steps_needed(s);
    for (size_t d = 1; d < s->dump_count; d++) {
        distinct += !s->repeats[d];
        even = even && (s->repeats[d] ||
                        (s->times[d] - s->times[d - 1]) * 2 >= mean);
    }
    return even && steps >= 2 && steps >= distinct && lost >= 5;
}

/* P(Bin(came + gone, 1/2) <= gone). */
static double sign_test(double came, double gone)
{
    double n = came + gone;
    double p = 0;

    for (double k = 0; k <= gone && n < 1000; k++)
        p += exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) -
                 n * log(2));
    return p;
}

/* Too faint: at 1 in 200 the sign test, of settled goroutines that leaked and
 * settled ones that left, would not tell even if it knew which is which. */
static bool is_faint(const struct series *s, const struct track *t,
                     uint64_t settled)
{
    const double one_in_200 = 0.005;
    double gone = 0;

    for (size_t i = 0; i < s->run_count; i++)
        gone += (double)t->all_gone[i];
    return sign_test((double)settled, gone) > one_in_200;
}

static enum ambiguity of_leak(const struct series *s, const struct shown *shown,
                              const struct track *t, const struct site *site)
{
    const struct run *run = last_long_run(s);
    size_t steps = 0;
    size_t confirmed = 0;
    uint64_t lost = 0;
    uint64_t settled = 0;

    for (size_t i = 0; i < s->run_count; i++)
        for (size_t d = s->runs[i].first; d < s->runs[i].last; d++) {
            steps += t->lost[d] > 0;
            lost += t->lost[d];
            confirmed += t->confirmed[d] > 0;
            settled += t->confirmed[d];
        }
    if (!is_seen(s, steps, lost) ||
        (site->mechanism == LEAK_CHURN && confirmed < 2))
        return LEAK_UNSEEN;
    if ((s->dump_count > 4 || site->mechanism == LEAK_CHURN ||
         site->mechanism == LEAK_PARTIAL) &&
        is_faint(s, t, settled))
        return LEAK_FAINT;
    if (run != NULL) {
        struct pattern p = pattern_of(t->lost, run, shown->cut);

        if (is_quiet(&p, 2))
            return LEAK_QUIET;
    }
    return CLEAR;
}

static enum ambiguity of_healthy(const struct series *s,
                                 const struct shown *shown,
                                 const struct track *t)
{
    const struct run *word = last_long_run(s);
    size_t steps = 0;
    size_t again = 0;

    for (size_t i = 0; i < s->run_count; i++) {
        const struct run *run = &s->runs[i];
        struct pattern p = pattern_of(t->come, run, shown->cut);
        bool goes = 2 * t->all_gone[i] >= t->all_come[i];
        bool like_leak = !goes && !is_quiet(&p, 1.5);

        for (size_t d = run->first; d < run->last && like_leak; d++)
            again += t->again[d] > 0;
        if (like_leak)
            steps += p.steps;
        else if (run == word)
            return CLEAR;
    }
    return steps >= steps_needed(s) && again + 1 >= steps_needed(s)
               ? LOOKS_LEAKED
               : CLEAR;
}

void truth_of(const struct series *s, const struct shown *shown,
              enum ambiguity *out)
{
    struct track *tracks = must(calloc(s->site_count, sizeof *tracks));

    follow(s, tracks);
    for (size_t i = 0; i < s->site_count; i++)
        out[i] = behaviour_leaks(s->sites[i].behaviour)
                     ? of_leak(s, shown, &tracks[i], &s->sites[i])
                     : of_healthy(s, shown, &tracks[i]);
    free(tracks);
}
