#include "commands.h"
#include "job.h"
#include "message.h"

struct comparison {
    struct grl_dumps *dumps;
    struct grl_diff *diff;
    size_t before, after;
};

static enum grl_status report(const struct grl_report *r, void *user,
                              struct grl_error *err)
{
    const struct comparison *c = user;

    return grl_report_diff(r, c->dumps, c->diff, c->before, c->after, err);
}

/* Of one file that holds several dumps, the first and the last. */
static bool read_one(struct settings *s, struct comparison *c)
{
    c->dumps = job_read(s);
    if (c->dumps == NULL)
        return false;
    c->after = grl_dumps_count(c->dumps) - 1;
    return c->after > 0;
}

/* The last dump of BEFORE and the last of AFTER. */
static bool read_two(struct settings *s, struct comparison *c)
{
    c->dumps = job_new(s);
    if (c->dumps == NULL || !job_read_one(s, c->dumps, s->files[0]))
        return false;
    c->before = grl_dumps_count(c->dumps) - 1;
    if (!job_read_one(s, c->dumps, s->files[1]))
        return false;
    c->after = grl_dumps_count(c->dumps) - 1;
    return true;
}

static bool grew(const struct grl_diff *f)
{
    return grl_diff_count(f) > 0 && grl_diff_get(f, 0)->delta > 0;
}

static int compare(struct settings *s, struct comparison *c)
{
    struct grl_error err;
    int found = EXIT_CLEAN;

    if (grl_diff_new(&c->diff, c->dumps, c->before, c->after, &err) != GRL_OK) {
        complain_error(NULL, &err);
        return EXIT_TROUBLE;
    }
    if (s->fail && grew(c->diff))
        found = EXIT_LEAKS;
    return job_finish(s, c->dumps, report, c, found);
}

static int run(struct settings *s)
{
    struct comparison c = {0};
    int status = EXIT_TROUBLE;

    if (s->file_count < 1 || s->file_count > 2) {
        complain("diff: needs two dumps, BEFORE and AFTER; see 'goroleak diff "
                 "--help'");
        return EXIT_TROUBLE;
    }
    s->options.keep_ids = true;
    if (s->file_count == 1 ? read_one(s, &c) : read_two(s, &c))
        status = compare(s, &c);
    else if (c.dumps != NULL && grl_dumps_count(c.dumps) > 0)
        complain("diff: needs two dumps, but only %s was read",
                 source_shown(grl_dumps_get(c.dumps, 0)->source));
    grl_diff_free(c.diff);
    grl_dumps_free(c.dumps);
    return status;
}

const struct command command_diff = {
    "diff",
    FOR_DIFF,
    "[options] BEFORE AFTER",
    "show which stacks are new, gone, grew or shrank",
    "Compares two dumps stack by stack, most grown first, and tells how many\n"
    "goroutines of each stack are still the same ones.  One FILE that holds\n"
    "several dumps is compared first with last.\n",
    run,
};
