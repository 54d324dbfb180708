/* What assert excuses. */
#include "message.h"
#include "option.h"

#include <stdlib.h>
#include <string.h>

static bool set_baseline(struct settings *s, const char *value)
{
    s->baseline = value;
    return true;
}

static bool switch_rule(struct settings *s, const char *option,
                        const char *value, bool on)
{
    struct grl_error err;

    if (grl_rules_enable(s->options.rules, value, on, &err) == GRL_OK)
        return true;
    complain("--%s: there is no built-in rule '%s'; --list-rules names them",
             option, value);
    return false;
}

static bool set_rule(struct settings *s, const char *value)
{
    return switch_rule(s, "rule", value, true);
}

static bool set_no_rule(struct settings *s, const char *value)
{
    return switch_rule(s, "no-rule", value, false);
}

static bool set_list_rules(struct settings *s, const char *value)
{
    (void)value;
    s->list_rules = true;
    return true;
}

/* KIND:PATTERN=N, where the last '=' is meant. */
static bool set_max(struct settings *s, const char *value)
{
    const char *equals = strrchr(value, '=');
    unsigned long long n = 0;
    const char *end = NULL;
    struct grl_error err;
    char *rule = NULL;
    bool ok = false;

    if (equals == NULL || !read_number(equals + 1, &n, &end) || *end != '\0')
        return bad_value("max", value, "KIND:PATTERN=N");
    rule = strndup(value, (size_t)(equals - value));
    if (rule == NULL) {
        complain("out of memory");
        return false;
    }
    ok = grl_rules_allow(s->options.rules, rule, n, &err) == GRL_OK;
    if (!ok)
        complain_pattern("--max", rule, &err);
    free(rule);
    return ok;
}

static bool set_settle(struct settings *s, const char *value)
{
    if (!read_duration(value, &s->settle))
        return bad_value("settle", value, "a duration such as 500ms or 2s");
    return true;
}

static bool set_exec(struct settings *s, const char *value)
{
    s->exec = value;
    return true;
}

static bool set_pprof(struct settings *s, const char *value)
{
    s->pprof = value;
    return true;
}

static bool set_before(struct settings *s, const char *value)
{
    (void)value;
    s->before = true;
    return true;
}

static bool set_on_failure(struct settings *s, const char *value)
{
    (void)value;
    s->on_failure = true;
    return true;
}

static bool set_other_process(struct settings *s, const char *value)
{
    (void)value;
    s->other_process = true;
    return true;
}

static bool set_write_suppressions(struct settings *s, const char *value)
{
    s->write_suppressions = value;
    return true;
}

static const struct option_spec specs[] = {
    {"pprof", "URL", FOR_RUN, '\0', "the server that must not leak", set_pprof},
    {"before", NULL, FOR_RUN, '\0',
     "excuse the goroutines that are there before the command runs",
     set_before},
    {"on-failure", NULL, FOR_RUN, '\0',
     "assert also when the command fails; its exit status stays",
     set_on_failure},
    {"baseline", "FILE", FOR_ASSERT, '\0',
     "excuse what this earlier dump holds: the same goroutines in the "
     "same process, else as many of each stack",
     set_baseline},
    {"other-process", NULL, FOR_ASSERTIONS, '\0',
     "the baseline may be of another run or build of the program, and "
     "excuses as many goroutines of each stack",
     set_other_process},
    {"settle", "DURATION", FOR_ASSERT, '\0',
     "take dumps again until none is leaked, for so long; needs a URL or "
     "--exec",
     set_settle},
    {"settle", "DURATION", FOR_RUN, '\0',
     "take dumps again until none is leaked, for so long (default 2s)",
     set_settle},
    {"exec", "COMMAND", FOR_ASSERT, '\0',
     "the dump is what this shell command prints", set_exec},
    {"max", "KIND:PATTERN=N", FOR_ASSERTIONS, '\0',
     "excuse up to N goroutines that match, and none of more", set_max},
    {"write-suppressions", "FILE", FOR_ASSERTIONS, '\0',
     "write the leaks as suppressions, to start from; what is in FILE "
     "already stays",
     set_write_suppressions},
    {"no-rule", "NAME", FOR_ASSERTIONS, '\0', "switch a built-in rule off",
     set_no_rule},
    {"rule", "NAME", FOR_ASSERTIONS, '\0', "switch a built-in rule on",
     set_rule},
    {"list-rules", NULL, FOR_ASSERTIONS, '\0',
     "print the built-in rules and stop", set_list_rules},
};

const struct option_group options_assert = {"Asserting", specs,
                                            sizeof specs / sizeof specs[0]};
