#include "commands.h"
#include "drop.h"
#include "job.h"
#include "keeping.h"
#include "message.h"
#include "show.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct listing {
    const struct settings *settings;
    struct grl_history *history;
};

/* What verify and prune have to say. */
struct word_report {
    const char *command;
    const char *key, *value; /* in JSON */
    const char *line;        /* in text */
};

static enum grl_status report_list(const struct grl_report *r, void *user,
                                   struct grl_error *err)
{
    const struct listing *l = user;

    return grl_report_history(r, l->history, l->settings->instance, err);
}

/* A line, or in JSON an object with KEY: VALUE. */
static enum grl_status report_word(const struct grl_report *r, void *user,
                                   struct grl_error *err)
{
    const struct word_report *w = user;
    char text[160];
    int n = r->format == GRL_JSON
                ? snprintf(text, sizeof text,
                           "{\"schema\":1,\"command\":\"history %s\","
                           "\"%s\":%s}\n",
                           w->command, w->key, w->value)
                : snprintf(text, sizeof text, "%s\n", w->line);

    if (r->write(r->user, text, (size_t)n))
        return GRL_OK;
    *err = (struct grl_error){
        .code = GRL_EIO, .what = "cannot write", .sys = errno};
    return GRL_EIO;
}

static int list(struct settings *s, struct grl_history *h)
{
    struct listing l = {s, h};

    return job_print(s, report_list, &l) ? EXIT_CLEAN : EXIT_TROUBLE;
}

static int verify(struct settings *s, struct grl_history *h)
{
    struct word_report ok = {"verify", "ok", "true", "ok"};
    struct grl_error err;

    if (grl_history_verify(h, &err) == GRL_OK)
        return job_print(s, report_word, &ok) ? EXIT_CLEAN : EXIT_TROUBLE;
    complain_error(s->history, &err);
    return EXIT_TROUBLE;
}

static bool report_dropped(struct settings *s, const char *command,
                           uint64_t dropped)
{
    char value[32];
    char line[64];
    struct word_report report = {command, "dropped", value, line};

    snprintf(value, sizeof value, "%llu", (unsigned long long)dropped);
    snprintf(line, sizeof line, "%s %s dropped", value,
             dropped == 1 ? "snapshot" : "snapshots");
    return job_print(s, report_word, &report);
}

static int prune(struct settings *s, struct grl_history *h)
{
    uint64_t dropped = 0;
    struct grl_error err;

    if (s->keep <= 0 && s->max_size == 0) {
        complain("history prune: needs --keep or --max-size");
        return EXIT_TROUBLE;
    }
    if (!keeping_begin(s, h) || !keeping_prune(s, h, &dropped) ||
        !keeping_commit(s, h) || !report_dropped(s, "prune", dropped))
        return EXIT_TROUBLE;
    if (grl_history_compact(h, &err) == GRL_OK)
        return EXIT_CLEAN;
    complain("%s: the file has room for more, but cannot be made smaller: %s",
             s->history, err.detail[0] != '\0' ? err.detail : err.what);
    return EXIT_TROUBLE;
}

static int drop_some(struct settings *s, struct grl_history *h)
{
    int count = s->file_count - 1;

    return drop(s, h, s->files + 1, count) &&
                   report_dropped(s, "drop", (uint64_t)count)
               ? EXIT_CLEAN
               : EXIT_TROUBLE;
}

static int show_some(struct settings *s, struct grl_history *h)
{
    return show(s, h, s->file_count == 2 ? s->files[1] : "");
}

/* The processes of a history, as lines of JSON. */
struct exporting {
    struct settings *settings;
    struct grl_history *history;
    char **names;
    size_t count;
    bool lost;
    struct grl_report report; /* of the process that is printed */
};

/* One at a time: of the length of the history no memory is needed. */
static enum grl_status export_one(void *user, int64_t number,
                                  struct grl_error *err)
{
    struct exporting *e = user;
    struct grl_dumps *d = job_new(e->settings);
    bool found = false;
    enum grl_status st = GRL_ENOMEM;

    *err = (struct grl_error){.code = GRL_ENOMEM, .what = "out of memory"};
    if (d != NULL)
        st = grl_history_load_one(e->history, number, d, &found, err);
    if (st == GRL_OK)
        st = grl_report_scan(&e->report, d, err);
    grl_dumps_free(d);
    return st;
}

static enum grl_status report(const struct grl_report *r, void *user,
                              struct grl_error *err)
{
    struct exporting *e = user;
    enum grl_status st = GRL_OK;

    e->report = *r;
    for (size_t i = 0; i < e->count && st == GRL_OK; i++) {
        e->report.process = e->names[i];
        st = grl_history_numbers(e->history, e->names[i], export_one, e, err);
    }
    return st;
}

static void add_name(void *user, const struct grl_history_instance *i)
{
    struct exporting *e = user;
    const char *only = e->settings->instance;
    char **more = NULL;

    if (only[0] != '\0' && strcmp(only, i->name) != 0)
        return;
    more = realloc(e->names, (e->count + 1) * sizeof *more);
    if (more == NULL) {
        e->lost = true;
        return;
    }
    e->names = more;
    e->names[e->count] = strdup(i->name);
    e->lost = e->lost || e->names[e->count] == NULL;
    e->count += e->names[e->count] != NULL;
}

static int export(struct settings *s, struct grl_history *h)
{
    struct exporting e = {.settings = s, .history = h};
    struct grl_error err;
    struct grl_dumps *none = NULL;
    int status = EXIT_TROUBLE;

    s->report.format = GRL_SNAPSHOT;
    s->options.keep_ids = true;
    if (grl_history_list(h, add_name, &e, &err) != GRL_OK)
        complain_error(s->history, &err);
    else if (e.lost)
        complain("out of memory");
    else if ((none = job_new(s)) != NULL)
        status = job_finish(s, none, report, &e, EXIT_CLEAN);
    for (size_t i = 0; i < e.count; i++)
        free(e.names[i]);
    free(e.names);
    grl_dumps_free(none);
    return status;
}

/* The files behind the word, of which each line has to be one; each snapshot
 * goes to the process that it names, or to that of --instance. */
static int import(struct settings *s)
{
    struct grl_dumps *d = NULL;
    int status = EXIT_TROUBLE;

    s->files++;
    s->file_count--;
    d = keeping_read(s);
    if (d != NULL && keeping_take(s, d))
        status = grl_dumps_lost(d) > 0 ? EXIT_TROUBLE
                                       : job_status(s, d, EXIT_CLEAN);
    grl_dumps_free(d);
    s->files--;
    s->file_count++;
    return status;
}

/* What a word needs behind it, and may have. */
static const struct word {
    const char *name;
    int least, most;
    int (*run)(struct settings *s, struct grl_history *h);
} words[] = {
    {"list", 0, 0, list},
    {"show", 0, 1, show_some},
    {"verify", 0, 0, verify},
    {"prune", 0, 0, prune},
    {"drop", 1, INT_MAX, drop_some},
    {"export", 0, 0, export},
};

static const struct word *word_of(const struct settings *s)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (s->file_count > 0 && strcmp(words[i].name, s->files[0]) == 0 &&
            s->file_count - 1 >= words[i].least &&
            s->file_count - 1 <= words[i].most)
            return &words[i];
    complain("history: takes list, show [NUMBER|SIGNATURE], verify, prune, "
             "drop NUMBER, export or import FILE; see 'goroleak history "
             "--help'");
    return NULL;
}

static int run(struct settings *s)
{
    const struct word *word = NULL;
    struct grl_history *h = NULL;
    int status = EXIT_TROUBLE;

    if (s->file_count > 0 && strcmp(s->files[0], "import") == 0)
        return import(s);
    word = word_of(s);
    if (word != NULL)
        h = keeping_open(s, false);
    if (h != NULL)
        status = word->run(s, h);
    grl_history_close(h);
    return status;
}

const struct command command_history = {
    "history",
    FOR_HISTORY,
    "[options] --history=DB ACTION [WHAT...]",
    "look after a history",
    "list            what each instance has; with --all each snapshot\n"
    "show            the newest snapshot of --instance, as scan shows it\n"
    "show NUMBER     that snapshot\n"
    "show SIGNATURE  how many goroutines of that stack there were over time\n"
    "verify          read every snapshot\n"
    "prune           drop what --keep and --max-size say\n"
    "drop NUMBER...  drop those snapshots\n"
    "export          write the snapshots as lines of JSON\n"
    "import FILE...  take such lines into the history\n",
    run,
};
