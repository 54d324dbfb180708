/* goroleak: find goroutine leaks from goroutine dumps. */
#include "commands.h"
#include "help.h"
#include "message.h"
#include "near.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static const struct command *const commands[] = {
    &command_scan,    &command_diff,      &command_trend,   &command_assert,
    &command_run,     &command_record,    &command_check,   &command_history,
    &command_silence, &command_unsilence, &command_explain,
};

enum { COMMANDS = sizeof commands / sizeof commands[0] };

static void usage(FILE *out)
{
    fputs("usage: goroleak COMMAND [options] [FILE...]\n\n"
          "Find goroutine leaks from goroutine dumps.\n\nCommands:\n",
          out);
    for (int i = 0; i < COMMANDS; i++)
        fprintf(out, "  %-9s %s\n", commands[i]->name, commands[i]->summary);
    fputs("\nExit status: 0 nothing to report, 1 leak found, 2 the job could "
          "not be done.\n"
          "'goroleak COMMAND --help' tells more.\n",
          out);
}

static void command_usage(const struct command *c)
{
    printf("usage: goroleak %s %s\n\n%s", c->name, c->arguments, c->details);
    help_options(stdout, c->bit);
}

static void version(void)
{
    printf("goroleak %s (libgoroleak %s)\n", GRL_VERSION, grl_version());
}

static const struct command *find(const char *name)
{
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

static int run(const struct command *c, int argc, char **argv)
{
    struct settings s;
    int status = EXIT_TROUBLE;

    if (settings_parse(&s, c->name, c->bit, argc, argv)) {
        status = EXIT_CLEAN;
        if (s.help)
            command_usage(c);
        else if (s.version)
            version();
        else
            status = c->run(&s);
    }
    settings_free(&s);
    return status;
}

/* " (did you mean 'scan'?)", or "", into OUT. */
static const char *hint(const char *name, char *out, size_t size)
{
    struct near n = {.word = name, .len = strlen(name)};

    for (int i = 0; i < COMMANDS; i++)
        near_try(&n, commands[i]->name);
    near_try(&n, "help");
    near_try(&n, "--help");
    near_try(&n, "--version");
    return near_hint(&n, "", out, size);
}

/* What people try first is a dump alone. */
static void complain_command(const char *name)
{
    char meant[80];

    if (strcmp(name, "-") == 0 || access(name, F_OK) == 0 ||
        strstr(name, "://") != NULL)
        complain("'%s' is no command; what to do with a dump comes before it, "
                 "as in 'goroleak scan %s'",
                 name, name);
    else if (hint(name, meant, sizeof meant)[0] == '\0' && name[0] == '-')
        complain("no command '%s'; options come behind the command, as in "
                 "'goroleak scan %s'",
                 name, name);
    else
        complain("no command '%s'%s; see 'goroleak --help'", name, meant);
}

/* "help", and "help scan". */
static int help(const char *name)
{
    const struct command *c = name != NULL ? find(name) : NULL;

    if (c != NULL)
        command_usage(c);
    else if (name != NULL)
        complain_command(name);
    else
        usage(stdout);
    return c == NULL && name != NULL ? EXIT_TROUBLE : EXIT_CLEAN;
}

static int dispatch(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "";
    const struct command *c = find(name);

    if (c != NULL)
        return run(c, argc - 1, argv + 1);
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 ||
        strcmp(name, "help") == 0)
        return help(argv[2]);
    if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) {
        version();
        return EXIT_CLEAN;
    }
    if (argc > 1)
        complain_command(name);
    else
        usage(stderr);
    return EXIT_TROUBLE;
}

/* The one way out: a report that was not written is not a result. */
int main(int argc, char **argv)
{
    int status = EXIT_TROUBLE;

    /* Some supervisors hand it on ignored: no command that is run here would
     * leave an exit status. */
    signal(SIGCHLD, SIG_DFL);
    status = dispatch(argc, argv);

    if (fclose(stdout) != 0 && status != EXIT_TROUBLE) {
        complain("standard output: cannot write: %s", strerror(errno));
        return EXIT_TROUBLE;
    }
    return status;
}
