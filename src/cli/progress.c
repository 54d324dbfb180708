#include "progress.h"

#include "message.h"

#include <stdio.h>
#include <unistd.h>

static const double MIB = 1024.0 * 1024.0;

static double seconds_since(const struct timespec *t)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - t->tv_sec) +
           (double)(now.tv_nsec - t->tv_nsec) / 1e9;
}

static void show(const char *source, uint64_t bytes, uint64_t size,
                 double seconds)
{
    double rate = (double)bytes / seconds;
    char left[64] = "";
    char of[64] = "";

    if (size > bytes) {
        snprintf(of, sizeof of, " of %.0f", (double)size / MIB);
        snprintf(left, sizeof left, ", %.0f s left",
                 (double)(size - bytes) / rate);
    }
    overwrite("%s: %.0f%s MiB, %.0f MiB/s%s", source_shown(source),
              (double)bytes / MIB, of, rate / MIB, left);
}

void progress_tell(struct progress *p, const char *source, uint64_t bytes,
                   uint64_t size)
{
    static const double late = 1;
    static const double often = 0.2;
    double seconds = 0;

    if (bytes < p->bytes || p->bytes == 0)
        clock_gettime(CLOCK_MONOTONIC, &p->begun);
    p->bytes = bytes;
    seconds = seconds_since(&p->begun);
    if (seconds < late || (p->shown && seconds_since(&p->told) < often) ||
        isatty(STDERR_FILENO) != 1)
        return;
    show(source, bytes, size, seconds);
    clock_gettime(CLOCK_MONOTONIC, &p->told);
    p->shown = true;
}

void progress_clear(struct progress *p)
{
    if (p->shown)
        overwrite("%s", "");
    p->shown = false;
}
