#include "shell.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static sigset_t child_ended(void)
{
    sigset_t ended;

    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    return ended;
}

/* A command that reads nothing is no reason to die, and its end is waited for
 * however the process was started. */
static void signals_set(struct shell *sh)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct sigaction standard = {.sa_handler = SIG_DFL};
    sigset_t ended = child_ended();

    sigaction(SIGPIPE, &ignore, &sh->on_pipe);
    sigaction(SIGCHLD, &standard, &sh->on_child);
    sigprocmask(SIG_BLOCK, &ended, &sh->blocked);
}

static void signals_restore(const struct shell *sh)
{
    sigaction(SIGPIPE, &sh->on_pipe, NULL);
    sigaction(SIGCHLD, &sh->on_child, NULL);
    sigprocmask(SIG_SETMASK, &sh->blocked, NULL);
}

/* STREAM of the command is its end of the pipe. */
static void become(const struct shell *sh, const char *command,
                   const int ends[2], int stream)
{
    if (sh->grouped)
        setpgid(0, 0);
    signals_restore(sh);
    close(ends[!stream]); /* may be where the other goes */
    dup2(ends[stream], stream);
    if (ends[stream] != stream)
        close(ends[stream]);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
}

static bool start(struct shell *sh, const char *command, int stream)
{
    int ends[2];
    int mine = !stream;

    if (pipe(ends) != 0)
        return false;
    sh->pid = fork();
    if (sh->pid == 0)
        become(sh, command, ends, stream);
    close(ends[stream]);
    sh->pipe = ends[mine];
    if (sh->pid < 0) {
        shell_close(sh);
        return false;
    }
    return true;
}

bool shell_begin(struct shell *sh, const char *command, enum shell_pipe what,
                 double seconds)
{
    bool reads = what == SHELL_READS;

    *sh = (struct shell){.grouped = reads, .deadline = now() + seconds};
    signals_set(sh);
    if (!start(sh, command, reads ? STDIN_FILENO : STDOUT_FILENO)) {
        signals_restore(sh);
        return false;
    }
    if (sh->grouped)
        setpgid(sh->pid, sh->pid); /* whoever of both is first */
    if (reads)
        fcntl(sh->pipe, F_SETFL, O_NONBLOCK);
    return true;
}

int shell_wait(const struct shell *sh)
{
    struct pollfd ready = {sh->pipe, sh->grouped ? POLLOUT : POLLIN, 0};
    int n = -1;

    do {
        double left = sh->deadline - now();

        n = left > 0 ? poll(&ready, 1, (int)(left * 1000) + 1) : 0;
    } while (n < 0 && errno == EINTR);
    return n > 0 ? 0 : n == 0 ? ETIMEDOUT : errno;
}

void shell_close(struct shell *sh)
{
    if (sh->pipe >= 0)
        close(sh->pipe);
    sh->pipe = -1;
}

/* True when it ended before its time was over. */
static bool ended_in_time(const struct shell *sh, int *status)
{
    sigset_t ended = child_ended();

    for (;;) {
        pid_t pid = waitpid(sh->pid, status, WNOHANG);
        double left = sh->deadline - now();
        struct timespec t = {(time_t)left, 0};

        if (pid != 0)
            return pid == sh->pid;
        if (left <= 0)
            return false;
        t.tv_nsec = (long)((left - (double)t.tv_sec) * 1e9);
        sigtimedwait(&ended, NULL, &t);
    }
}

bool shell_end(struct shell *sh, bool kill_it, int *status)
{
    bool good = false;

    shell_close(sh);
    good = !kill_it && ended_in_time(sh, status);
    if (!good) {
        kill(sh->grouped ? -sh->pid : sh->pid, SIGKILL);
        while (waitpid(sh->pid, status, 0) < 0 && errno == EINTR)
            ;
    }
    signals_restore(sh);
    return good;
}
