#include "commands.h"
#include "keeping.h"
#include "message.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static void print_time(int64_t time)
{
    time_t t = (time_t)time;
    struct tm tm;
    char text[32] = "?";

    if (gmtime_r(&t, &tm) != NULL)
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
    fputs(text, stdout);
}

static void print_instance(void *user, const struct grl_history_instance *i)
{
    (void)user;
    print_time(i->first);
    printf("  ");
    print_time(i->last);
    printf("  %6llu snapshots  %8.1f KiB  ", (unsigned long long)i->snapshots,
           (double)i->bytes / 1024);
    for (const char *c = i->name; *c != '\0'; c++)
        putchar((unsigned char)*c < 0x20 || *c == 0x7f ? '?' : *c);
    fputs(i->name[0] == '\0' ? "(no name)" : "", stdout);
    if (i->gaps > 0)
        printf("  %llu %s", (unsigned long long)i->gaps,
               i->gaps == 1 ? "gap" : "gaps");
    putchar('\n');
}

static int list(struct grl_history *h)
{
    struct grl_error err;

    if (grl_history_list(h, print_instance, NULL, &err) == GRL_OK)
        return EXIT_CLEAN;
    complain_error(NULL, &err);
    return EXIT_TROUBLE;
}

static int verify(struct grl_history *h)
{
    struct grl_error err;

    if (grl_history_verify(h, &err) == GRL_OK) {
        puts("ok");
        return EXIT_CLEAN;
    }
    complain_error(NULL, &err);
    return EXIT_TROUBLE;
}

static int prune(const struct settings *s, struct grl_history *h)
{
    uint64_t dropped = 0;
    struct grl_error err;

    if (s->keep <= 0 && s->max_size == 0) {
        complain("history prune: needs --keep or --max-size");
        return EXIT_TROUBLE;
    }
    if (!keeping_begin(s, h) || !keeping_prune(s, h, &dropped) ||
        !keeping_commit(s, h))
        return EXIT_TROUBLE;
    if (grl_history_compact(h, &err) != GRL_OK) {
        complain_error(s->history, &err);
        return EXIT_TROUBLE;
    }
    printf("%llu snapshots dropped\n", (unsigned long long)dropped);
    return EXIT_CLEAN;
}

static int run(struct settings *s)
{
    const char *what = s->file_count == 1 ? s->files[0] : "";
    bool known = strcmp(what, "list") == 0 || strcmp(what, "verify") == 0 ||
                 strcmp(what, "prune") == 0;
    struct grl_history *h = NULL;
    int status = EXIT_TROUBLE;

    if (!known) {
        complain("history: takes list, verify or prune; see 'goroleak history "
                 "--help'");
        return EXIT_TROUBLE;
    }
    h = keeping_open(s, false);
    if (h == NULL)
        return EXIT_TROUBLE;
    if (what[0] == 'l')
        status = list(h);
    else
        status = what[0] == 'v' ? verify(h) : prune(s, h);
    grl_history_close(h);
    return status;
}

const struct command command_history = {
    "history",
    FOR_HISTORY,
    "[options] --history=DB list|verify|prune",
    "look after a history",
    "list prints what each instance has, verify reads every snapshot, prune\n"
    "drops what --keep and --max-size say.\n",
    run,
};
