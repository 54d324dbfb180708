#include "score.h"

#include <stdio.h>

static const size_t length_ends[LENGTHS] = {5, 9, 19, 49, 100};
static const char *const length_names[LENGTHS] = {
    "3 to 5 dumps", "6 to 9 dumps", "10 to 19 dumps", "20 to 49 dumps",
    "50 to 100 dumps"};

unsigned score_wanted(enum behaviour b)
{
    if (behaviour_leaks(b))
        return GRL_LEAKING;
    switch ((int)b) {
    case POOL_FIXED:
    case POOL_REPLACED:
    case STEP_STAYS:
        return GRL_STEADY;
    case POOL_WARMING:
    case CACHE_SATURATING:
    case LOAD_PLATEAU:
        return GRL_PLATEAUED;
    case LOAD_RAMP:
        return GRL_GROWING;
    case SAWTOOTH:
        return GRL_OSCILLATING;
    default:
        return UNSEEN;
    }
}

/* ---------------------------------------------------------------- adding */

static void add_site(struct tally *t, bool leaks, const struct judgement *j,
                     unsigned wanted, const bool *rules)
{
    bool said = j->verdict == GRL_LEAKING;

    t->sites++;
    t->leaks += leaks;
    t->found += leaks && said;
    t->false_alarms += !leaks && said;
    t->split += leaks && said && j->findings > 1;
    t->worded += j->verdict == wanted;
    t->verdicts[j->verdict]++;
    for (unsigned r = 0; r < RULES; r++) {
        t->rule_found[r] += leaks && rules[r];
        t->rule_alarms[r] += !leaks && rules[r];
    }
}

static void add_ambiguous(struct tally *t, const struct judgement *j)
{
    t->ambiguous++;
    t->ambiguous_leaking += j->verdict == GRL_LEAKING;
}

static size_t length_of(size_t dumps)
{
    size_t i = 0;

    while (i + 1 < LENGTHS && dumps > length_ends[i])
        i++;
    return i;
}

/* Every tally that SITE of S counts in; returns their number. */
static size_t tallies_of(struct score *c, const struct series *s,
                         const struct site *site,
                         struct tally *out[CONDITIONS + 4])
{
    size_t n = 0;

    out[n++] = &c->total;
    out[n++] = &c->behaviours[site->behaviour];
    out[n++] = &c->lengths[length_of(s->dump_count)];
    for (unsigned i = 0; i < CONDITIONS; i++)
        if (series_has(s, (enum condition)i))
            out[n++] = &c->conditions[i];
    if (s->conditions == 0)
        out[n++] = &c->conditions[CONDITIONS];
    return n;
}

static void add_last_count(struct score *c, uint32_t n, bool leaks)
{
    c->last_counts[leaks][n < LAST_COUNTS_MOST ? n : LAST_COUNTS_MOST - 1]++;
}

void score_add(struct score *c, const struct judge *j,
               const struct shown *shown, const enum ambiguity *truth)
{
    const struct series *s = j->series;

    c->series++;
    c->refused += j->failed;
    c->miscut += !j->failed && !judge_found_restarts(j);
    c->dumps += s->dump_count;
    for (size_t i = 0; i < s->count; i++)
        c->goroutines += s->all[i].seen;
    for (size_t i = 0; i < s->site_count; i++) {
        const struct site *site = &s->sites[i];
        bool leaks = behaviour_leaks(site->behaviour);
        struct tally *tallies[CONDITIONS + 4];
        size_t n = tallies_of(c, s, site, tallies);
        bool rules[RULES];

        c->reasons[site->behaviour][truth[i]]++;
        for (unsigned r = 0; r < RULES; r++)
            rules[r] = rule_says_leak((enum rule)r, shown, i);
        for (size_t k = 0; k < n; k++)
            if (truth[i] == CLEAR)
                add_site(tallies[k], leaks, &j->sites[i],
                         score_wanted(site->behaviour), rules);
            else
                add_ambiguous(tallies[k], &j->sites[i]);
        if (truth[i] == CLEAR)
            add_last_count(c, rule_last_count(shown, i), leaks);
    }
}

/* -------------------------------------------------------------- printing */

static void print_share(uint64_t part, uint64_t whole)
{
    if (whole == 0)
        printf("%9s", "-");
    else
        printf("%9.4f", (double)part / (double)whole);
}

static uint64_t said(const struct tally *t)
{
    return t->found + t->false_alarms;
}

static void print_row(const char *name, const struct tally *t)
{
    uint64_t correct = t->found + (t->sites - t->leaks - t->false_alarms);

    if (t->sites + t->ambiguous == 0)
        return;
    printf("%-23s %7llu %7llu %7llu %7llu", name, (unsigned long long)t->sites,
           (unsigned long long)t->ambiguous, (unsigned long long)said(t),
           (unsigned long long)correct);
    print_share(t->found, said(t));
    print_share(t->found, t->leaks);
    printf("\n");
}

static void print_heads(const char *what)
{
    printf("\n%-23s %7s %7s %7s %7s%9s%9s\n", what, "sites", "ambig.",
           "leaking", "correct", "prec.", "recall");
}

static void print_behaviours(const struct score *c)
{
    print_heads("leaks");
    for (unsigned b = 0; b < BEHAVIOURS; b++) {
        if (b == POOL_FIXED)
            print_heads("not leaks");
        print_row(behaviour_name((enum behaviour)b), &c->behaviours[b]);
    }
    printf("\n");
    print_row("total", &c->total);
}

static void print_conditions(const struct score *c)
{
    print_heads("series with");
    for (unsigned i = 0; i < CONDITIONS; i++)
        print_row(condition_name((enum condition)i), &c->conditions[i]);
    print_row("none of these", &c->conditions[CONDITIONS]);
    print_heads("series of");
    for (unsigned i = 0; i < LENGTHS; i++)
        print_row(length_names[i], &c->lengths[i]);
}

static void print_rules(const struct score *c)
{
    const struct tally *t = &c->total;

    printf("\n%-23s %9s%9s\n", "rule", "prec.", "recall");
    printf("%-23s ", "goroleak");
    print_share(t->found, said(t));
    print_share(t->found, t->leaks);
    for (unsigned r = 0; r < RULES; r++) {
        printf("\n%-23s ", rule_name((enum rule)r));
        print_share(t->rule_found[r], t->rule_found[r] + t->rule_alarms[r]);
        print_share(t->rule_found[r], t->leaks);
    }
    printf("\n");
}

void score_print(const struct score *c)
{
    printf("%llu series, %llu dumps, %llu goroutines printed, %llu refused, "
           "restarts miscounted in %llu\n",
           (unsigned long long)c->series, (unsigned long long)c->dumps,
           (unsigned long long)c->goroutines, (unsigned long long)c->refused,
           (unsigned long long)c->miscut);
    print_behaviours(c);
    print_conditions(c);
    print_rules(c);
}

void score_print_confusion(const struct score *c)
{
    printf("\n%-23s", "verdicts");
    for (unsigned v = 0; v < VERDICTS; v++)
        printf(" %7.7s", grl_verdict_name((enum grl_verdict)v));
    printf(" %6s %6s %6s\n", "none", "split", "wanted");
    for (unsigned b = 0; b < BEHAVIOURS; b++) {
        const struct tally *t = &c->behaviours[b];

        printf("%-23s", behaviour_name((enum behaviour)b));
        for (unsigned v = 0; v <= VERDICTS; v++)
            printf(v < VERDICTS ? " %7llu" : " %6llu",
                   (unsigned long long)t->verdicts[v]);
        printf(" %6llu", (unsigned long long)t->split);
        if (score_wanted((enum behaviour)b) != UNSEEN && t->sites > 0)
            printf(" %5.1f%%", 100.0 * (double)t->worded / (double)t->sites);
        printf("\n");
    }
}

void score_print_audit(const struct score *c)
{
    printf("\n%-23s", "left out as ambiguous");
    for (unsigned a = 0; a < AMBIGUITIES; a++)
        printf(" %s%s", ambiguity_name((enum ambiguity)a),
               a + 1 < AMBIGUITIES ? " |" : " | judged leaking\n");
    for (unsigned b = 0; b < BEHAVIOURS; b++) {
        printf("%-23s", behaviour_name((enum behaviour)b));
        for (unsigned a = 0; a < AMBIGUITIES; a++)
            printf(" %7llu", (unsigned long long)c->reasons[b][a]);
        printf(" %7llu\n",
               (unsigned long long)c->behaviours[b].ambiguous_leaking);
    }
}

/* The threshold that does best by F1, for RULE_TUNED. */
void score_print_threshold(const struct score *c)
{
    uint64_t found = 0;
    uint64_t alarms = 0;
    size_t best = 0;
    double best_f1 = 0;

    for (size_t n = LAST_COUNTS_MOST; n-- > 0;) {
        double f1 = 0;

        found += c->last_counts[1][n];
        alarms += c->last_counts[0][n];
        f1 = 2.0 * (double)found / (double)(c->total.leaks + found + alarms);
        if (found > 0 && f1 > best_f1) {
            best_f1 = f1;
            best = n;
        }
    }
    printf("\nbest threshold on the last count here: %zu or more (F1 %.3f)\n",
           best, best_f1);
}
