#include "assertion.h"
#include "commands.h"
#include "job.h"
#include "message.h"

#include <stdio.h>
#include <string.h>

int list_rules(const struct grl_rules *rules)
{
    for (size_t i = 0; i < grl_rules_count(rules); i++) {
        const struct grl_rule *r = grl_rules_get(rules, i);

        if (r->name[0] != '\0')
            printf("%-3s  %-20s %s (%s)\n", r->enabled ? "on" : "off", r->name,
                   r->text, r->source);
    }
    return EXIT_CLEAN;
}

/* Taking a dump again makes sense only where it is made anew. */
static bool can_settle(const struct settings *s, const char *path)
{
    return s->settle <= 0 || path == NULL || strstr(path, "://") != NULL;
}

static int judge(struct settings *s, const char *path)
{
    struct assertion a;
    int status = EXIT_TROUBLE;

    if (assertion_begin(&a, s) &&
        (s->baseline == NULL || assertion_baseline(&a, s, s->baseline)))
        status = assertion_judge(&a, s, path);
    assertion_free(&a);
    return status;
}

static int run(struct settings *s)
{
    const char *path = s->file_count > 0 ? s->files[0] : "-";

    if (s->list_rules)
        return list_rules(s->options.rules);
    if (s->file_count + (s->exec != NULL) > 1) {
        complain("assert: takes one FILE%s, not %d; one to compare it with "
                 "goes to --baseline",
                 s->exec != NULL ? " or --exec" : "", s->file_count);
        return EXIT_TROUBLE;
    }
    if (s->exec != NULL)
        path = NULL;
    else if (!job_has_input(s))
        return EXIT_TROUBLE;
    if (!can_settle(s, path)) {
        complain("assert: --settle needs a URL or --exec, as a file does not "
                 "change");
        return EXIT_TROUBLE;
    }
    return judge(s, path);
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
    "cut off and shows no leak is no pass: the exit status is 2.  Goroutines\n"
    "that are on their way out get time with --settle.\n",
    run,
};
