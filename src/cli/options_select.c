/* Which goroutines, and what makes them the same. */
#include "file.h"
#include "message.h"
#include "option.h"

#include <stdlib.h>
#include <string.h>

static bool add_rule(struct settings *s, const char *option,
                     enum grl_rule_action action, const char *value)
{
    struct grl_error err;

    if (grl_rules_add(s->options.rules, action, value, &err) == GRL_OK)
        return true;
    complain_pattern(option, value, &err);
    return false;
}

static bool set_ignore(struct settings *s, const char *value)
{
    return add_rule(s, "--ignore", GRL_IGNORE, value);
}

static bool set_only(struct settings *s, const char *value)
{
    return add_rule(s, "--only", GRL_ONLY, value);
}

static bool set_suppressions(struct settings *s, const char *value)
{
    struct grl_error err;
    char *text = file_read(value);
    enum grl_status st = GRL_OK;

    if (text == NULL)
        return false;
    st = grl_rules_add_suppressions(s->options.rules, value, text, s->now,
                                    &err);
    free(text);
    if (st == GRL_OK)
        return true;
    complain("%s:%llu: %s%s%s", value, (unsigned long long)err.line, err.what,
             err.detail[0] != '\0' ? ": " : "", err.detail);
    return false;
}

static bool set_strict_suppressions(struct settings *s, const char *value)
{
    (void)value;
    s->strict_suppressions = true;
    return true;
}

static bool set_min_count(struct settings *s, const char *value)
{
    unsigned long long n = 0;
    const char *end = value;

    if (!read_number(value, &n, &end) || *end != '\0')
        return bad_value("min-count", value, "a number");
    s->report.min_count = n;
    return true;
}

static bool set_top(struct settings *s, const char *value)
{
    unsigned long long n = 0;
    const char *end = value;

    if (!read_number(value, &n, &end) || *end != '\0' || n == 0)
        return bad_value("top", value, "a number from 1");
    s->report.top = (size_t)n;
    return true;
}

/* Minutes are what dumps tell: seconds are rounded up to them. */
static bool set_min_wait(struct settings *s, const char *value)
{
    unsigned long long n = 0;
    const char *end = value;
    const char *want = "a duration such as 90s, 10m, 2h or 1d";

    if (!read_number(value, &n, &end) || n > 1000000000)
        return bad_value("min-wait", value, want);
    if (strcmp(end, "s") == 0)
        n = (n + 59) / 60;
    else if (strcmp(end, "h") == 0)
        n *= 60;
    else if (strcmp(end, "d") == 0)
        n *= 24ULL * 60;
    else if (strcmp(end, "m") != 0 && *end != '\0')
        return bad_value("min-wait", value, want);
    s->options.min_wait_minutes = (int64_t)n;
    return true;
}

static bool set_group_by(struct settings *s, const char *value)
{
    static const struct word words[] = {
        {"stack", GRL_GROUP_STACK},       {"function", GRL_GROUP_FUNCTION},
        {"location", GRL_GROUP_LOCATION}, {"creator", GRL_GROUP_CREATOR},
        {"state", GRL_GROUP_STATE},       {"label:KEY", GRL_GROUP_LABEL},
        {"calls", GRL_GROUP_CALLS},
    };
    int by = 0;

    if (strncmp(value, "label:", 6) == 0 && value[6] != '\0') {
        s->options.group_by = GRL_GROUP_LABEL;
        s->report.group_by = GRL_GROUP_LABEL;
        s->options.group_label = value + 6;
        return true;
    }
    if (strcmp(value, "label:KEY") == 0 ||
        !choose("group-by", value, words, sizeof words / sizeof words[0], &by))
        return false;
    s->options.group_by = (enum grl_group)by;
    s->report.group_by = s->options.group_by;
    return true;
}

static const struct option_spec specs[] = {
    {"ignore", "KIND:PATTERN", FOR_REPORTS, '\0',
     "leave out goroutines that match; KIND is top, any, creator, "
     "state, file, label or signature, PATTERN is PCRE2 or =text",
     set_ignore},
    {"only", "KIND:PATTERN", FOR_REPORTS, '\0', "leave out all others",
     set_only},
    {"suppressions", "FILE", FOR_REPORTS, '\0',
     "leave out what the lines of FILE match: KIND:PATTERN [max=N] "
     "[until=YYYY-MM-DD]; tells which lines are unused or expired; "
     "may be given several times",
     set_suppressions},
    {"strict-suppressions", NULL, FOR_REPORTS, '\0',
     "exit with 2 when a suppression is unused or expired",
     set_strict_suppressions},
    {"min-wait", "DURATION", FOR_REPORTS, '\0',
     "leave out goroutines that wait for less: 90s, 10m, 2h, 1d", set_min_wait},
    {"min-count", "N", FOR_REPORTS, '\0',
     "show only stacks of N goroutines or more", set_min_count},
    {"top", "N", FOR_REPORTS, '\0', "show only the first N stacks", set_top},
    {"group-by", "WHAT", FOR_REPORTS, '\0',
     "what makes goroutines the same: stack (default), function, "
     "calls, location, creator, state or label:KEY",
     set_group_by},
};

const struct option_group options_select = {"Selecting goroutines", specs,
                                            sizeof specs / sizeof specs[0]};
