#include "rules.h"

static const char *const names[RULES] = {
    "growth first to last", "rises in the last five", "doubled",
    "count above 10,000", "count above 100"};

const char *rule_name(enum rule r)
{
    return names[r];
}

static bool rises_five(const uint32_t *counts, size_t n)
{
    enum { STEPS = 5 };

    if (n <= STEPS)
        return false;
    for (size_t i = n - STEPS; i < n; i++)
        if (counts[i] <= counts[i - 1])
            return false;
    return true;
}

static uint32_t largest(const uint32_t *counts, size_t n)
{
    uint32_t most = 0;

    for (size_t i = 0; i < n; i++)
        most = counts[i] > most ? counts[i] : most;
    return most;
}

static bool holds(enum rule r, const uint32_t *counts, size_t n)
{
    uint32_t first = counts[0];
    uint32_t last = counts[n - 1];

    switch (r) {
    case RULE_GROWTH:
        return last > first;
    case RULE_FIVE:
        return rises_five(counts, n);
    case RULE_DOUBLED:
        return last > first && last >= 2 * first;
    case RULE_10000:
        return largest(counts, n) > 10000;
    case RULE_TUNED:
        return last > THRESHOLD;
    case RULES:
        break;
    }
    return false;
}

bool rule_says_leak(enum rule r, const struct shown *shown, size_t site)
{
    for (size_t kind = 0; kind < KINDS; kind++)
        if (holds(r, shown_counts(shown, site, kind), shown->dumps))
            return true;
    return false;
}

uint32_t rule_last_count(const struct shown *shown, size_t site)
{
    uint32_t most = 0;

    for (size_t kind = 0; kind < KINDS; kind++) {
        uint32_t n = shown_counts(shown, site, kind)[shown->dumps - 1];

        most = n > most ? n : most;
    }
    return most;
}
