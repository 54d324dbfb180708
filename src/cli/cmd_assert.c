#include "commands.h"
#include "job.h"
#include "message.h"

#include <stdio.h>

struct assertion {
    struct grl_dumps *dumps;
    struct grl_assertion *result;
    size_t dump;
};

static enum grl_status report(const struct grl_report *r, void *user,
                              struct grl_error *err)
{
    const struct assertion *a = user;

    return grl_report_assert(r, a->dumps, a->result, a->dump, err);
}

static int list_rules(const struct grl_rules *rules)
{
    for (size_t i = 0; i < grl_rules_count(rules); i++) {
        const struct grl_rule *r = grl_rules_get(rules, i);

        if (r->name[0] != '\0')
            printf("%-3s  %-20s %s (%s)\n", r->enabled ? "on" : "off", r->name,
                   r->text, r->source);
    }
    return EXIT_CLEAN;
}

/* A dump that is cut can fail an assertion, but what it does not show cannot
 * pass one. */
static int exit_status(const struct assertion *a)
{
    const struct grl_dump *dump = grl_dumps_get(a->dumps, a->dump);

    if (grl_assert_count(a->result) > 0)
        return EXIT_LEAKS;
    if (!dump->truncated)
        return EXIT_CLEAN;
    complain("assert: %s is cut off: no leak in what is there, but the rest "
             "was not seen",
             dump->source);
    return EXIT_TROUBLE;
}

static int judge(struct settings *s, struct assertion *a)
{
    struct grl_error err;
    ptrdiff_t baseline = -1;

    a->dump = grl_dumps_count(a->dumps) - 1;
    if (s->baseline != NULL) {
        if (!job_read_one(s, a->dumps, s->baseline))
            return EXIT_TROUBLE;
        baseline = (ptrdiff_t)grl_dumps_count(a->dumps) - 1;
    }
    if (grl_assert_new(&a->result, a->dumps, a->dump, baseline, &err) !=
        GRL_OK) {
        complain_error(NULL, &err);
        return EXIT_TROUBLE;
    }
    return job_finish(s, a->dumps, report, a, exit_status(a));
}

static int run(struct settings *s)
{
    struct assertion a = {NULL, NULL, 0};
    int status = EXIT_TROUBLE;

    if (s->list_rules)
        return list_rules(s->options.rules);
    if (s->file_count > 1) {
        complain("assert: takes one FILE, not %d; see 'goroleak assert "
                 "--help'",
                 s->file_count);
        return EXIT_TROUBLE;
    }
    s->options.keep_ids = true;
    a.dumps = job_read(s);
    if (a.dumps != NULL)
        status = judge(s, &a);
    grl_assert_free(a.result);
    grl_dumps_free(a.dumps);
    return status;
}

const struct command command_assert = {
    "assert",
    FOR_ASSERT,
    "[options] [--baseline=FILE] [FILE]",
    "fail when a goroutine is there that no rule excuses",
    "goleak for a dump: every goroutine that neither a rule nor the baseline\n"
    "excuses is a leak, and the exit status is 1.  The built-in rules excuse\n"
    "what goleak, leaktest and Gomega's gleak excuse; --list-rules prints\n"
    "them.  Of a FILE with several dumps the last one counts.  A dump that is\n"
    "cut off and shows no leak is no pass: the exit status is 2.\n",
    run,
};
