#include "settings.h"

#include "message.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

/* Which commands take an option, as letters: scan, diff, trend, assert, and
 * explain. */
#define ALL "sdta"

struct option_spec {
    const char *name;
    char brief; /* or '\0' */
    const char *argument;
    const char *commands;
    const char *help;
    bool (*set)(struct settings *s, const char *value);
};

static bool bad_value(const char *option, const char *value, const char *want)
{
    complain("--%s: '%s' is not %s", option, value, want);
    return false;
}

/* A whole number without sign or blanks; false when VALUE is none. */
static bool read_number(const char *value, unsigned long long *out,
                        const char **end)
{
    char *stop = NULL;

    if (value[0] < '0' || value[0] > '9')
        return false;
    errno = 0;
    *out = strtoull(value, &stop, 10);
    *end = stop;
    return errno == 0;
}

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

struct word {
    const char *text;
    int value;
};

static bool choose(const char *option, const char *value,
                   const struct word *words, size_t count, int *out)
{
    char all[120] = "one of";

    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i].text, value) == 0) {
            *out = words[i].value;
            return true;
        }
        strncat(all, " ", sizeof all - strlen(all) - 1);
        strncat(all, words[i].text, sizeof all - strlen(all) - 1);
    }
    return bad_value(option, value, all);
}

static bool set_group_by(struct settings *s, const char *value)
{
    static const struct word words[] = {
        {"stack", GRL_GROUP_STACK},       {"function", GRL_GROUP_FUNCTION},
        {"location", GRL_GROUP_LOCATION}, {"creator", GRL_GROUP_CREATOR},
        {"state", GRL_GROUP_STATE},       {"label:KEY", GRL_GROUP_LABEL},
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

static bool set_dump_separator(struct settings *s, const char *value)
{
    s->options.dump_separator = value;
    return true;
}

static bool set_instance(struct settings *s, const char *value)
{
    s->options.instance = value;
    return true;
}

static bool set_format(struct settings *s, const char *value)
{
    static const struct word words[] = {{"text", GRL_TEXT}, {"json", GRL_JSON}};
    int format = 0;

    if (!choose("format", value, words, 2, &format))
        return false;
    s->report.format = (enum grl_format)format;
    return true;
}

static bool set_output(struct settings *s, const char *value)
{
    s->output = strcmp(value, "-") == 0 ? NULL : value;
    return true;
}

static bool set_color(struct settings *s, const char *value)
{
    static const struct word words[] = {
        {"auto", COLOR_AUTO},
        {"always", COLOR_ALWAYS},
        {"never", COLOR_NEVER},
    };
    int color = COLOR_ALWAYS;

    if (!choose("color", value, words, 3, &color))
        return false;
    s->color = (enum color)color;
    return true;
}

static bool set_order(struct settings *s, const char *value)
{
    static const struct word words[] = {
        {"args", GRL_ORDER_ARGS},
        {"name", GRL_ORDER_NAME},
        {"mtime", GRL_ORDER_MTIME},
    };
    int order = 0;

    if (!choose("order", value, words, 3, &order))
        return false;
    s->order = (enum grl_order)order;
    return true;
}

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

static bool set_all(struct settings *s, const char *value)
{
    (void)value;
    s->report.all = true;
    return true;
}

static bool set_fail(struct settings *s, const char *value)
{
    (void)value;
    s->fail = true;
    return true;
}

static bool set_list_rules(struct settings *s, const char *value)
{
    (void)value;
    s->list_rules = true;
    return true;
}

static bool set_quiet(struct settings *s, const char *value)
{
    (void)value;
    s->quiet = true;
    return true;
}

static bool set_verbose(struct settings *s, const char *value)
{
    (void)value;
    s->options.verbose = true;
    return true;
}

static bool set_help(struct settings *s, const char *value)
{
    (void)value;
    s->help = true;
    return true;
}

static bool set_version(struct settings *s, const char *value)
{
    (void)value;
    s->version = true;
    return true;
}

static const struct option_spec specs[] = {
    {"ignore", '\0', "KIND:PATTERN", ALL,
     "leave out goroutines that match; KIND is top, any, creator,\n"
     "state, file, label or signature, PATTERN is PCRE2 or =text",
     set_ignore},
    {"only", '\0', "KIND:PATTERN", ALL, "leave out all others", set_only},
    {"min-wait", '\0', "DURATION", ALL,
     "leave out goroutines that wait for less: 90s, 10m, 2h, 1d", set_min_wait},
    {"min-count", '\0', "N", ALL, "show only stacks of N goroutines or more",
     set_min_count},
    {"top", '\0', "N", ALL, "show only the first N stacks", set_top},
    {"group-by", '\0', "WHAT", ALL,
     "what makes goroutines the same: stack (default), function,\n"
     "location, creator, state or label:KEY",
     set_group_by},
    {"dump-separator", '\0', "REGEX", ALL "e",
     "a line that matches starts a new dump", set_dump_separator},
    {"instance", '\0', "REGEX", "t",
     "judge several processes, each alone: what REGEX captures of a\n"
     "file's path names its process",
     set_instance},
    {"order", '\0', "ORDER", "t",
     "order the dumps by args, name or mtime; else by timestamps in\n"
     "the names, or by modification time",
     set_order},
    {"all", '\0', NULL, "t", "show every stack, not only findings", set_all},
    {"fail", '\0', NULL, "d", "exit with 1 when a stack is new or grew",
     set_fail},
    {"baseline", '\0', "FILE", "a",
     "excuse what this earlier dump holds: the same goroutines in the\n"
     "same process, else as many of each stack",
     set_baseline},
    {"no-rule", '\0', "NAME", "a", "switch a built-in rule off", set_no_rule},
    {"rule", '\0', "NAME", "a", "switch a built-in rule on", set_rule},
    {"list-rules", '\0', NULL, "a", "print the built-in rules and stop",
     set_list_rules},
    {"format", 'f', "text|json", ALL, "how to print (default text)",
     set_format},
    {"output", 'o', "FILE", ALL "e", "write to FILE, by rename", set_output},
    {"color", '\0', "WHEN", ALL "e", "auto, always or never", set_color},
    {"quiet", 'q', NULL, ALL, "print no report, only set the exit status",
     set_quiet},
    {"verbose", 'v', NULL, ALL "e", "name every damaged place by file and line",
     set_verbose},
    {"help", 'h', NULL, ALL "e", "print this and stop", set_help},
    {"version", 'V', NULL, ALL "e", "print the version and stop", set_version},
};

enum { SPECS = sizeof specs / sizeof specs[0] };

static bool applies(const struct option_spec *spec, const char *command)
{
    return strchr(spec->commands, command[0]) != NULL;
}

/* The tables of getopt_long for COMMAND; values are places in specs. */
static void build_tables(const char *command, struct option *longs,
                         char *briefs)
{
    *briefs++ = ':'; /* tell a missing argument from an unknown option */
    for (int i = 0; i < SPECS; i++) {
        if (!applies(&specs[i], command))
            continue;
        *longs++ = (struct option){specs[i].name,
                                   specs[i].argument != NULL ? required_argument
                                                             : no_argument,
                                   NULL, 256 + i};
        if (specs[i].brief != '\0')
            *briefs++ = specs[i].brief;
        if (specs[i].brief != '\0' && specs[i].argument != NULL)
            *briefs++ = ':';
    }
    *longs = (struct option){NULL, 0, NULL, 0};
    *briefs = '\0';
}

static const struct option_spec *spec_of(int code)
{
    if (code >= 256)
        return &specs[code - 256];
    for (int i = 0; i < SPECS; i++)
        if (specs[i].brief == code)
            return &specs[i];
    return NULL;
}

/* Of a cluster such as -Xq only getopt knows which letter it stopped at. */
static void complain_option(const char *command, const char *argument,
                            bool needs_argument)
{
    char letter[] = {'-', (char)optopt, '\0'};

    complain("%s: option '%s' %s; see 'goroleak %s --help'", command,
             optopt > 0 && optopt < 256 ? letter : argument,
             needs_argument ? "needs an argument" : "is not understood",
             command);
}

static bool read_options(struct settings *s, int argc, char **argv)
{
    struct option longs[SPECS + 1];
    char briefs[2 * SPECS + 2];
    const struct option_spec *spec = NULL;
    int code = 0;

    build_tables(s->command, longs, briefs);
    opterr = 0;
    while ((code = getopt_long(argc, argv, briefs, longs, NULL)) != -1) {
        if (code == '?' || code == ':') {
            complain_option(s->command, argv[optind - 1], code == ':');
            return false;
        }
        spec = spec_of(code);
        if (spec == NULL || !spec->set(s, optarg))
            return false;
    }
    s->files = argv + optind;
    s->file_count = argc - optind;
    return true;
}

bool settings_parse(struct settings *s, const char *command, int argc,
                    char **argv)
{
    struct grl_error err;

    *s = (struct settings){.command = command};
    grl_options_init(&s->options);
    grl_report_init(&s->report);
    s->options.notice = notice;
    s->options.user = s;
    if (grl_rules_new(&s->options.rules, &err) != GRL_OK ||
        (command[0] == 'a' &&
         grl_rules_add_builtin(s->options.rules, &err) != GRL_OK)) {
        complain_error(NULL, &err);
        return false;
    }
    return read_options(s, argc, argv);
}

void settings_free(struct settings *s)
{
    grl_rules_free(s->options.rules);
}

static void help_line(FILE *out, const struct option_spec *spec)
{
    enum { INDENT = 26 };
    char left[64];
    int n = snprintf(left, sizeof left, "  %s%c%s --%s%s%s",
                     spec->brief != '\0' ? "-" : " ",
                     spec->brief != '\0' ? spec->brief : ' ',
                     spec->brief != '\0' ? "," : " ", spec->name,
                     spec->argument != NULL ? "=" : "",
                     spec->argument != NULL ? spec->argument : "");

    fprintf(out, "%-*s", INDENT, left);
    if (n >= INDENT)
        fprintf(out, "\n%*s", INDENT, "");
    for (const char *c = spec->help; *c != '\0'; c++)
        if (*c == '\n')
            fprintf(out, "\n%*s", INDENT, "");
        else
            fputc(*c, out);
    fputc('\n', out);
}

void settings_help(FILE *out, const char *command)
{
    fputs("\nOptions:\n", out);
    for (int i = 0; i < SPECS; i++)
        if (applies(&specs[i], command))
            help_line(out, &specs[i]);
}
