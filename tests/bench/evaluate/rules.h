/* Simpler rules that tools use, on the counts of one signature. */
#ifndef EVALUATE_RULES_H
#define EVALUATE_RULES_H

#include "dump.h"

enum rule {
    RULE_GROWTH,  /* more in the last dump than in the first */
    RULE_FIVE,    /* rose in each of the last five (MoniGo) */
    RULE_DOUBLED, /* twice the first count or more (CockroachDB) */
    RULE_10000,   /* more than 10,000 in one dump (LeakProf) */
    RULE_TUNED,   /* more than THRESHOLD in the last dump */
    RULES
};

enum { THRESHOLD = 100 };

const char *rule_name(enum rule r);

/* True when any signature of SITE meets R. */
bool rule_says_leak(enum rule r, const struct shown *shown, size_t site);

/* The largest count of a signature of SITE in the last dump. */
uint32_t rule_last_count(const struct shown *shown, size_t site);

#endif
