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
    enum grl_baseline baseline;
    uint64_t ignored;
    uint64_t in_baseline;
};

/* What is to be judged. */
struct assertion_input {
    struct snapshot *baseline; /* or NULL */
    struct snapshot *dump;
    size_t rows;             /* the stacks of both have indexes below */
    bool grouped;            /* they are groups of stacks */
    struct grl_rules *rules; /* or NULL: those that allow so many count */
};

enum grl_status assertion_new(struct grl_assertion **out,
                              const struct assertion_input *in,
                              struct grl_error *err);

#endif
