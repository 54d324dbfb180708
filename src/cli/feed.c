#include "feed.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct feed {
    pid_t child;
    int to;     /* its standard input */
    double end; /* of its time, by the clock of now() */
};

/* What the calling process does with signals at other times. */
struct signals {
    struct sigaction pipe, child;
    sigset_t blocked;
};

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void only_child_ended(sigset_t *out)
{
    sigemptyset(out);
    sigaddset(out, SIGCHLD);
}

/* A command that reads nothing is no reason to die, and its end is waited for
 * however the process was started. */
static void signals_set(struct signals *before)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct sigaction standard = {.sa_handler = SIG_DFL};
    sigset_t ended;

    only_child_ended(&ended);
    sigaction(SIGPIPE, &ignore, &before->pipe);
    sigaction(SIGCHLD, &standard, &before->child);
    sigprocmask(SIG_BLOCK, &ended, &before->blocked);
}

static void signals_restore(const struct signals *before)
{
    sigaction(SIGPIPE, &before->pipe, NULL);
    sigaction(SIGCHLD, &before->child, NULL);
    sigprocmask(SIG_SETMASK, &before->blocked, NULL);
}

/* In a group of its own, so that whatever it starts can be ended with it. */
static void become(const char *command, const int *ends,
                   const struct signals *before)
{
    setpgid(0, 0);
    signals_restore(before);
    dup2(ends[0], STDIN_FILENO);
    if (ends[0] != STDIN_FILENO)
        close(ends[0]);
    close(ends[1]);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
}

static bool start(struct feed *f, const char *command,
                  const struct signals *before)
{
    int ends[2];

    if (pipe(ends) != 0)
        return false;
    f->child = fork();
    if (f->child == 0)
        become(command, ends, before);
    close(ends[0]);
    f->to = ends[1];
    if (f->child < 0) {
        close(f->to);
        return false;
    }
    setpgid(f->child, f->child); /* whoever of both is first */
    fcntl(f->to, F_SETFL, O_NONBLOCK);
    return true;
}

/* 0, or an errno; who does not read all is no failure. */
static int pump(const struct feed *f, const char *text, size_t len)
{
    struct pollfd writable = {f->to, POLLOUT, 0};
    int failed = 0;

    while (len > 0 && failed == 0) {
        double left = f->end - now();
        ssize_t n = 0;

        if (left <= 0 || poll(&writable, 1, (int)(left * 1000) + 1) == 0)
            break;
        n = write(f->to, text, len);
        if (n < 0 && errno == EPIPE)
            break;
        if (n < 0 && errno != EAGAIN && errno != EINTR)
            failed = errno;
        text += n > 0 ? n : 0;
        len -= n > 0 ? (size_t)n : 0;
    }
    close(f->to);
    return failed;
}

static enum feed_end reap(const struct feed *f, int *status)
{
    sigset_t ended;

    only_child_ended(&ended);
    for (;;) {
        pid_t pid = waitpid(f->child, status, WNOHANG);
        double left = f->end - now();
        struct timespec t = {(time_t)left, 0};

        if (pid != 0)
            return pid == f->child ? FEED_ENDED : FEED_FAILED;
        if (left <= 0)
            break;
        t.tv_nsec = (long)((left - (double)t.tv_sec) * 1e9);
        sigtimedwait(&ended, NULL, &t);
    }
    kill(-f->child, SIGKILL);
    waitpid(f->child, status, 0);
    return FEED_LATE;
}

enum feed_end feed_run(const char *command, const char *text, size_t len,
                       double seconds, int *status)
{
    struct feed f = {.end = now() + seconds};
    struct signals before;
    enum feed_end end = FEED_FAILED;
    int failed = 0;

    signals_set(&before);
    if (start(&f, command, &before)) {
        failed = pump(&f, text, len);
        end = reap(&f, status);
    }
    if (failed != 0) {
        errno = failed;
        end = FEED_FAILED;
    }
    signals_restore(&before);
    return end;
}
