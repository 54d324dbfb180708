#include "settings.h"

#include "message.h"
#include "near.h"
#include "option.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The tables of getopt_long; values are places in T from 256. */
static void build_tables(const struct taken *t, bool run, struct option *longs,
                         char *briefs)
{
    if (run)
        *briefs++ = '+'; /* the first argument begins the command */
    *briefs++ = ':';     /* tell a missing argument from an unknown option */
    for (int i = 0; i < t->count; i++) {
        const struct option_spec *spec = t->specs[i];

        *longs++ = (struct option){spec->name,
                                   spec->argument != NULL ? required_argument
                                                          : no_argument,
                                   NULL, 256 + i};
        if (spec->brief != '\0')
            *briefs++ = spec->brief;
        if (spec->brief != '\0' && spec->argument != NULL)
            *briefs++ = ':';
    }
    *longs = (struct option){NULL, 0, NULL, 0};
    *briefs = '\0';
}

static const struct option_spec *spec_of(const struct taken *t, int code)
{
    if (code >= 256)
        return t->specs[code - 256];
    for (int i = 0; i < t->count; i++)
        if (t->specs[i]->brief == code)
            return t->specs[i];
    return NULL;
}

/* What getopt_long stopped at: of a cluster such as -Xq it has not moved on. */
static const char *stopped_at(int argc, char **argv)
{
    const char *before = argv[optind - 1];
    bool letter = optopt > 0 && optopt < 256;

    if (!letter || optind == argc || before[strlen(before) - 1] == optopt)
        return before;
    return argv[optind];
}

/* What ARGUMENT may have been meant to be, into OUT. */
static const char *hint(const struct settings *s, const struct taken *t,
                        const char *argument, char *out, size_t size)
{
    const char *word = argument + strspn(argument, "-");
    bool form = is_form(s->command_bit, word);
    struct near n = {
        .word = word, .len = strcspn(word, "="), .name = form ? word : NULL};

    for (int i = 0; i < t->count; i++)
        near_try(&n, t->specs[i]->name);
    return near_hint(&n, form ? "--format=" : "--", out, size);
}

/* Of a cluster only getopt_long knows which letter it stopped at. */
static void complain_option(const struct settings *s, const struct taken *t,
                            const char *argument, int code)
{
    char letter[] = {'-', (char)optopt, '\0'};
    char meant[80] = "";
    const char *what = code == ':'     ? "needs an argument"
                       : optopt >= 256 ? "takes no value"
                                       : "is not understood";

    if (code != ':' && optopt < 256)
        hint(s, t, argument, meant, sizeof meant);
    complain("%s: option '%s' %s%s; see 'goroleak %s --help'", s->command,
             optopt > 0 && optopt < 256 ? letter : argument, what, meant,
             s->command);
}

/* Is ARGUMENT, up to its value, the name of an option of GROUP behind a dash?
 */
static bool names_option(const struct option_group *group, const char *argument)
{
    size_t len = strcspn(argument, "=");

    for (size_t i = 0; i < group->count; i++)
        if (strlen(group->specs[i].name) + 1 == len &&
            strncmp(argument + 1, group->specs[i].name, len - 1) == 0)
            return true;
    return false;
}

/* Go's own flags have one dash: -order=name would be -o with "rder=name", also
 * for a command that has no --order. */
static bool has_one_dash(const char *argument)
{
    for (int g = 0; argument[0] == '-' && g < OPTION_GROUPS; g++)
        if (names_option(option_groups[g], argument))
            return true;
    return false;
}

/* Set what the options say, in order: those of T with SET_FIRST, or the others.
 */
static bool set_options(struct settings *s, const struct taken *t,
                        unsigned first, int argc, char **argv)
{
    struct option longs[SPECS_MOST + 1];
    char briefs[2 * SPECS_MOST + 3];
    const struct option_spec *spec = NULL;
    int code = 0;

    build_tables(t, s->command_bit == FOR_RUN, longs, briefs);
    optind = 0; /* from the first argument on */
    opterr = 0;
    while ((code = getopt_long(argc, argv, briefs, longs, NULL)) != -1) {
        spec = spec_of(t, code);
        if (spec == NULL || (code < 256 && has_one_dash(argv[optind - 1]))) {
            complain_option(s, t, stopped_at(argc, argv), code);
            return false;
        }
        if ((spec->commands & SET_FIRST) == first && !spec->set(s, optarg))
            return false;
    }
    return true;
}

static bool read_options(struct settings *s, int argc, char **argv)
{
    struct taken taken = {.count = 0};

    for (int g = 0; g < OPTION_GROUPS; g++)
        option_take(&taken, option_groups[g], s->command_bit);
    if (!set_options(s, &taken, SET_FIRST, argc, argv) ||
        !set_options(s, &taken, 0, argc, argv))
        return false;
    s->files = argv + optind;
    s->file_count = argc - optind;
    return true;
}

/* Options that are good alone. */
static bool fit_together(const struct settings *s)
{
    if (s->options.heap && s->report.format == GRL_OPENMETRICS)
        complain("%s: --format=openmetrics is of goroutines; with --heap take "
                 "text or json",
                 s->command);
    else if (s->options.heap && s->history != NULL)
        complain("%s: a history is of goroutine dumps, and has no heap profile "
                 "for --heap",
                 s->command);
    else if (s->options.redact && s->options.group_by == GRL_GROUP_LABEL)
        complain("%s: --redact leaves out labels, so nothing can be grouped by "
                 "one",
                 s->command);
    else
        return true;
    return false;
}

static void progress(void *user, const char *source, uint64_t bytes,
                     uint64_t size)
{
    struct settings *s = user;

    progress_tell(&s->progress, source, bytes, size);
}

bool settings_parse(struct settings *s, const char *command, unsigned bit,
                    int argc, char **argv)
{
    struct grl_error err;

    *s = (struct settings){.command = command, .command_bit = bit};
    grl_options_init(&s->options);
    grl_report_init(&s->report);
    s->settle = -1;
    s->lock_timeout = 10;
    s->remind = 7.0 * 24 * 60 * 60;
    s->until = INT64_MAX;
    s->why = "";
    s->instance = "";
    s->now = (int64_t)time(NULL);
    s->options.notice = notice;
    s->options.progress = progress;
    s->options.user = s;
    if (grl_rules_new(&s->options.rules, &err) != GRL_OK ||
        ((bit == FOR_ASSERT || bit == FOR_RUN) &&
         grl_rules_add_builtin(s->options.rules, &err) != GRL_OK)) {
        complain_error(NULL, &err);
        return false;
    }
    return read_options(s, argc, argv) && fit_together(s);
}

void settings_free(struct settings *s)
{
    grl_rules_free(s->options.rules);
    free(s->headers);
    free(s->header_text);
    free(s->path_from);
}
