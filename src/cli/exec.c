#include "exec.h"

#include "message.h"
#include "shell.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* As read(2), and -1 with ETIMEDOUT when the time is over: what the command
 * began in the background may hold the pipe for ever. */
static ssize_t read_in_time(const struct shell *sh, char *bytes, size_t size)
{
    errno = shell_wait(sh);
    return errno == 0 ? read(sh->pipe, bytes, size) : -1;
}

static void complain_late(void)
{
    complain("--exec: takes longer than --timeout gives it");
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
        complain_late();
    else if (n < 0)
        complain("--exec: %s", strerror(errno));
    return n == 0;
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

/* Nobody reads it any more when not all was fed. */
static bool end(struct shell *sh, bool fed)
{
    int status = 0;
    bool ended = shell_end(sh, !fed, &status);

    if (fed && !ended)
        complain_late();
    return fed && ended && is_good(status);
}

bool exec_read(const struct settings *s, struct grl_dumps *d)
{
    unsigned seconds = s->options.http.seconds;
    struct grl_error err;
    struct shell sh;
    bool fed = false;

    if (!shell_begin(&sh, s->exec, SHELL_PRINTS, seconds > 0 ? seconds : 60)) {
        complain("--exec: %s", strerror(errno));
        return false;
    }
    if (grl_dumps_begin(d, "--exec", &err) == GRL_OK)
        fed = feed_all(d, &sh);
    else
        complain_error("--exec", &err);
    if (!end(&sh, fed))
        return false;
    if (grl_dumps_end(d, &err) == GRL_OK)
        return true;
    complain_error("--exec", &err);
    return false;
}
