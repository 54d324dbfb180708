/* Truth against verdicts, added up and printed. */
#ifndef EVALUATE_SCORE_H
#define EVALUATE_SCORE_H

#include "judge.h"
#include "rules.h"
#include "truth.h"

enum { LENGTHS = 5, LAST_COUNTS_MOST = 4096 };

/* Sites that have something in common; ambiguous ones only in AMBIGUOUS. */
struct tally {
    uint64_t sites;
    uint64_t ambiguous;
    uint64_t ambiguous_leaking; /* ... that were judged leaking */
    uint64_t leaks;             /* by truth */
    uint64_t found;             /* leaks judged leaking */
    uint64_t false_alarms;      /* others judged leaking */
    uint64_t split;             /* leaks told in more than one finding */
    uint64_t worded;            /* had the word that was wanted */
    uint64_t verdicts[VERDICTS + 1];
    uint64_t rule_found[RULES];
    uint64_t rule_alarms[RULES];
};

struct score {
    uint64_t series, refused, miscut, dumps, goroutines;
    struct tally total;
    struct tally behaviours[BEHAVIOURS];
    struct tally conditions[CONDITIONS + 1]; /* the last: none of them */
    struct tally lengths[LENGTHS];
    uint64_t reasons[BEHAVIOURS][AMBIGUITIES];
    uint64_t last_counts[2][LAST_COUNTS_MOST]; /* by truth */
};

void score_add(struct score *c, const struct judge *j,
               const struct shown *shown, const enum ambiguity *truth);
void score_print(const struct score *c);
void score_print_confusion(const struct score *c);
void score_print_audit(const struct score *c);
void score_print_threshold(const struct score *c);

/* The verdict that a site of B should get; UNSEEN where none is clear. */
unsigned score_wanted(enum behaviour b);

#endif
