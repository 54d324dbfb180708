#include "rules/rules.h"

#include "base/error.h"
#include "model/labels.h"
#include "model/states.h"

void rules_begin_dump(struct grl_rules *r)
{
    r->observer = 0;
}

static enum hit test(const struct rule *rule, const char *text,
                     struct grl_error *err)
{
    return pattern_test(rule->pattern, text_of(text), err);
}

static enum hit test_frames(const struct rule *rule, const struct stack *s,
                            struct grl_error *err)
{
    for (size_t i = 0; i < s->frame_count; i++) {
        enum hit hit = test(rule,
                            rule->kind == RULE_FILE
                                ? frame_of(s->frames[i])->path
                                : s->frames[i]->function,
                            err);

        if (hit != HIT_NO)
            return hit;
    }
    return HIT_NO;
}

static bool is_runtime(const struct grl_frame *f)
{
    return text_starts(text_of(f->function), TEXT("runtime.")) ||
           text_starts(text_of(f->function), TEXT("internal/runtime/"));
}

/* Nothing but runtime frames, and started by the runtime itself. */
static enum hit test_runtime(const struct stack *s)
{
    for (size_t i = 0; i < s->frame_count; i++)
        if (!is_runtime(s->frames[i]))
            return HIT_NO;
    if (s->created_by != NULL && !is_runtime(s->created_by))
        return HIT_NO;
    return s->frame_count > 0 ? HIT_YES : HIT_NO;
}

static enum hit test_labels(const struct rule *rule, struct grl_text labels,
                            struct grl_error *err)
{
    char space[2 * LIMIT_LABEL_BYTES];
    char pair[2 * LIMIT_LABEL_BYTES + 1];
    struct grl_text key;
    struct grl_text value;

    while (labels_next(&labels, space, &key, &value)) {
        enum hit hit = HIT_NO;

        memcpy(pair, key.ptr, key.len);
        pair[key.len] = '=';
        memcpy(pair + key.len + 1, value.ptr, value.len);
        hit = pattern_test(rule->pattern,
                           (struct grl_text){pair, key.len + 1 + value.len},
                           err);
        if (hit != HIT_NO)
            return hit;
    }
    return HIT_NO;
}

/* The part of RULE that looks at the stack. */
static enum hit test_stack(const struct rule *rule, const struct stack *s,
                           const struct stack *group, struct grl_error *err)
{
    enum hit hit = HIT_NO;

    switch (rule->kind) {
    case RULE_TOP:
        return s->frame_count > 0 ? test(rule, s->frames[0]->function, err)
                                  : HIT_NO;
    case RULE_ANY:
    case RULE_FILE:
        return test_frames(rule, s, err);
    case RULE_CREATOR:
        return s->created_by != NULL ? test(rule, s->created_by->function, err)
                                     : HIT_NO;
    case RULE_STATE:
        return test(rule, s->state->text, err);
    case RULE_SIGNATURE:
        hit = test(rule, s->signature, err);
        return hit != HIT_NO ? hit : test(rule, group->signature, err);
    case RULE_RUNTIME:
        return test_runtime(s);
    case RULE_EMPTY:
        return s->frame_count == 0 ? HIT_YES : HIT_NO;
    case RULE_LABEL:
    case RULE_MAIN:
    case RULE_OBSERVER:
    case RULE_CONNECTION:
    case RULE_STARTING:
        return HIT_NO;
    }
    return HIT_NO;
}

enum grl_status rule_matches(const struct rule *rule, const struct stack *s,
                             bool *matches, struct grl_error *err)
{
    enum hit hit = test_stack(rule, s, s, err);

    *matches = hit == HIT_YES;
    return hit != HIT_FAILED ? GRL_OK
                             : fail_detail(err, GRL_EPATTERN, "pattern gave up",
                                           rule->pub.text);
}

static bool is_active(const struct stack *s)
{
    return strcmp(s->state->text, STATE_ACTIVE) == 0;
}

/* True when RULE cannot be judged by the stack alone. */
static bool needs_goroutine(const struct rule *rule, const struct stack *s,
                            const struct stack *group)
{
    switch (rule->kind) {
    case RULE_LABEL:
    case RULE_MAIN:
    case RULE_OBSERVER:
    case RULE_CONNECTION:
    case RULE_STARTING:
        return true;
    case RULE_STATE:
        return is_active(s);
    case RULE_SIGNATURE: /* grouped by label, one stack is in several groups */
        return group != s;
    case RULE_TOP:
    case RULE_ANY:
    case RULE_CREATOR:
    case RULE_FILE:
    case RULE_RUNTIME:
    case RULE_EMPTY:
        return rule->state != NULL && is_active(s);
    }
    return false;
}

/* Profiles have no ids: there frames tell. */
static bool has_frame(const struct grl_goroutine *g, struct grl_text prefix)
{
    for (size_t i = 0; i < g->frame_count; i++)
        if (text_starts(text_of(g->frames[i]->function), prefix))
            return true;
    return false;
}

static bool is_main(const struct grl_goroutine *g)
{
    return g->id == 1 ||
           (record_is_counted(g) && has_frame(g, TEXT("runtime.main")));
}

static bool is_observer(const struct grl_goroutine *g)
{
    return g->observer ||
           (record_is_counted(g) && has_frame(g, TEXT("runtime/pprof.")) &&
            !has_frame(g, TEXT("runtime/pprof.Do")));
}

/* In a profile the observer's reader cannot be told from those of other
 * requests that are being served, but these have their handlers' goroutines
 * beside. */
static enum hit test_connection(const struct grl_rules *r,
                                const struct rule *rule, const struct stack *s,
                                const struct grl_goroutine *g,
                                struct grl_error *err)
{
    if (record_is_counted(g))
        return has_frame(g, TEXT("net/http.(*connReader).backgroundRead"))
                   ? HIT_YES
                   : HIT_NO;
    return r->observer != 0 && g->parent == r->observer && s->created_by != NULL
               ? test(rule, s->created_by->function, err)
               : HIT_NO;
}

static enum hit test_goroutine(const struct grl_rules *r,
                               const struct rule *rule, const struct stack *s,
                               const struct stack *group,
                               const struct grl_goroutine *g,
                               struct grl_error *err)
{
    switch (rule->kind) {
    case RULE_LABEL:
        return test_labels(rule, g->labels, err);
    case RULE_MAIN:
        return is_main(g) ? HIT_YES : HIT_NO;
    case RULE_OBSERVER:
        return is_observer(g) ? HIT_YES : HIT_NO;
    case RULE_CONNECTION:
        return test_connection(r, rule, s, g, err);
    case RULE_STARTING:
        return record_is_counted(g) && g->frame_count == 0 ? HIT_YES : HIT_NO;
    case RULE_STATE:
        return pattern_test(rule->pattern, g->state, err);
    case RULE_TOP:
    case RULE_ANY:
    case RULE_CREATOR:
    case RULE_FILE:
    case RULE_SIGNATURE:
    case RULE_RUNTIME:
    case RULE_EMPTY:
        return test_stack(rule, s, group, err);
    }
    return HIT_NO;
}

/* Both halves of a rule: its kind's, and the state it may ask for besides. */
static enum hit test_rule(const struct grl_rules *r, const struct rule *rule,
                          const struct stack *s, const struct stack *group,
                          const struct grl_goroutine *g, struct grl_error *err)
{
    enum hit hit = g != NULL ? test_goroutine(r, rule, s, group, g, err)
                             : test_stack(rule, s, group, err);

    if (hit != HIT_YES || rule->state == NULL)
        return hit;
    return pattern_test(rule->state,
                        g != NULL ? g->state : text_of(s->state->text), err);
}

/* Go through the rules that look at the goroutine (G) or at the stack alone (G
 * is NULL): the first that ignores, and whether one wants it. */
static enum grl_status search(const struct grl_rules *r, const struct stack *s,
                              const struct stack *group,
                              const struct grl_goroutine *g, size_t *ignored_by,
                              bool *wanted, struct grl_error *err)
{
    for (size_t i = 0; i < r->count; i++) {
        const struct rule *rule = &r->list[i];
        enum hit hit = HIT_NO;

        if (!rule->pub.enabled || rule_is_allowance(rule) ||
            needs_goroutine(rule, s, group) != (g != NULL))
            continue;
        hit = test_rule(r, rule, s, group, g, err);
        if (hit == HIT_FAILED)
            return fail_detail(err, GRL_EPATTERN, "pattern gave up",
                               rule->pub.text);
        if (hit == HIT_YES && rule->action == GRL_ONLY)
            *wanted = true;
        if (hit == HIT_YES && rule->action == GRL_IGNORE) {
            *ignored_by = i + 1;
            return GRL_OK;
        }
    }
    return GRL_OK;
}

/* Does any rule look at the goroutines of S one by one? */
static bool asks_each(const struct grl_rules *r, const struct stack *s,
                      const struct stack *group)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->list[i].pub.enabled && !rule_is_allowance(&r->list[i]) &&
            needs_goroutine(&r->list[i], s, group))
            return true;
    return false;
}

static bool has_only(const struct grl_rules *r)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->list[i].action == GRL_ONLY && r->list[i].pub.enabled)
            return true;
    return false;
}

enum grl_status rules_judge(struct grl_rules *r, struct stack *stack,
                            const struct stack *group,
                            const struct grl_goroutine *g, bool *keep,
                            struct grl_error *err)
{
    size_t ignored_by = 0;
    bool wanted = false;
    enum grl_status st = GRL_OK;

    if (g->observer)
        r->observer = g->id;
    if (!stack->judged) {
        st = search(r, stack, group, NULL, &stack->ignored_by, &stack->wanted,
                    err);
        if (st != GRL_OK)
            return st;
        stack->wanted = stack->wanted || !has_only(r);
        stack->asks = stack->ignored_by == 0 && asks_each(r, stack, group);
        stack->judged = true;
    }
    ignored_by = stack->ignored_by;
    wanted = stack->wanted;
    if (stack->asks)
        st = search(r, stack, group, g, &ignored_by, &wanted, err);
    if (st != GRL_OK)
        return st;
    if (ignored_by > 0)
        r->list[ignored_by - 1].pub.matched++;
    *keep = ignored_by == 0 && wanted;
    return GRL_OK;
}
