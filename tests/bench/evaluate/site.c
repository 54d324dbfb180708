#include "site.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A wait reason, and the library frames above the program's own. */
static const struct {
    const char *name;
    const char *frames;
} reasons[] = {
    {"chan receive", ""},
    {"chan send", ""},
    {"select", ""},
    {"select", ""},
    {"IO wait",
     "internal/poll.runtime_pollWait(0x7f9a1c0e5f28, 0x72)\n"
     "\t/usr/local/go/src/runtime/netpoll.go:351 +0x85\n"
     "internal/poll.(*pollDesc).wait(0xc0001a2080?, 0xc0001f4000?, 0x0)\n"
     "\t/usr/local/go/src/internal/poll/fd_poll_runtime.go:84 +0x27\n"
     "net.(*conn).Read(0xc00007c0a8, {0xc0001f4000?, 0x1000?, 0x1000?})\n"
     "\t/usr/local/go/src/net/net.go:194 +0x45\n"},
    {"sync.Mutex.Lock",
     "internal/sync.runtime_SemacquireMutex(0xc00012c00c?, 0x0?, 0x1?)\n"
     "\t/usr/local/go/src/runtime/sema.go:95 +0x25\n"
     "sync.(*Mutex).Lock(...)\n"
     "\t/usr/local/go/src/sync/mutex.go:46\n"},
    {"sync.WaitGroup.Wait",
     "sync.runtime_SemacquireWaitGroup(0xc00012c00c?)\n"
     "\t/usr/local/go/src/runtime/sema.go:110 +0x25\n"
     "sync.(*WaitGroup).Wait(0xc00012c000)\n"
     "\t/usr/local/go/src/sync/waitgroup.go:118 +0x48\n"},
    {"sleep", "time.Sleep(0x3b9aca00)\n"
              "\t/usr/local/go/src/runtime/time.go:300 +0xf2\n"},
};

enum { REASONS = sizeof reasons / sizeof *reasons };

static const char *const packages[] = {
    "store", "cart", "feed",   "auth", "queue", "cache",
    "relay", "rpc",  "mailer", "sync", "index", "billing",
};
static const char *const types[] = {
    "Server", "Client", "Worker", "Watcher", "Session", "Hub", "Conn", "Job",
};
static const char *const methods[] = {
    "serve", "run", "watch", "loop", "fetch", "publish", "await", "drain",
};

#define PICK(r, list) (list[random_below(r, sizeof list / sizeof *list)])

const char *site_reason(const struct site *site)
{
    return reasons[site->reason].name;
}

/* The words of one site; the numbers may move with the build. */
struct words {
    const char *package, *type, *method, *caller;
    size_t index;
    unsigned closure; /* 0: none */
    unsigned line;
    unsigned callers;
    const char *frames;
};

static size_t own_frame(char *to, size_t room, const struct words *w)
{
    char closure[16] = "";

    if (w->closure > 0)
        snprintf(closure, sizeof closure, ".func%u", w->closure);
    return (size_t)snprintf(to, room,
                            "example.com/shop/%s.(*%s%zu).%s%s(0xc0004%05zx)\n"
                            "\t/src/shop/%s/%s.go:%u +0x%x\n",
                            w->package, w->type, w->index, w->method, closure,
                            w->index * 16, w->package, w->method, w->line,
                            w->line % 500 + 17);
}

static size_t caller_frames(char *to, size_t room, const struct words *w)
{
    size_t n = 0;

    for (unsigned i = 0; i < w->callers; i++)
        n += (size_t)snprintf(to + n, room - n,
                              "example.com/shop/%s.%s%zu_%u(...)\n"
                              "\t/src/shop/%s/%s.go:%u\n",
                              w->package, w->caller, w->index, i, w->package,
                              w->caller, w->line + 40 + 30 * i);
    return n;
}

static size_t creator(char *to, size_t room, const struct words *w,
                      unsigned parent)
{
    return (size_t)snprintf(
        to, room,
        "created by example.com/shop/%s.(*%s%zu).%s in goroutine %u\n"
        "\t/src/shop/%s/%s.go:%u +0x%x\n\n",
        w->package, w->type, w->index, w->method, parent, w->package, w->method,
        w->line + 7, w->line % 300 + 33);
}

static void write_body(struct site *site, const struct words *w, unsigned build,
                       bool active)
{
    char *to = site->body[build][active];
    size_t n = 0;

    if (!active)
        n = (size_t)snprintf(to, BODY_BYTES, "%s", w->frames);
    n += own_frame(to + n, BODY_BYTES - n, w);
    n += caller_frames(to + n, BODY_BYTES - n, w);
    n += creator(to + n, BODY_BYTES - n, w, site->parent);
    if (n >= BODY_BYTES)
        abort();
    site->body_bytes[build][active] = n;
}

void site_write(struct series *s, struct site *site)
{
    struct random *r = &s->random;
    struct words w = {PICK(r, packages),
                      PICK(r, types),
                      PICK(r, methods),
                      PICK(r, methods),
                      site->index,
                      0,
                      0,
                      0,
                      NULL};
    bool renamed = random_chance(r, 0.5);

    w.closure = random_chance(r, 0.6) ? 1 + (unsigned)random_below(r, 4) : 0;
    w.line = 20 + (unsigned)random_below(r, 600);
    w.callers = (unsigned)random_below(r, 3);
    site->reason = (unsigned)random_below(r, REASONS);
    site->parent = 1 + (unsigned)random_below(r, 60);
    w.frames = reasons[site->reason].frames;
    for (unsigned build = 0; build < RUNS_MOST; build++) {
        write_body(site, &w, build, false);
        write_body(site, &w, build, true);
        w.line += (unsigned)random_below(r, 30);
        w.closure += w.closure > 0 && renamed;
    }
}

size_t site_of_function(const char *function)
{
    const char *open = strstr(function, "(*");

    if (open == NULL || strncmp(function, "example.com/", 12) != 0)
        return SIZE_MAX;
    open += strcspn(open, "0123456789)");
    return *open != ')' ? strtoul(open, NULL, 10) : SIZE_MAX;
}
