#include "assertion.h"
#include "commands.h"
#include "message.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* As shells have them. */
enum { CANNOT_RUN = 126, NOT_FOUND = 127, SIGNALLED = 128 };

static void wanted_signals(sigset_t *out)
{
    sigemptyset(out);
    sigaddset(out, SIGCHLD);
    sigaddset(out, SIGINT);
    sigaddset(out, SIGQUIT);
    sigaddset(out, SIGTERM);
    sigaddset(out, SIGHUP);
    sigaddset(out, SIGUSR1);
    sigaddset(out, SIGUSR2);
}

static void run_child(char **command, const sigset_t *mask)
{
    int number = 0;

    sigprocmask(SIG_SETMASK, mask, NULL);
    execvp(command[0], command);
    number = errno;
    complain("run: %s: %s", command[0], strerror(number));
    _exit(number == ENOENT ? NOT_FOUND : CANNOT_RUN);
}

/* A terminal signals the command by itself; what a process sends to us is for
 * it too. */
static void pass_on(pid_t child, int number, const siginfo_t *info)
{
    bool from_terminal = number == SIGINT || number == SIGQUIT;

    if (!from_terminal || info->si_code == SI_USER)
        kill(child, number);
}

static int wait_for(pid_t child, const sigset_t *signals)
{
    int status = 0;

    for (;;) {
        siginfo_t info;
        int number = sigwaitinfo(signals, &info);

        if (number == SIGCHLD) {
            if (waitpid(child, &status, WNOHANG) == child)
                break;
        } else if (number > 0) {
            pass_on(child, number, &info);
        }
    }
    return WIFSIGNALED(status) ? SIGNALLED + WTERMSIG(status)
                               : WEXITSTATUS(status);
}

/* The exit status of COMMAND as a shell has it. */
static int run_command(char **command)
{
    sigset_t signals;
    sigset_t before;
    pid_t child = -1;
    int status = EXIT_TROUBLE;

    wanted_signals(&signals);
    sigprocmask(SIG_BLOCK, &signals, &before);
    child = fork();
    if (child == 0)
        run_child(command, &before);
    if (child > 0)
        status = wait_for(child, &signals);
    else
        complain("run: %s", strerror(errno));
    sigprocmask(SIG_SETMASK, &before, NULL);
    return status;
}

static int run_and_judge(struct settings *s, struct assertion *a)
{
    int status = EXIT_TROUBLE;
    int judged = EXIT_CLEAN;

    if (s->before && !assertion_baseline(a, s, s->pprof))
        return EXIT_TROUBLE;
    status = run_command(s->files);
    if (status == 0 || s->on_failure)
        judged = assertion_judge(a, s, s->pprof);
    return status != 0 ? status : judged;
}

/* What is wrong is told before the command runs, which may take an hour. */
static bool can_run(const struct settings *s)
{
    if (s->pprof == NULL || s->file_count == 0) {
        complain("run: needs --pprof URL and a command; see 'goroleak run "
                 "--help'");
        return false;
    }
    if (strstr(s->pprof, "://") != NULL)
        return true;
    complain("run: --pprof takes a URL such as http://localhost:6060, not "
             "'%s'",
             s->pprof);
    return false;
}

static int run(struct settings *s)
{
    static const double time_to_end = 2;
    struct assertion a;
    int status = EXIT_TROUBLE;

    if (s->list_rules)
        return list_rules(s->options.rules);
    if (!can_run(s))
        return EXIT_TROUBLE;
    if (s->settle < 0)
        s->settle = time_to_end;
    if (assertion_begin(&a, s))
        status = run_and_judge(s, &a);
    assertion_free(&a);
    return status;
}

const struct command command_run = {
    "run",
    FOR_RUN,
    "[options] --pprof=URL [--before] -- COMMAND [ARG...]",
    "run a test command, then assert that a server leaked nothing",
    "Runs COMMAND and then asserts on the server at URL, as assert "
    "--settle=2s\n"
    "does.  A COMMAND that fails decides: its exit status is passed on, 128+N\n"
    "when signal N killed it.  When it passes, 1 means that goroutines leaked\n"
    "and 2 that the server could not be asked.  The server must outlive it.\n",
    run,
};
