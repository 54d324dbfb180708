/*
 * The rules `goroleak assert` starts with: the union of what goleak 1.3
 * (options.go), leaktest 1.3 (leaktest.go) and Gomega's gleak
 * (have_leaked_matcher.go) excuse, each as narrow as their intent.  leaktest
 * looks for substrings in the whole text; two of its rules would hide leaks
 * of the user's own and are listed, but off.
 */
#include "base/error.h"
#include "rules/rules.h"

struct builtin {
    const char *name;
    const char *text; /* what it excuses */
    const char *source;
    enum rule_kind kind;
    const char *pattern; /* or NULL */
    const char *state;   /* or NULL */
    bool off;
};

#define GINKGO "^github\\.com/onsi/ginkgo/v2/internal"

static const struct builtin builtins[] = {
    {"main", "goroutine 1", "goroleak", RULE_MAIN, NULL, NULL, false},
    {"observer", "the goroutine that took the dump", "goleak, goroleak",
     RULE_OBSERVER, NULL, NULL, false},
    {"observer-connection",
     "net/http's reader of the connection that asked for the dump", "goroleak",
     RULE_CONNECTION, "^net/http\\.\\(\\*connReader\\)\\.startBackgroundRead$",
     NULL, false},
    {"runtime", "the runtime's own goroutines", "leaktest, goroleak",
     RULE_RUNTIME, NULL, NULL, false},
    {"testing", "package testing waiting for its tests", "goleak, gleak",
     RULE_TOP,
     "^testing\\.(RunTests|\\(\\*T\\)\\.(Run|Parallel)|runFuzzing|"
     "runFuzzTests)$",
     "^chan receive", false},
    {"testing-main", "stacks through testing.Main, RunTests or (*T).Run",
     "leaktest", RULE_ANY, "^testing\\.(Main|RunTests|\\(\\*T\\)\\.Run)$", NULL,
     false},
    {"signal", "os/signal's goroutine", "goleak, leaktest, gleak", RULE_ANY,
     "^os/signal\\.(signal_recv|loop)$", NULL, false},
    {"signal-mask", "the runtime's goroutine behind signal.Notify",
     "goleak, gleak", RULE_ANY, "^runtime\\.ensureSigM", NULL, false},
    {"trace", "the reader of runtime/trace", "goleak, gleak", RULE_ANY,
     "^runtime(\\.ReadTrace|/trace\\.Start\\.func)", NULL, false},
    {"syscall-exit", "threads of cgo that wait to be used again", "goleak",
     RULE_TOP, "^runtime\\.goexit$", "^syscall", false},
    {"goexit", "goroutines with no frame but runtime.goexit", "leaktest, gleak",
     RULE_TOP, "^runtime\\.goexit1?$", NULL, false},
    {"http-keepalive", "net/http's idle client connections", "leaktest",
     RULE_ANY, "^net/http\\..*\\)\\.(readLoop|writeLoop)$", NULL, false},
    {"scavenger", "the heap scavenger to Go 1.12", "leaktest", RULE_ANY,
     "^runtime\\.MHeap_Scavenger", NULL, false},
    {"mcall", "stacks through runtime_mcall", "leaktest", RULE_ANY,
     "runtime_mcall", NULL, false},
    {"leaktest", "leaktest looking at goroutines", "leaktest", RULE_ANY,
     "interestingGoroutines", NULL, false},
    {"sigterm", "stacks through sigterm.handler", "leaktest", RULE_ANY,
     "sigterm\\.handler", NULL, false},
    {"ginkgo", "Ginkgo running its nodes", "gleak", RULE_TOP,
     GINKGO "\\.\\(\\*Suite\\)\\.runNode", NULL, false},
    {"ginkgo-interrupt", "Ginkgo waiting for interrupts", "gleak", RULE_TOP,
     "^github\\.com/onsi/ginkgo/(v2/internal/interrupt_handler\\.\\("
     "\\*InterruptHandler\\)|internal/specrunner\\.\\(\\*SpecRunner\\))\\."
     "registerForInterrupts",
     NULL, false},
    {"ginkgo-output", "Ginkgo intercepting output", "gleak", RULE_CREATOR,
     GINKGO "\\.\\(\\*genericOutputInterceptor\\)\\.ResumeIntercepting", NULL,
     false},
    {"ginkgo-progress", "Ginkgo waiting for progress signals", "gleak",
     RULE_CREATOR, GINKGO "\\.RegisterForProgressSignal$", NULL, false},
    {"any-readloop", "any method named readLoop or writeLoop", "leaktest",
     RULE_ANY, "\\)\\.(readLoop|writeLoop)$", NULL, true},
    {"no-stack", "goroutines without a stack", "leaktest", RULE_EMPTY, NULL,
     NULL, true},
};

static enum grl_status add(struct grl_rules *r, const struct builtin *b,
                           struct grl_error *err)
{
    struct rule *rule = rules_append(r);
    enum grl_status st = GRL_OK;

    if (rule == NULL)
        return fail_memory(err);
    rule->pub.name = b->name;
    rule->pub.text = b->text;
    rule->pub.source = b->source;
    rule->pub.enabled = !b->off;
    rule->action = GRL_IGNORE;
    rule->kind = b->kind;
    if (b->pattern != NULL)
        st = pattern_new(&rule->pattern, b->pattern, err);
    if (st == GRL_OK && b->state != NULL)
        st = pattern_new(&rule->state, b->state, err);
    return st;
}

enum grl_status grl_rules_add_builtin(struct grl_rules *r,
                                      struct grl_error *err)
{
    for (size_t i = 0; i < sizeof builtins / sizeof builtins[0]; i++) {
        enum grl_status st = add(r, &builtins[i], err);

        if (st != GRL_OK)
            return st;
    }
    return GRL_OK;
}
