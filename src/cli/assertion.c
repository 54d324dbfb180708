#include "assertion.h"

#include "exec.h"
#include "job.h"
#include "message.h"
#include "suppress.h"

bool assertion_begin(struct assertion *a, struct settings *s)
{
    s->options.keep_ids = true;
    s->options.lineage = true;
    *a = (struct assertion){.dumps = job_new(s), .baseline = -1};
    return a->dumps != NULL;
}

void assertion_free(struct assertion *a)
{
    grl_assert_free(a->result);
    grl_dumps_free(a->dumps);
}

static bool take_dump(struct assertion *a, struct settings *s, const char *path)
{
    return path != NULL ? job_read_one(s, a->dumps, path)
                        : exec_read(s, a->dumps);
}

bool assertion_baseline(struct assertion *a, struct settings *s,
                        const char *path)
{
    if (!take_dump(a, s, path))
        return false;
    a->baseline = (ptrdiff_t)grl_dumps_count(a->dumps) - 1;
    return true;
}

/* ------------------------------------------------------------ until clean */

struct taking {
    struct assertion *assertion;
    struct settings *settings;
    const char *path;
    bool asked; /* it could be asked before */
    bool told;  /* why no dump could be taken */
};

static enum grl_status take(void *user, struct grl_dumps *d,
                            struct grl_error *err)
{
    struct taking *t = user;

    (void)d;
    (void)err;
    t->told = !take_dump(t->assertion, t->settings, t->path);
    if (t->told && t->asked)
        complain("%s could be asked before: did the process die meanwhile?",
                 t->path != NULL ? t->path : "--exec");
    t->asked = true;
    return t->told ? GRL_ENODUMP : GRL_OK;
}

static bool settle(struct assertion *a, struct settings *s, const char *path)
{
    struct taking t = {
        .assertion = a, .settings = s, .path = path, .asked = s->before};
    struct grl_error err;
    enum grl_status st = grl_assert_settled(&a->result, a->dumps, a->baseline,
                                            s->settle, take, &t, &err);

    if (st == GRL_OK)
        a->dump = grl_dumps_count(a->dumps) - 1;
    else if (!t.told)
        complain_error(NULL, &err);
    return st == GRL_OK;
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

static enum grl_status report(const struct grl_report *r, void *user,
                              struct grl_error *err)
{
    const struct assertion *a = user;

    return grl_report_assert(r, a->dumps, a->result, a->dump, err);
}

static void complain_of_baseline(const struct assertion *a,
                                 const struct settings *s,
                                 enum grl_baseline what)
{
    const char *source = grl_dumps_get(a->dumps, (size_t)a->baseline)->source;

    if (s->before)
        complain("%s was restarted meanwhile: what leaked before that is not "
                 "seen",
                 source);
    else if (what == GRL_BASELINE_OTHER_RUN)
        complain("%s is of another run of the program than the dump; with "
                 "--other-process it excuses as many goroutines of each stack",
                 source);
    else
        complain("%s is of another build of the program than the dump; with "
                 "--other-process it excuses as many goroutines of each stack "
                 "whose lines did not change, with --group-by=function of all",
                 source);
}

/* A baseline of another process is a mistake of who meant the server that still
 * runs, and meant by who keeps one in a file. */
static bool is_good_baseline(const struct assertion *a,
                             const struct settings *s)
{
    enum grl_baseline what = grl_assert_baseline(a->result);

    if (s->other_process ||
        (what != GRL_BASELINE_OTHER_RUN && what != GRL_BASELINE_OTHER_BUILD))
        return true;
    complain_of_baseline(a, s, what);
    return false;
}

int assertion_judge(struct assertion *a, struct settings *s, const char *path)
{
    bool written = true;
    int status = EXIT_TROUBLE;

    if (!settle(a, s, path))
        return EXIT_TROUBLE;
    if (!is_good_baseline(a, s))
        return EXIT_TROUBLE;
    if (s->write_suppressions != NULL)
        written = suppress_write(s->write_suppressions, a->result);
    status = job_finish(s, a->dumps, report, a, exit_status(a));
    return written ? status : EXIT_TROUBLE;
}
