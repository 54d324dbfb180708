#include "commands.h"
#include "job.h"
#include "message.h"
#include "near.h"
#include "signature.h"

#include <stdio.h>
#include <string.h>

struct explained {
    const struct grl_explanation *state;
    const struct grl_dumps *dumps;
};

static enum grl_status report(const struct grl_report *r, void *user,
                              struct grl_error *err)
{
    const struct explained *x = user;

    return grl_report_explain(r, x->state, x->dumps, err);
}

static int explain_signature(struct settings *s, const char *signature)
{
    struct grl_dumps *d = NULL;
    int status = EXIT_TROUBLE;

    if (!signature_only(s, signature))
        return EXIT_TROUBLE;
    s->options.merge = true;
    d = job_read(s);
    if (d != NULL && grl_cluster_count(d, 0) > 0)
        status = job_finish(s, d, report, &(struct explained){NULL, d},
                            EXIT_CLEAN);
    else if (d != NULL)
        complain("explain: no stack with signature %s in these dumps",
                 signature);
    grl_dumps_free(d);
    return status;
}

/* STATE as it is, or as a header has it: "[chan send, 3 minutes]:". */
static const struct grl_explanation *explanation_of(const char *state)
{
    char bare[64];

    state += state[0] == '[';
    snprintf(bare, sizeof bare, "%.*s", (int)strcspn(state, ",]"), state);
    return grl_explain_state(bare);
}

static int complain_state(const char *state)
{
    const struct grl_explanation *e = NULL;
    struct near n = {.word = state, .len = strlen(state)};
    char meant[80];

    for (size_t i = 0; (e = grl_explain_get(i)) != NULL; i++)
        near_try(&n, e->state);
    complain("explain: '%s' is neither a wait reason it knows nor a "
             "signature%s; 'goroleak explain' lists wait reasons",
             state, near_hint(&n, "", meant, sizeof meant));
    return EXIT_TROUBLE;
}

/* STATE, or all that are known when it is NULL. */
static int explain_state(struct settings *s, const char *state)
{
    const struct grl_explanation *e = state != NULL ? explanation_of(state)
                                                    : NULL;
    struct explained x = {e, NULL};

    if (state != NULL && e == NULL)
        return complain_state(state);
    return job_print(s, report, &x) ? EXIT_CLEAN : EXIT_TROUBLE;
}

static int run(struct settings *s)
{
    const char *what = s->file_count > 0 ? s->files[0] : NULL;

    if (what == NULL)
        return explain_state(s, NULL);
    s->files++;
    s->file_count--;
    if (s->file_count == 0 && signature_of(what) == NULL)
        return explain_state(s, what);
    if (signature_of(what) != NULL)
        return explain_signature(s, signature_of(what));
    complain("explain: '%s' is no signature, and FILE goes with one; see "
             "'goroleak explain --help'",
             what);
    return EXIT_TROUBLE;
}

const struct command command_explain = {
    "explain",
    FOR_EXPLAIN,
    "STATE | SIGNATURE FILE...",
    "say what a wait reason means, what leaks there and how to fix it",
    "Takes a wait reason such as 'chan send', or the beginning of a signature\n"
    "from a report and the dumps it is in.  Without either it lists the wait\n"
    "reasons it knows.\n",
    run,
};
