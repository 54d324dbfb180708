/* How and where to print. */
#include "message.h"
#include "option.h"

#include <stdlib.h>
#include <string.h>

/* What --format takes for the command BIT: COUNT words. */
static const struct word *forms_of(unsigned bit, size_t *count)
{
    static const struct word tests[] = {
        {"text", GRL_TEXT},     {"json", GRL_JSON},   {"junit", GRL_JUNIT},
        {"tap", GRL_TAP},       {"tap13", GRL_TAP13}, {"sarif", GRL_SARIF},
        {"github", GRL_GITHUB},
    };
    static const struct word metrics[] = {
        {"text", GRL_TEXT},
        {"json", GRL_JSON},
        {"openmetrics", GRL_OPENMETRICS},
        {"snapshot", GRL_SNAPSHOT},
    };

    if ((bit & FOR_ASSERTIONS) != 0) {
        *count = sizeof tests / sizeof tests[0];
        return tests;
    }
    *count = (bit & FOR_PRINTING) == 0 ? 0
             : (bit & FOR_PLAIN) != 0  ? 2
             : bit == FOR_SCAN         ? 4
                                       : 3;
    return metrics;
}

bool is_form(unsigned bit, const char *word)
{
    size_t count = 0;
    const struct word *words = forms_of(bit, &count);

    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i].text, word) == 0)
            return true;
    return false;
}

static bool set_format(struct settings *s, const char *value)
{
    size_t count = 0;
    const struct word *words = forms_of(s->command_bit, &count);
    int format = 0;

    if (!choose("format", value, words, count, &format))
        return false;
    s->report.format = (enum grl_format)format;
    return true;
}

/* FROM=TO: where a build had the files, and where they are in the repository.
 */
static bool set_path_map(struct settings *s, const char *value)
{
    const char *equals = strchr(value, '=');

    if (equals == NULL || equals == value || s->path_from != NULL)
        return bad_value("path-map", value, "one FROM=TO");
    s->path_from = strndup(value, (size_t)(equals - value));
    if (s->path_from == NULL) {
        complain("out of memory");
        return false;
    }
    s->report.path_from = s->path_from;
    s->report.path_to = equals + 1;
    return true;
}

static bool set_output(struct settings *s, const char *value)
{
    s->output = strcmp(value, "-") == 0 ? NULL : value;
    return true;
}

static bool set_mode(struct settings *s, const char *value)
{
    char *end = NULL;
    unsigned long mode = strtoul(value, &end, 8);

    if (value[0] < '0' || value[0] > '7' || *end != '\0' || mode > 0777)
        return bad_value("mode", value, "an octal number such as 0644");
    s->mode = (unsigned)mode;
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

static bool set_all(struct settings *s, const char *value)
{
    (void)value;
    s->report.all = true;
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
    {"format", "FORM", FOR_SCAN, 'f',
     "how to print: text (default), json, openmetrics, or snapshot: lines "
     "of JSON that every command reads",
     set_format},
    {"format", "FORM", FOR_TREND | FOR_CHECK, 'f',
     "how to print: text (default), json or openmetrics", set_format},
    {"format", "FORM", FOR_PLAIN, 'f', "how to print: text (default) or json",
     set_format},
    {"format", "FORM", FOR_ASSERTIONS, 'f',
     "how to print: text (default), json, junit, tap, tap13, sarif or github",
     set_format},
    {"all", NULL, FOR_TREND, '\0', "show every stack, not only findings",
     set_all},
    {"all", NULL, FOR_HISTORY, '\0', "list: show every snapshot", set_all},
    {"path-map", "FROM=TO", FOR_ASSERTIONS, '\0',
     "junit, sarif, github: put TO for FROM at the front of paths",
     set_path_map},
    {"output", "FILE", FOR_PRINTING, 'o', "write to FILE, by rename",
     set_output},
    {"mode", "OCTAL", FOR_PRINTING, '\0',
     "permissions of the --output file (default 0600)", set_mode},
    {"color", "WHEN", FOR_ALL, '\0', "auto, always or never", set_color},
    {"quiet", NULL, FOR_REPORTS, 'q',
     "print no report, only set the exit status", set_quiet},
    {"verbose", NULL, FOR_ALL, 'v', "name every damaged place by file and line",
     set_verbose},
    {"help", NULL, FOR_ALL, 'h', "print this and stop", set_help},
    {"version", NULL, FOR_ALL, 'V', "print the version and stop", set_version},
};

const struct option_group options_report = {"Printing", specs,
                                            sizeof specs / sizeof specs[0]};
