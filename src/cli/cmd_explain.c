#include "commands.h"
#include "job.h"
#include "message.h"

#include <stdio.h>
#include <string.h>

static void print_code(const char *code)
{
    fputs("      ", stdout);
    for (; *code != '\0'; code++) {
        putchar(*code);
        if (*code == '\n')
            fputs("      ", stdout);
    }
    putchar('\n');
}

static void print_explanation(const struct grl_explanation *e)
{
    printf("%s: the goroutine %s\n", e->state, e->what);
    for (size_t i = 0; i < e->cause_count; i++) {
        printf("\n  %zu. %s\n\n", i + 1, e->causes[i].what);
        print_code(e->causes[i].example);
        printf("\n     fix: %s\n", e->causes[i].fix);
    }
}

static bool is_signature(const char *text)
{
    size_t len = 0;

    text += text[0] == '#';
    len = strlen(text);
    return len >= 6 && len <= 32 && strspn(text, "0123456789abcdef") == len;
}

static const struct grl_cluster *find(const struct grl_dumps *d,
                                      const char *signature)
{
    signature += signature[0] == '#';
    for (size_t i = 0; i < grl_cluster_count(d, 0); i++) {
        const struct grl_cluster *c = grl_cluster_get(d, 0, i);

        if (strncmp(c->signature, signature, strlen(signature)) == 0)
            return c;
    }
    return NULL;
}

static enum grl_status report(const struct grl_report *r, void *user,
                              struct grl_error *err)
{
    return grl_report_scan(r, user, err);
}

/* The stack itself, then what it betrays, then its wait reason. */
static int explain_signature(struct settings *s, const char *signature)
{
    char rule[48];
    struct grl_dumps *d = NULL;
    const struct grl_cluster *c = NULL;
    const struct grl_explanation *e = NULL;
    int status = EXIT_TROUBLE;

    snprintf(rule, sizeof rule, "signature:^%s",
             signature + (signature[0] == '#'));
    if (grl_rules_add(s->options.rules, GRL_ONLY, rule, NULL) != GRL_OK)
        return EXIT_TROUBLE;
    s->options.merge = true;
    d = job_read(s);
    if (d == NULL)
        return EXIT_TROUBLE;
    c = find(d, signature);
    if (c == NULL) {
        complain("explain: no stack with signature %s in these dumps",
                 signature);
    } else {
        status = job_finish(s, d, report, d, EXIT_CLEAN);
        e = grl_explain_state(c->state);
        if (grl_explain_stack(c) != NULL)
            printf("\n%s\n", grl_explain_stack(c));
        if (e != NULL) {
            putchar('\n');
            print_explanation(e);
        }
    }
    grl_dumps_free(d);
    return status;
}

static int list_states(void)
{
    const struct grl_explanation *e = NULL;

    for (size_t i = 0; (e = grl_explain_get(i)) != NULL; i++)
        printf("%-24s %s\n", e->state, e->what);
    return EXIT_CLEAN;
}

static int explain_state(const char *state)
{
    const struct grl_explanation *e = grl_explain_state(state);

    if (e == NULL) {
        complain("explain: '%s' is neither a wait reason it knows nor a "
                 "signature; 'goroleak explain' lists wait reasons",
                 state);
        return EXIT_TROUBLE;
    }
    print_explanation(e);
    return EXIT_CLEAN;
}

static int run(struct settings *s)
{
    const char *what = s->file_count > 0 ? s->files[0] : NULL;

    if (what == NULL)
        return list_states();
    s->files++;
    s->file_count--;
    if (s->file_count == 0 && !is_signature(what))
        return explain_state(what);
    if (is_signature(what))
        return explain_signature(s, what);
    complain("explain: '%s' is no signature, and FILE goes with one; see "
             "'goroleak explain --help'",
             what);
    return EXIT_TROUBLE;
}

const struct command command_explain = {
    "explain",
    "STATE | SIGNATURE FILE...",
    "say what a wait reason means, what leaks there and how to fix it",
    "Takes a wait reason such as 'chan send', or the beginning of a signature\n"
    "from a report and the dumps it is in.  Without either it lists the wait\n"
    "reasons it knows.\n",
    run,
};
