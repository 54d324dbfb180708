/*
 * The rules `goroleak assert` starts with: the union of what goleak
 * (options.go, of 1.3 and what was merged since), leaktest 1.3 (leaktest.go)
 * and Gomega's gleak (have_leaked_matcher.go) excuse, each as narrow as their
 * intent.  leaktest looks for substrings in the whole text; two of its rules
 * would hide leaks of the user's own and are listed, but off.
 */
#include "base/error.h"
#include "rules/rules.h"

struct builtin {
    const char *name;
    const char *text; /* what it excuses */
    const char *source;
    const char *pattern; /* or NULL */
    const char *state;   /* or NULL */
    enum rule_kind kind;
    bool off;
};

#define GINKGO "^github\\.com/onsi/ginkgo/v2/internal"

static const struct builtin builtins[] = {
    {"main", "goroutine 1", "goroleak", NULL, NULL, RULE_MAIN, false},
    {"observer", "the goroutine that took the dump", "goleak, goroleak", NULL,
     NULL, RULE_OBSERVER, false},
    {"observer-connection",
     "net/http's reader of the connection that asked for the dump", "goroleak",
     "^net/http\\.\\(\\*connReader\\)\\.startBackgroundRead$", NULL,
     RULE_CONNECTION, false},
    {"runtime", "the runtime's own goroutines", "leaktest, goroleak", NULL,
     NULL, RULE_RUNTIME, false},
    {"testing", "package testing waiting for its tests", "goleak, gleak",

     "^testing\\.(RunTests|\\(\\*T\\)\\.(Run|Parallel)|runFuzzing|"
     "runFuzzTests)$",
     "^chan receive", RULE_TOP, false},
    {"testing-main", "stacks through testing.Main, RunTests or (*T).Run",
     "leaktest", "^testing\\.(Main|RunTests|\\(\\*T\\)\\.Run)$", NULL, RULE_ANY,
     false},
    {"signal", "os/signal's goroutine", "goleak, leaktest, gleak",
     "^os/signal\\.(signal_recv|loop)$", NULL, RULE_ANY, false},
    {"signal-mask", "the runtime's goroutine behind signal.Notify",
     "goleak, gleak", "^runtime\\.ensureSigM", NULL, RULE_ANY, false},
    {"trace", "the reader of runtime/trace", "goleak, gleak",
     "^runtime(\\.ReadTrace|/trace\\.(Start|\\(\\*traceMultiplexer\\)\\."
     "startLocked)\\.func)",
     NULL, RULE_ANY, false},
    {"syscall-exit", "threads of cgo that wait to be used again", "goleak",
     "^runtime\\.goexit$", "^syscall", RULE_TOP, false},
    {"goexit", "goroutines with no frame but runtime.goexit", "leaktest, gleak",
     "^runtime\\.goexit1?$", NULL, RULE_TOP, false},
    {"starting", "goroutines of a profile that have not begun to run",
     "goroleak", NULL, NULL, RULE_STARTING, false},
    {"resolver", "lookups that net's resolver does in Go, which time out",
     "goleak", "^net\\.\\(\\*Resolver\\)\\.", NULL, RULE_CREATOR, false},
    {"http-keepalive", "net/http's idle client connections", "leaktest",
     "^net/http\\..*\\)\\.(readLoop|writeLoop)$", NULL, RULE_ANY, false},
    {"scavenger", "the heap scavenger to Go 1.12", "leaktest",
     "^runtime\\.MHeap_Scavenger", NULL, RULE_ANY, false},
    {"mcall", "stacks through runtime_mcall", "leaktest", "runtime_mcall", NULL,
     RULE_ANY, false},
    {"leaktest", "leaktest looking at goroutines", "leaktest",
     "interestingGoroutines", NULL, RULE_ANY, false},
    {"sigterm", "stacks through sigterm.handler", "leaktest",
     "sigterm\\.handler", NULL, RULE_ANY, false},
    {"ginkgo", "Ginkgo running its nodes", "gleak",
     GINKGO "\\.\\(\\*Suite\\)\\.runNode", NULL, RULE_TOP, false},
    {"ginkgo-interrupt", "Ginkgo waiting for interrupts", "gleak",
     "^github\\.com/onsi/ginkgo/(v2/internal/interrupt_handler\\.\\("
     "\\*InterruptHandler\\)|internal/specrunner\\.\\(\\*SpecRunner\\))\\."
     "registerForInterrupts",
     NULL, RULE_TOP, false},
    {"ginkgo-output", "Ginkgo intercepting output", "gleak",
     GINKGO "\\.\\(\\*genericOutputInterceptor\\)\\.ResumeIntercepting", NULL,
     RULE_CREATOR, false},
    {"ginkgo-progress", "Ginkgo waiting for progress signals", "gleak",
     GINKGO "\\.RegisterForProgressSignal$", NULL, RULE_CREATOR, false},
    {"any-readloop", "any method named readLoop or writeLoop", "leaktest",
     "\\)\\.(readLoop|writeLoop)$", NULL, RULE_ANY, true},
    {"no-stack", "goroutines without a stack", "leaktest", NULL, NULL,
     RULE_EMPTY, true},
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
