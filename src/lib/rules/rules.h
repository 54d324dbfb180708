/*
 * Which goroutines count.  Most rules look only at the stack and are judged
 * once for each; the few that look at the goroutine (its id, its labels, the
 * state of one that is on its way) are judged each time.
 */
#ifndef RULES_RULES_H
#define RULES_RULES_H

#include "model/stacks.h"
#include "rules/pattern.h"

enum rule_kind {
    RULE_TOP,
    RULE_ANY,
    RULE_CREATOR,
    RULE_STATE,
    RULE_FILE,
    RULE_LABEL,
    RULE_SIGNATURE,
    RULE_MAIN,       /* goroutine 1 */
    RULE_OBSERVER,   /* the goroutine that took the dump */
    RULE_CONNECTION, /* the reader of the observer's HTTP connection */
    RULE_RUNTIME,    /* all of the runtime's own */
    RULE_EMPTY,      /* no frame at all */
    RULE_STARTING,   /* no frame in a profile */
};

struct rule {
    struct grl_rule pub; /* first */
    char *text;          /* owns pub.text when given by the user */
    enum grl_rule_action action;
    enum rule_kind kind;
    struct pattern *pattern; /* NULL for kinds without one */
    struct pattern *state;   /* must match too, or NULL */
};

struct grl_rules {
    struct rule *list;
    size_t count;
    size_t capacity;
    uint64_t observer; /* id of the goroutine that took the dump, or 0 */
};

/* One rule more, enabled, of which the caller fills the rest; NULL when out of
 * memory.  Pointers to rules do not outlive this. */
struct rule *rules_append(struct grl_rules *r);

/* Does RULE excuse only so many goroutines, which an assertion counts? */
static inline bool rule_is_allowance(const struct rule *rule)
{
    return rule->pub.most != UINT64_MAX;
}

/* Does RULE, by what it says of stacks, match S? */
enum grl_status rule_matches(const struct rule *rule, const struct stack *s,
                             bool *matches, struct grl_error *err);

/* A new dump begins. */
void rules_begin_dump(struct grl_rules *r);

/*
 * Set *KEEP for goroutine G with STACK, counted in GROUP.  GRL_EPATTERN when a
 * pattern gave up: the answer is then not known.
 */
enum grl_status rules_judge(struct grl_rules *r, struct stack *stack,
                            const struct stack *group,
                            const struct grl_goroutine *g, bool *keep,
                            struct grl_error *err);

#endif
