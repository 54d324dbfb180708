/* Judging dumps until goroutines had time to end. */
#include "goroleak.h"

#include <time.h>

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* A signal that the caller handles may end it early: the next dump is only
 * taken sooner. */
static void sleep_for(double seconds)
{
    struct timespec t = {(time_t)seconds, 0};

    t.tv_nsec = (long)((seconds - (double)t.tv_sec) * 1e9);
    nanosleep(&t, NULL);
}

/* The pause after one of PAUSE seconds, GONE seconds after the first dump.  It
 * grows with these, for D keeps every dump, and taking one stops the process.
 */
static double next_pause(double pause, double gone)
{
    double longest = gone / 20 > 0.1 ? gone / 20 : 0.1;

    return pause * 2 < longest ? pause * 2 : longest;
}

static enum grl_status judge(struct grl_assertion **a, struct grl_dumps *d,
                             ptrdiff_t baseline, grl_take_fn *take, void *user,
                             struct grl_error *err)
{
    enum grl_status st = take(user, d, err);

    grl_assert_free(*a);
    *a = NULL;
    return st == GRL_OK
               ? grl_assert_new(a, d, grl_dumps_count(d) - 1, baseline, err)
               : st;
}

enum grl_status grl_assert_settled(struct grl_assertion **out,
                                   struct grl_dumps *d, ptrdiff_t baseline,
                                   double seconds, grl_take_fn *take,
                                   void *user, struct grl_error *err)
{
    struct grl_assertion *a = NULL;
    double pause = 0.001;
    double began = now();
    enum grl_status st = GRL_OK;

    for (;;) {
        double gone = now() - began; /* when the dump is asked for, not after */
        bool last = gone >= seconds;

        st = judge(&a, d, baseline, take, user, err);
        if (st != GRL_OK || grl_assert_count(a) == 0 || last)
            break;
        gone = now() - began;
        if (gone < seconds)
            sleep_for(pause < seconds - gone ? pause : seconds - gone);
        pause = next_pause(pause, gone);
    }
    if (st == GRL_OK)
        *out = a;
    return st;
}
