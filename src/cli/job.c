#include "job.h"

#include "message.h"
#include "output.h"
#include "suppress.h"
#include "terminal.h"

#include <string.h>
#include <unistd.h>

static enum grl_status read_files(struct settings *s, struct grl_dumps *d,
                                  struct grl_error *err)
{
    if (s->file_count == 0)
        return grl_dumps_read(d, "-", err);
    return grl_dumps_read_all(d, (const char *const *)s->files,
                              (size_t)s->file_count, err);
}

/* Does this pattern, of an option, compile? */
static bool compiles(const char *pattern)
{
    struct grl_options options;
    struct grl_dumps *d = NULL;
    bool good = false;

    grl_options_init(&options);
    options.dump_separator = pattern;
    good = grl_dumps_new(&d, &options, NULL) == GRL_OK;
    grl_dumps_free(d);
    return good;
}

/* One of the patterns does not compile. */
static void complain_bad_option(const struct settings *s,
                                const struct grl_error *err)
{
    const struct {
        const char *option, *pattern;
    } patterns[] = {{"--instance", s->options.instance},
                    {"--line-prefix", s->options.line_prefix},
                    {"--dump-separator", s->options.dump_separator}};
    size_t last = sizeof patterns / sizeof patterns[0] - 1;
    size_t i = 0;

    while (i < last &&
           (patterns[i].pattern == NULL || compiles(patterns[i].pattern)))
        i++;
    complain_pattern(patterns[i].option, patterns[i].pattern, err);
}

bool job_has_input(const struct settings *s)
{
    if (s->file_count > 0 || isatty(STDIN_FILENO) != 1)
        return true;
    complain("%s: no FILE given, and standard input is a terminal; see "
             "'goroleak %s --help'",
             s->command, s->command);
    return false;
}

struct grl_dumps *job_new(struct settings *s)
{
    struct grl_dumps *d = NULL;
    struct grl_error err;
    enum grl_status st = grl_dumps_new(&d, &s->options, &err);

    if (st == GRL_EPATTERN)
        complain_bad_option(s, &err);
    else if (st != GRL_OK)
        complain_error(NULL, &err);
    return st == GRL_OK ? d : NULL;
}

/* Not one dump of the wanted kind, though no file failed. */
static void complain_none(const struct settings *s, const struct grl_dumps *d)
{
    if (grl_dumps_count(d) > 0 || grl_dumps_failed(d) > 0)
        return;
    if (s->options.heap)
        complain("%s: goroutine dumps, but no heap profile", s->command);
    else
        complain("%s: heap profiles, but no goroutine dump; 'trend --heap' "
                 "judges what they hold",
                 s->command);
}

struct grl_dumps *job_read(struct settings *s)
{
    struct grl_dumps *d = job_has_input(s) ? job_new(s) : NULL;
    struct grl_error err;
    enum grl_status st = GRL_OK;

    if (d == NULL)
        return NULL;
    st = read_files(s, d, &err);
    progress_clear(&s->progress);
    if (st != GRL_OK)
        complain_error(NULL, &err);
    else
        complain_none(s, d);
    if (st == GRL_OK && grl_dumps_count(d) > 0)
        return d;
    grl_dumps_free(d);
    return NULL;
}

bool job_read_one(struct settings *s, struct grl_dumps *d, const char *path)
{
    size_t before = grl_dumps_count(d);
    struct grl_error err;
    enum grl_status st = grl_dumps_read(d, path, &err);

    progress_clear(&s->progress);
    if (st != GRL_OK) {
        complain_error(path, &err);
        return false;
    }
    complain_none(s, d);
    return grl_dumps_count(d) > before;
}

/* What ERR of a report is about: one of a history is read while it is written.
 */
static const char *place_of(const struct settings *s,
                            const struct grl_error *err)
{
    if (s->history != NULL && strcmp(err->what, "cannot write") != 0)
        return s->history;
    return s->output != NULL ? s->output : "standard output";
}

bool job_print(struct settings *s, job_report_fn *report, void *user)
{
    struct output out;
    struct grl_error err;
    enum grl_status st = GRL_OK;

    if (s->quiet)
        return true;
    if (!output_open(&out, s->output, s->mode))
        return false;
    terminal_adapt(s);
    s->report.write = output_write;
    s->report.user = &out;
    st = report(&s->report, user, &err);
    if (st != GRL_OK)
        complain_error(place_of(s, &err), &err);
    return output_close(&out, st == GRL_OK) && st == GRL_OK;
}

int job_status(const struct settings *s, const struct grl_dumps *d, int found)
{
    return !suppress_tell(s) || grl_dumps_failed(d) > 0 ? EXIT_TROUBLE : found;
}

int job_finish(struct settings *s, const struct grl_dumps *d,
               job_report_fn *report, void *user, int found)
{
    return job_print(s, report, user) ? job_status(s, d, found) : EXIT_TROUBLE;
}
