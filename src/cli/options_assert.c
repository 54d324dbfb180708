/* What assert excuses. */
#include "message.h"
#include "option.h"

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

static const struct option_spec specs[] = {
    {"baseline", "FILE", FOR_ASSERT, '\0',
     "excuse what this earlier dump holds: the same goroutines in the\n"
     "same process, else as many of each stack",
     set_baseline},
    {"no-rule", "NAME", FOR_ASSERT, '\0', "switch a built-in rule off",
     set_no_rule},
    {"rule", "NAME", FOR_ASSERT, '\0', "switch a built-in rule on", set_rule},
    {"list-rules", NULL, FOR_ASSERT, '\0', "print the built-in rules and stop",
     set_list_rules},
};

const struct option_group options_assert = {specs,
                                            sizeof specs / sizeof specs[0]};
