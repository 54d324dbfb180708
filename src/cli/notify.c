#include "notify.h"

#include "message.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

/* Only in the environment, which no shell looks into for commands. */
static bool set_environment(const struct grl_news *n)
{
    char count[32];

    snprintf(count, sizeof count, "%llu",
             (unsigned long long)(n->finding != NULL ? n->finding->last : 0));
    return setenv("GOROLEAK_NEWS", grl_news_name(n->kind), 1) == 0 &&
           setenv("GOROLEAK_INSTANCE", n->instance, 1) == 0 &&
           setenv("GOROLEAK_SIGNATURE", n->told.signature, 1) == 0 &&
           setenv("GOROLEAK_FUNCTION", n->told.name, 1) == 0 &&
           setenv("GOROLEAK_COUNT", count, 1) == 0;
}

static bool write_to(void *user, const char *bytes, size_t len)
{
    return fwrite(bytes, 1, len, (FILE *)user) == len;
}

static bool notify(const struct settings *s, const struct grl_news *n)
{
    struct grl_report r = s->report;
    FILE *f = NULL;
    int status = 0;

    if (!set_environment(n) || (f = popen(s->notify, "w")) == NULL) {
        complain("--notify: %s", strerror(errno));
        return false;
    }
    r.write = write_to;
    r.user = f;
    r.color = false;
    r.width = 0;
    grl_report_check(&r, n, 1, NULL); /* it need not read all of it */
    status = pclose(f);
    if (status != 0)
        complain("--notify: the command fails with status %d",
                 WIFEXITED(status) ? WEXITSTATUS(status) : status);
    return status == 0;
}

bool notify_all(const struct settings *s, const struct grl_news *news,
                size_t count)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct sigaction before;
    bool good = true;

    sigaction(SIGPIPE, &ignore, &before);
    for (size_t i = 0; i < count; i++)
        good = notify(s, &news[i]) && good;
    sigaction(SIGPIPE, &before, NULL);
    return good;
}
