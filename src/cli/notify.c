#include "notify.h"

#include "message.h"
#include "shell.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOTIFY_SECONDS = 60, SIGNALLED = 128 };

/* What a dump chose ends as a subject of mail or in a terminal: no control
 * bytes. */
static void tame(char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7f)
            *text = '?';
}

/* Only in the environment, which no shell looks into for commands. */
static bool set_environment(const struct grl_news *n)
{
    char count[32];
    struct grl_told told = n->told;

    tame(told.name);
    snprintf(count, sizeof count, "%llu",
             (unsigned long long)(n->finding != NULL ? n->finding->last : 0));
    return setenv("GOROLEAK_NEWS", grl_news_name(n->kind), 1) == 0 &&
           setenv("GOROLEAK_INSTANCE", n->instance, 1) == 0 &&
           setenv("GOROLEAK_SIGNATURE", told.signature, 1) == 0 &&
           setenv("GOROLEAK_FUNCTION", told.name, 1) == 0 &&
           setenv("GOROLEAK_COUNT", count, 1) == 0;
}

static bool write_to(void *user, const char *bytes, size_t len)
{
    return fwrite(bytes, 1, len, (FILE *)user) == len;
}

/* The report on N as text of its own, malloc'd; NULL without memory. */
static char *text_of(const struct settings *s, const struct grl_news *n,
                     size_t *len)
{
    struct grl_report r = s->report;
    char *text = NULL;
    FILE *f = open_memstream(&text, len);
    struct grl_error err;
    bool good = false;

    if (f == NULL)
        return NULL;
    r.write = write_to;
    r.user = f;
    r.color = false;
    r.width = 0;
    good = grl_report_check(&r, n, 1, &err) == GRL_OK;
    good = fclose(f) == 0 && good;
    if (good)
        return text;
    free(text);
    return NULL;
}

/* 0, or an errno.  Who does not read all is no failure, and who is late is
 * seen at the end. */
static int pump(const struct shell *sh, const char *text, size_t len)
{
    int failed = 0;

    while (len > 0 && failed == 0 && (failed = shell_wait(sh)) == 0) {
        ssize_t n = write(sh->pipe, text, len);

        if (n < 0 && errno != EAGAIN && errno != EINTR)
            failed = errno;
        text += n > 0 ? n : 0;
        len -= n > 0 ? (size_t)n : 0;
    }
    return failed == EPIPE || failed == ETIMEDOUT ? 0 : failed;
}

static bool is_good(int status)
{
    if (status == 0)
        return true;
    complain("--notify: the command fails with status %d",
             WIFEXITED(status) ? WEXITSTATUS(status)
                               : SIGNALLED + WTERMSIG(status));
    return false;
}

static bool run(const char *command, const char *text, size_t len,
                unsigned seconds)
{
    struct shell sh;
    int status = 0;
    int failed = 0;
    bool ended = false;

    if (shell_begin(&sh, command, SHELL_READS, seconds)) {
        failed = pump(&sh, text, len);
        ended = shell_end(&sh, false, &status);
    } else {
        failed = errno;
    }
    if (failed != 0)
        complain("--notify: %s", strerror(failed));
    else if (!ended)
        complain("--notify: the command was ended after %u s; see --timeout",
                 seconds);
    return failed == 0 && ended && is_good(status);
}

bool notify(const struct settings *s, const struct grl_news *n)
{
    unsigned seconds = s->options.http.seconds;
    size_t len = 0;
    char *text = set_environment(n) ? text_of(s, n, &len) : NULL;
    bool good = false;

    if (text == NULL)
        complain("--notify: %s", strerror(ENOMEM));
    else
        good = run(s->notify, text, len,
                   seconds > 0 ? seconds : NOTIFY_SECONDS);
    free(text);
    return good;
}
