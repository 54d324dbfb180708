#include "exec.h"

#include "message.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A shell, and the end of the pipe that it prints into. */
struct shell {
    pid_t pid;
    int out;
    time_t deadline; /* on the monotonic clock */
};

static time_t now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

static void run_child(const char *command, const int ends[2])
{
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    if (ends[1] != STDOUT_FILENO)
        close(ends[1]);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
}

static bool begin(struct shell *sh, const char *command, unsigned seconds)
{
    int ends[2];

    *sh = (struct shell){.deadline = now() + (time_t)seconds};
    if (pipe(ends) != 0)
        return false;
    sh->out = ends[0];
    sh->pid = fork();
    if (sh->pid == 0)
        run_child(command, ends);
    close(ends[1]);
    if (sh->pid > 0)
        return true;
    close(ends[0]);
    return false;
}

/* As read(2), and -1 with ETIMEDOUT when the time is over: what the command
 * began in the background may hold the pipe for ever. */
static ssize_t read_in_time(const struct shell *sh, char *bytes, size_t size)
{
    struct pollfd ready = {.fd = sh->out, .events = POLLIN};
    int n = -1;

    do {
        time_t left = sh->deadline - now();

        n = poll(&ready, 1, left > 0 ? (int)left * 1000 : 0);
    } while (n < 0 && errno == EINTR);
    if (n == 0)
        errno = ETIMEDOUT;
    return n > 0 ? read(sh->out, bytes, size) : -1;
}

static bool feed_all(struct grl_dumps *d, const struct shell *sh)
{
    char bytes[65536];
    struct grl_error err;
    ssize_t n = 0;

    while ((n = read_in_time(sh, bytes, sizeof bytes)) > 0)
        if (grl_dumps_feed(d, bytes, (size_t)n, &err) != GRL_OK) {
            complain_error("--exec", &err);
            return false;
        }
    if (n < 0 && errno == ETIMEDOUT)
        complain("--exec: takes longer than --timeout gives it");
    else if (n < 0)
        complain("--exec: %s", strerror(errno));
    return n == 0;
}

/* How it ended; killed when nobody reads it any more. */
static int end(const struct shell *sh, bool kill_it)
{
    int status = 0;

    close(sh->out);
    if (kill_it)
        kill(sh->pid, SIGKILL);
    while (waitpid(sh->pid, &status, 0) < 0 && errno == EINTR)
        ;
    return status;
}

static bool is_good(int status)
{
    if (WIFSIGNALED(status))
        complain("--exec: the command was killed by signal %d",
                 WTERMSIG(status));
    else if (WEXITSTATUS(status) != 0)
        complain("--exec: the command exits with %d", WEXITSTATUS(status));
    else
        return true;
    return false;
}

bool exec_read(const struct settings *s, struct grl_dumps *d)
{
    unsigned seconds = s->options.http.seconds;
    struct grl_error err;
    struct shell sh;
    bool fed = false;
    int status = 0;

    if (!begin(&sh, s->exec, seconds > 0 ? seconds : 60)) {
        complain("--exec: %s", strerror(errno));
        return false;
    }
    if (grl_dumps_begin(d, "--exec", &err) == GRL_OK)
        fed = feed_all(d, &sh);
    else
        complain_error("--exec", &err);
    status = end(&sh, !fed);
    if (!fed || !is_good(status))
        return false;
    if (grl_dumps_end(d, &err) == GRL_OK)
        return true;
    complain_error("--exec", &err);
    return false;
}
