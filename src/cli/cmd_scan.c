#include "commands.h"
#include "job.h"

static enum grl_status report(const struct grl_report *r, void *user,
                              struct grl_error *err)
{
    return grl_report_scan(r, user, err);
}

static int run(struct settings *s)
{
    struct grl_dumps *d = NULL;
    int status = EXIT_TROUBLE;

    s->options.merge = s->report.format != GRL_SNAPSHOT;
    s->options.keep_ids = s->report.format == GRL_SNAPSHOT;
    s->options.races = true;
    d = job_read(s);
    if (d != NULL)
        status = job_finish(s, d, report, d, EXIT_CLEAN);
    grl_dumps_free(d);
    return status;
}

const struct command command_scan = {
    "scan",
    FOR_SCAN,
    "[options] [FILE...]",
    "group the goroutines of one or more dumps by stack",
    "Reads goroutine dumps (debug=2, SIGQUIT, panics, test timeouts), counts\n"
    "goroutines that share a wait reason, a stack and a creator, and prints\n"
    "the largest groups first.  A FILE may be a folder, a URL or '-'.\n",
    run,
};
