#include "mechanism.h"

#include <math.h>
#include <stdlib.h>

/* No signature is drawn to hold more goroutines than this. */
static const double MOST_HELD = 3000;

/* A maker of lives: seconds that a goroutine born at BORN will live. */
typedef double life_fn(struct series *s, const struct site *site, double born);

/* -------------------------------------------------------------- drawing */

static double span(const struct series *s)
{
    return s->times[s->dump_count - 1] - s->times[0];
}

/* Intervals from the start of the process to the last dump. */
static double intervals(const struct series *s)
{
    return (s->times[s->dump_count - 1] - s->runs[0].start) / s->interval + 1;
}

static double held(const struct series *s, double rate)
{
    return fmin(rate, MOST_HELD / intervals(s));
}

static void draw_leak(struct series *s, struct site *site)
{
    struct random *r = &s->random;

    site->rate = random_log(r, 0.8, 40);
    site->base = random_chance(r, 0.4) ? floor(random_log(r, 1, 60)) : 0;
    site->wake = random_log(r, 1, 600);
    if (site->mechanism == LEAK_SLOW)
        site->rate = random_between(r, 0.25, 0.5);
    if (site->mechanism == LEAK_FAST)
        site->rate = random_log(r, 50, 400);
    if (site->mechanism == LEAK_BURSTY) {
        site->period = random_between(r, 3, 8) * s->interval;
        site->size = floor(random_log(r, 5, 100));
    }
    if (site->mechanism == LEAK_PARTIAL) {
        site->share = random_between(r, 0.15, 0.4);
        site->life = random_between(r, 0.5, 4) * s->interval;
    }
    if (site->mechanism == LEAK_CHURN) {
        site->rate = random_log(r, 1.5, 10);
        site->size = random_log(r, 10, 200);
        site->life = random_log(r, 0.005, 0.2) * s->interval;
    }
    if (site->mechanism == LEAK_MIDDLE)
        site->onset = s->times[0] + random_between(r, 0.2, 0.6) * span(s);
    if (site->mechanism == LEAK_TRAFFIC)
        site->traffic = DAILY;
    site->rate = held(s, site->rate);
}

static void draw_pool(struct series *s, struct site *site)
{
    struct random *r = &s->random;

    site->size = floor(random_log(r, 4, 300));
    site->wake = random_chance(r, 0.3) ? 0 : random_log(r, 1, 7200);
    site->life = random_log(r, 1, 20) * s->interval;
    if (site->mechanism == POOL_WARMING)
        site->life = random_between(r, 0.1, 0.6) * span(s);
    if (site->mechanism == CACHE_SATURATING)
        site->life = random_between(r, 0.03, 0.2) * span(s);
    if (site->mechanism == STEP_STAYS) {
        site->onset = s->times[0] + random_between(r, 0.05, 0.95) * span(s);
        site->base = random_chance(r, 0.5) ? floor(random_log(r, 1, 60)) : 0;
    }
    if (site->mechanism == CONNECTION_POOL) {
        site->traffic = random_chance(r, 0.5) ? RAMP_THEN_FLAT : DAILY;
        site->rate = site->size * random_between(r, 0.2, 2);
    }
    if (site->mechanism == LEAK_WAS_FIXED)
        site->rate = held(s, random_log(r, 1, 40));
}

static void draw_load(struct series *s, struct site *site)
{
    struct random *r = &s->random;

    site->settled = true;
    site->size = random_log(r, 3, 300);
    site->life = random_log(r, 0.001, 0.3) * s->interval;
    site->wake = random_log(r, 0.01, 30);
    site->active = random_chance(r, 0.3) ? random_between(r, 0.01, 0.3) : 0;
    if (site->mechanism == LOAD_RAMP)
        site->traffic = RAMP;
    if (site->mechanism == LOAD_PLATEAU)
        site->traffic = RAMP_THEN_FLAT;
    if (site->mechanism == DAY_NIGHT)
        site->traffic = DAILY;
}

static void draw_turnover(struct series *s, struct site *site)
{
    struct random *r = &s->random;
    double longest = fmax(2, (double)s->dump_count / 3);

    site->settled = random_chance(r, 0.5);
    site->rate = random_log(r, 0.7, 60);
    site->life = random_between(r, 1, longest) * s->interval;
    site->wake = random_log(r, 1, 1800);
    if (site->mechanism == SUBSCRIBERS || site->mechanism == HEAVY_TAIL) {
        site->settled = true;
        site->life = random_log(r, 0.5, 30) * s->interval;
    }
    if (site->mechanism == EXACT_LIFE)
        site->life = floor(site->life / s->interval) * s->interval;
    if (site->mechanism == KEEPALIVE_RAMP)
        site->traffic = RAMP;
    site->period = (3 + floor(random_unit(r) * longest)) * s->interval;
    if (site->mechanism == BATCH) {
        site->size = floor(random_log(r, 2, 100));
        site->period = random_between(r, 1.3, 6) * s->interval;
        site->life = random_log(r, 0.1, 2) * s->interval;
    }
    site->rate = fmin(site->rate, MOST_HELD * s->interval / site->life / 10);
}

static void draw_background(struct series *s, struct site *site)
{
    struct random *r = &s->random;
    double u = random_unit(r);

    site->mechanism = u < 0.45   ? POOL_FIXED
                      : u < 0.55 ? POOL_REPLACED
                      : u < 0.75 ? NOISE
                      : u < 0.85 ? SUBSCRIBERS
                      : u < 0.93 ? KEEPALIVE
                                 : BATCH;
    if (site->mechanism == NOISE)
        draw_load(s, site);
    else if (site->mechanism <= POOL_REPLACED)
        draw_pool(s, site);
    else
        draw_turnover(s, site);
    if (site->mechanism <= POOL_REPLACED)
        site->size = random_chance(r, 0.5) ? 1 : floor(random_log(r, 1, 40));
    if (site->mechanism == NOISE)
        site->size = random_log(r, 0.2, 30);
    site->rate = fmin(site->rate, random_log(r, 0.05, 40) * s->interval /
                                      fmax(site->life, s->interval));
    site->settled = true;
}

static void draw_traffic(struct series *s, struct site *site)
{
    struct random *r = &s->random;

    site->factor = random_log(r, 2, 15);
    site->swing = random_between(r, 0.5, 0.97);
    site->phase = random_between(r, 0, 86400);
    site->ramp_end = s->times[0] + random_between(r, 0.2, 0.6) * span(s);
}

void mechanism_draw(struct series *s, struct site *site)
{
    bool cold = series_has(s, COLD);
    struct random *r = &s->random;

    site->mechanism = site->behaviour;
    draw_traffic(s, site);
    site->onset = cold ? s->runs[0].start
                       : s->times[0] + random_between(r, -0.1, 0.3) * span(s);
    switch (site->mechanism) {
    case LEAK_CONSTANT:
    case LEAK_SLOW:
    case LEAK_BURSTY:
    case LEAK_FAST:
    case LEAK_PARTIAL:
    case LEAK_CHURN:
    case LEAK_MIDDLE:
    case LEAK_TRAFFIC:
        draw_leak(s, site);
        break;
    case POOL_FIXED:
    case POOL_REPLACED:
    case POOL_WARMING:
    case CACHE_SATURATING:
    case STEP_STAYS:
    case CONNECTION_POOL:
    case LEAK_WAS_FIXED:
        draw_pool(s, site);
        break;
    case LOAD_RAMP:
    case LOAD_PLATEAU:
    case DAY_NIGHT:
    case NOISE:
        draw_load(s, site);
        break;
    case SAWTOOTH:
    case KEEPALIVE:
    case KEEPALIVE_RAMP:
    case SUBSCRIBERS:
    case HEAVY_TAIL:
    case BATCH:
    case EXACT_LIFE:
        draw_turnover(s, site);
        break;
    case BACKGROUND:
        draw_background(s, site);
        break;
    case BEHAVIOURS:
        abort();
    }
}

/* --------------------------------------------------------------- living */

static void emit(struct series *s, const struct site *site, size_t run,
                 double born, double died, bool lost)
{
    const struct run *within = &s->runs[run];

    if (born >= within->end || born < within->start)
        return;
    if (s->count == s->capacity) {
        s->capacity = s->capacity * 2 + 1024;
        s->all = must(realloc(s->all, s->capacity * sizeof *s->all));
    }
    s->all[s->count++] = (struct goroutine){
        .born = born,
        .died = fmin(died, within->end),
        .site = (uint32_t)site->index,
        .run = (uint16_t)run,
        .lost = lost,
    };
}

/* Traffic at T, where 1 is that of the first dump, or of the mean day. */
static double traffic_at(const struct series *s, const struct site *site,
                         double t)
{
    double end = site->traffic == RAMP ? s->times[s->dump_count - 1]
                                       : site->ramp_end;
    double way = (t - s->times[0]) / fmax(end - s->times[0], 1);

    if (site->traffic == FLAT)
        return 1;
    if (site->traffic == DAILY)
        return 1 +
               site->swing * sin(6.283185307179586 * (t + site->phase) / 86400);
    return 1 + (site->factor - 1) * fmin(fmax(way, 0), 1);
}

static double traffic_most(const struct site *site)
{
    if (site->traffic == DAILY)
        return 1 + site->swing;
    return site->traffic == FLAT ? 1 : site->factor;
}

static double for_ever(struct series *s, const struct site *site, double born)
{
    (void)s;
    (void)site;
    (void)born;
    return INFINITY;
}

static double fixed_life(struct series *s, const struct site *site, double born)
{
    (void)s;
    (void)born;
    return site->life;
}

static double random_life(struct series *s, const struct site *site,
                          double born)
{
    (void)born;
    return random_exponential(&s->random, site->life);
}

/* A Pareto tail: most go soon, some stay very long; the mean is LIFE. */
static double heavy_life(struct series *s, const struct site *site, double born)
{
    const double shape = 1.6;
    double least = site->life * (shape - 1) / shape;

    (void)born;
    return least * pow(random_unit(&s->random), -1 / shape);
}

static double until_reaped(struct series *s, const struct site *site,
                           double born)
{
    double period = site->period;

    (void)s;
    return period - fmod(born + site->phase * period / 86400, period);
}

/* Poisson arrivals from FROM to the end of the run, following traffic. */
static void arrive(struct series *s, const struct site *site, size_t run,
                   double from, double rate, life_fn *life, bool lost)
{
    double most = traffic_most(site);
    double mean = s->interval / (rate * most);
    double end = s->runs[run].end;

    for (double t = fmax(from, s->runs[run].start);
         (t += random_exponential(&s->random, mean)) < end;)
        if (random_unit(&s->random) * most < traffic_at(s, site, t))
            emit(s, site, run, t, t + life(s, site, t), lost);
}

/* SIZE goroutines that begin with the process and stay. */
static void stand(struct series *s, const struct site *site, size_t run,
                  double size)
{
    double start = s->runs[run].start;

    for (double i = 0; i < size; i++)
        emit(s, site, run, start + random_between(&s->random, 0, 2), INFINITY,
             false);
}

/*
 * Requests in flight: arrivals of a Poisson process with exponential lives, of
 * which only those alive at a dump are made.  Of those that the dump before
 * could not show, their number is Poisson and their age a cut exponential.
 */
static void in_flight(struct series *s, const struct site *site, size_t run)
{
    struct random *r = &s->random;
    double before = site->settled ? -INFINITY : s->runs[run].start;

    for (size_t d = s->runs[run].first; d < s->runs[run].last; d++) {
        double t = s->times[d];
        double share = 1 - exp(-(t - before) / site->life);
        unsigned n =
            random_poisson(r, site->size * traffic_at(s, site, t) * share);

        if (s->repeats[d])
            continue;
        for (unsigned i = 0; i < n; i++) {
            double age = -site->life * log(1 - random_unit(r) * share);
            double born = fmax(t - age, s->runs[run].start);

            emit(s, site, run, born, t + random_exponential(r, site->life),
                 false);
        }
        before = t;
    }
}

/* The rest of a life met at a random moment (renewal theory). */
static double rest_of_life(struct series *s, const struct site *site)
{
    const double shape = 1.6;
    struct random *r = &s->random;
    double least = site->life * (shape - 1) / shape;

    if (site->mechanism == SUBSCRIBERS)
        return random_exponential(r, site->life);
    if (site->mechanism != HEAVY_TAIL)
        return random_between(r, 0, site->life);
    if (random_chance(r, (shape - 1) / shape))
        return random_between(r, 0, least);
    return least * pow(random_unit(r), -1 / (shape - 1));
}

/* What an old process holds already, or clients that all come back at once. */
static void settle(struct series *s, const struct site *site, size_t run)
{
    struct random *r = &s->random;
    double start = s->runs[run].start;
    unsigned n = random_poisson(r, site->rate * site->life / s->interval);

    for (unsigned i = 0; i < n; i++) {
        double born = start + random_between(r, 0, 30);

        emit(s, site, run, born, born + rest_of_life(s, site), false);
    }
}

static void turn_over(struct series *s, const struct site *site, size_t run,
                      life_fn *life)
{
    if (site->settled)
        settle(s, site, run);
    arrive(s, site, run, s->runs[run].start, site->rate, life, false);
}

static void burst(struct series *s, const struct site *site, size_t run)
{
    double end = s->runs[run].end;

    for (double t = s->runs[run].start;
         (t += site->period * random_between(&s->random, 0.6, 1.4)) < end;) {
        unsigned n = 1 + random_poisson(&s->random, site->size);

        for (unsigned i = 0; i < n; i++)
            emit(s, site, run, t + random_between(&s->random, 0, 5), INFINITY,
                 true);
    }
}

static void leak_partly(struct series *s, const struct site *site, size_t run)
{
    double from = s->runs[run].start;

    arrive(s, site, run, from, site->rate * (1 - site->share), for_ever, true);
    arrive(s, site, run, from, site->rate * site->share, random_life, false);
}

static void leak(struct series *s, const struct site *site, size_t run)
{
    double from = s->runs[run].start;

    stand(s, site, run, site->base);
    if (site->mechanism == LEAK_BURSTY) {
        burst(s, site, run);
        return;
    }
    if (site->mechanism == LEAK_PARTIAL) {
        leak_partly(s, site, run);
        return;
    }
    if (site->mechanism == LEAK_CHURN) {
        struct site churn = *site;

        churn.settled = true;
        in_flight(s, &churn, run);
    }
    if (site->mechanism == LEAK_MIDDLE)
        from = fmax(from, site->onset);
    arrive(s, site, run, from, site->rate, for_ever, true);
}

/* Workers that end by an error and are started again. */
static void replace(struct series *s, const struct site *site, size_t run)
{
    double end = s->runs[run].end;

    for (double i = 0; i < site->size; i++)
        for (double t = s->runs[run].start; t < end;) {
            double next = t + random_life(s, site, t);

            emit(s, site, run, t, next, false);
            t = next;
        }
}

/* All of a pool, each member at its own time. */
static void fill(struct series *s, const struct site *site, size_t run)
{
    double from = run == 0 ? site->onset : s->runs[run].start;

    for (double i = 0; i < site->size; i++) {
        double wait = site->mechanism == CACHE_SATURATING
                          ? random_exponential(&s->random, site->life)
                          : random_between(&s->random, 0, site->life);

        emit(s, site, run, fmax(from, s->runs[run].start) + wait, INFINITY,
             false);
    }
}

static void step(struct series *s, const struct site *site, size_t run)
{
    double at = fmax(site->onset, s->runs[run].start);

    stand(s, site, run, site->base);
    for (double i = 0; i < site->size; i++)
        emit(s, site, run, at + random_between(&s->random, 0, 2), INFINITY,
             false);
}

/* Connections are opened when more are wanted than are open, up to SIZE. */
static void pool_connections(struct series *s, const struct site *site,
                             size_t run)
{
    double open = 0;

    for (double t = s->runs[run].start; t < s->runs[run].end;
         t += s->interval / 4) {
        double wanted = random_poisson(&s->random,
                                       site->rate * traffic_at(s, site, t) / 2);

        for (; open < fmin(wanted, site->size); open++)
            emit(s, site, run, t + random_between(&s->random, 0, 1), INFINITY,
                 false);
    }
}

static void batches(struct series *s, const struct site *site, size_t run)
{
    double end = s->runs[run].end;
    double t = s->runs[run].start;

    for (t += random_between(&s->random, 0, site->period); t < end;
         t += site->period)
        for (double i = 0; i < site->size; i++)
            emit(s, site, run, t + random_between(&s->random, 0, 1),
                 t + site->life * random_between(&s->random, 0.7, 1.3), false);
}

static void leak_until_fixed(struct series *s, const struct site *site,
                             size_t run)
{
    stand(s, site, run, fmin(site->size, 20));
    if (run + 1 < s->run_count)
        arrive(s, site, run, s->runs[run].start, site->rate, for_ever, false);
}

void mechanism_run(struct series *s, const struct site *site, size_t run)
{
    switch (site->mechanism) {
    case LEAK_CONSTANT:
    case LEAK_SLOW:
    case LEAK_BURSTY:
    case LEAK_FAST:
    case LEAK_PARTIAL:
    case LEAK_CHURN:
    case LEAK_MIDDLE:
    case LEAK_TRAFFIC:
        leak(s, site, run);
        break;
    case POOL_FIXED:
        stand(s, site, run, site->size);
        break;
    case POOL_REPLACED:
        replace(s, site, run);
        break;
    case POOL_WARMING:
    case CACHE_SATURATING:
        fill(s, site, run);
        break;
    case STEP_STAYS:
        step(s, site, run);
        break;
    case LOAD_RAMP:
    case LOAD_PLATEAU:
    case DAY_NIGHT:
    case NOISE:
        in_flight(s, site, run);
        break;
    case SAWTOOTH:
        arrive(s, site, run, s->runs[run].start, site->rate, until_reaped,
               false);
        break;
    case KEEPALIVE:
    case KEEPALIVE_RAMP:
    case EXACT_LIFE:
        turn_over(s, site, run, fixed_life);
        break;
    case SUBSCRIBERS:
        turn_over(s, site, run, random_life);
        break;
    case HEAVY_TAIL:
        turn_over(s, site, run, heavy_life);
        break;
    case BATCH:
        batches(s, site, run);
        break;
    case CONNECTION_POOL:
        pool_connections(s, site, run);
        break;
    case LEAK_WAS_FIXED:
        leak_until_fixed(s, site, run);
        break;
    case BACKGROUND:
    case BEHAVIOURS:
        abort();
    }
}
