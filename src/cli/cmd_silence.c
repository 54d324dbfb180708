#include "commands.h"
#include "job.h"
#include "keeping.h"
#include "message.h"
#include "signature.h"

static const char *signature_given(const struct settings *s)
{
    const char *text = signature_of(s->file_count == 1 ? s->files[0] : "");

    if (text == NULL)
        complain("%s: takes one SIGNATURE, six digits of it or more",
                 s->command);
    return text;
}

struct silences {
    struct grl_history *history;
    int64_t now;
};

static enum grl_status report(const struct grl_report *r, void *user,
                              struct grl_error *err)
{
    const struct silences *q = user;

    return grl_report_silences(r, q->history, q->now, err);
}

static int list(struct settings *s)
{
    struct silences q = {keeping_open(s, false), s->now};
    bool good = q.history != NULL && job_print(s, report, &q);

    grl_history_close(q.history);
    return good ? EXIT_CLEAN : EXIT_TROUBLE;
}

static bool is_over(const struct settings *s)
{
    if (s->until > s->now)
        return false;
    complain("silence: --until is over");
    return true;
}

/* It may be meant for later, or be misspelt. */
static enum grl_status tell_if_unknown(struct grl_history *h,
                                       const char *signature,
                                       struct grl_error *err)
{
    bool told = false;
    enum grl_status st = grl_history_is_told(h, signature, &told, err);

    if (st == GRL_OK && !told)
        complain("silence: check has told of no leak #%s so far", signature);
    return st;
}

static int silence(struct settings *s)
{
    const char *signature = NULL;
    struct grl_history *h = NULL;
    struct grl_error err;
    int status = EXIT_CLEAN;

    if (s->file_count == 0 && s->until == INT64_MAX && s->why[0] == '\0')
        return list(s);
    signature = signature_given(s);
    if (signature != NULL && !is_over(s))
        h = keeping_open(s, false);
    if (h == NULL)
        return EXIT_TROUBLE;
    if (grl_history_silence(h, signature, s->until, s->why, &err) != GRL_OK ||
        tell_if_unknown(h, signature, &err) != GRL_OK) {
        complain_error(s->history, &err);
        status = EXIT_TROUBLE;
    }
    grl_history_close(h);
    return status;
}

static int unsilence(struct settings *s)
{
    const char *signature = signature_given(s);
    struct grl_history *h = signature != NULL ? keeping_open(s, false) : NULL;
    struct grl_error err;
    bool was = false;
    int status = EXIT_TROUBLE;

    if (h == NULL)
        return EXIT_TROUBLE;
    if (grl_history_unsilence(h, signature, &was, &err) != GRL_OK)
        complain_error(s->history, &err);
    else if (!was)
        complain("unsilence: %s was not silenced", signature);
    else
        status = EXIT_CLEAN;
    grl_history_close(h);
    return status;
}

const struct command command_silence = {
    "silence",
    FOR_SILENCE,
    "[options] --history=DB [SIGNATURE]",
    "have check say nothing of a leak",
    "SIGNATURE is what reports print behind '#', or more of it.  Without it\n"
    "silence prints what is silenced, until when and why.\n",
    silence,
};

const struct command command_unsilence = {
    "unsilence",
    FOR_UNSILENCE,
    "[options] --history=DB SIGNATURE",
    "have check speak of a leak again",
    "SIGNATURE is what silence was given.\n",
    unsilence,
};
