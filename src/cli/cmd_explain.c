#include "commands.h"
#include "job.h"
#include "message.h"
#include "near.h"
#include "output.h"
#include "signature.h"
#include "terminal.h"

#include <stdio.h>
#include <string.h>

static void print_code(FILE *out, const char *code)
{
    fputs("      ", out);
    for (; *code != '\0'; code++) {
        fputc(*code, out);
        if (*code == '\n')
            fputs("      ", out);
    }
    fputc('\n', out);
}

static void print_explanation(FILE *out, const struct grl_explanation *e)
{
    fprintf(out, "%s: the goroutine %s\n", e->state, e->what);
    for (size_t i = 0; i < e->cause_count; i++) {
        fprintf(out, "\n  %zu. %s\n\n", i + 1, e->causes[i].what);
        print_code(out, e->causes[i].example);
        fprintf(out, "\n     fix: %s\n", e->causes[i].fix);
    }
}

static const struct grl_cluster *find(const struct grl_dumps *d,
                                      const char *signature)
{
    for (size_t i = 0; i < grl_cluster_count(d, 0); i++) {
        const struct grl_cluster *c = grl_cluster_get(d, 0, i);

        if (strncmp(c->signature, signature, strlen(signature)) == 0)
            return c;
    }
    return NULL;
}

/* The stack itself, then what it betrays, then its wait reason. */
static bool print_cluster(struct settings *s, const struct grl_dumps *d,
                          const struct grl_cluster *c, struct output *out)
{
    const struct grl_explanation *e = grl_explain_state(c->state);
    struct grl_error err;

    terminal_adapt(s);
    s->report.write = output_write;
    s->report.user = out;
    if (grl_report_scan(&s->report, d, &err) != GRL_OK) {
        complain_error(s->output, &err);
        return false;
    }
    if (grl_explain_stack(c) != NULL)
        fprintf(out->file, "\n%s\n", grl_explain_stack(c));
    if (e != NULL) {
        fputc('\n', out->file);
        print_explanation(out->file, e);
    }
    return true;
}

static int explain_cluster(struct settings *s, const struct grl_dumps *d,
                           const char *signature)
{
    const struct grl_cluster *c = find(d, signature);
    struct output out;
    bool good = false;

    if (c == NULL) {
        complain("explain: no stack with signature %s in these dumps",
                 signature);
        return EXIT_TROUBLE;
    }
    if (!output_open(&out, s->output, s->mode))
        return EXIT_TROUBLE;
    good = print_cluster(s, d, c, &out);
    good = output_close(&out, good) && good;
    return good && grl_dumps_failed(d) == 0 ? EXIT_CLEAN : EXIT_TROUBLE;
}

static int explain_signature(struct settings *s, const char *signature)
{
    struct grl_dumps *d = NULL;
    int status = EXIT_TROUBLE;

    if (!signature_only(s, signature))
        return EXIT_TROUBLE;
    s->options.merge = true;
    d = job_read(s);
    if (d != NULL)
        status = explain_cluster(s, d, signature);
    grl_dumps_free(d);
    return status;
}

static void list_states(FILE *out)
{
    const struct grl_explanation *e = NULL;

    for (size_t i = 0; (e = grl_explain_get(i)) != NULL; i++)
        fprintf(out, "%-24s %s\n", e->state, e->what);
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
    struct output out;

    if (state != NULL && e == NULL)
        return complain_state(state);
    if (!output_open(&out, s->output, s->mode))
        return EXIT_TROUBLE;
    if (e != NULL)
        print_explanation(out.file, e);
    else
        list_states(out.file);
    return output_close(&out, true) ? EXIT_CLEAN : EXIT_TROUBLE;
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
