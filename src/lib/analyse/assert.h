/* A dump as a test's last word: what no rule and no baseline excuses. */
#ifndef ANALYSE_ASSERT_H
#define ANALYSE_ASSERT_H

#include "analyse/series.h"
#include "rules/rules.h"

struct leak {
    struct grl_cluster pub;
    struct grl_test_count *tests; /* owned; NULL when none is known */
    size_t test_count;
    uint64_t *ids; /* owns pub.ids */
    const struct stack *stack;
};

struct grl_assertion {
    struct leak *leaks;
    size_t count;
    bool by_count; /* the baseline excuses so many, not which */
    uint64_t ignored;
    uint64_t in_baseline;
};

/* BASELINE and RULES may be NULL; the stacks of both have indexes below ROWS.
 * Rules that allow so many goroutines are counted in. */
enum grl_status assertion_new(struct grl_assertion **out,
                              struct snapshot *baseline, struct snapshot *dump,
                              size_t rows, struct grl_rules *rules,
                              struct grl_error *err);

#endif
