/*
 * A simulated process, seen by dumps.
 *
 * Goroutines are born and die in continuous time; a dump shows those alive at
 * its moment.  Nothing here knows counts in advance.
 */
#ifndef EVALUATE_SERIES_H
#define EVALUATE_SERIES_H

#include "random.h"

enum { DUMPS_MOST = 100, RUNS_MOST = 4, NAME_BYTES = 96, BODY_BYTES = 1600 };

enum behaviour {
    /* leaks */
    LEAK_CONSTANT,
    LEAK_SLOW,
    LEAK_BURSTY,
    LEAK_FAST,
    LEAK_PARTIAL,
    LEAK_CHURN,
    LEAK_MIDDLE,
    LEAK_TRAFFIC,
    /* not leaks */
    POOL_FIXED,
    POOL_REPLACED,
    POOL_WARMING,
    CACHE_SATURATING,
    STEP_STAYS,
    LOAD_RAMP,
    LOAD_PLATEAU,
    SAWTOOTH,
    DAY_NIGHT,
    KEEPALIVE,
    KEEPALIVE_RAMP,
    NOISE,
    SUBSCRIBERS,
    HEAVY_TAIL,
    BATCH,
    EXACT_LIFE,
    CONNECTION_POOL,
    LEAK_WAS_FIXED,
    BACKGROUND,
    BEHAVIOURS
};

/* What is special about a series as a whole; a set of bits. */
enum condition {
    JITTER,     /* cron is late by up to a fifth of the interval */
    IRREGULAR,  /* intervals are exponential */
    GAPS,       /* some dumps were never taken */
    DUPLICATES, /* some dumps were stored twice */
    RESTART,    /* the process was restarted 1 to 3 times */
    REDEPLOY,   /* ... with a new build each time */
    CAPPED,     /* dumps end at a fixed number of bytes */
    CUT,        /* one dump ends inside a record */
    COLD,       /* the process began shortly before the first dump */
    SEVERAL,    /* two leaks or more */
    CONDITIONS
};

enum traffic { FLAT, DAILY, RAMP, RAMP_THEN_FLAT };

/* One process, from its start to the next restart. */
struct run {
    double start, end;  /* seconds since 1970 */
    size_t first, last; /* dumps FIRST .. LAST - 1 are of it; may be none */
    unsigned build;
};

/* A place in the program that starts goroutines: one signature per build. */
struct site {
    enum behaviour behaviour; /* what it is scored as */
    enum behaviour mechanism; /* differs for BACKGROUND */
    size_t index;
    /* Parameters; each mechanism uses some. */
    double rate;   /* goroutines per dump interval */
    double size;   /* goroutines of a pool, a burst, a batch */
    double life;   /* seconds, or the time constant of an approach */
    double period; /* seconds between bursts, reapings, batches */
    double onset;  /* when it begins; seconds since 1970 */
    double share;  /* of the leaked, how many go again */
    double base;   /* goroutines of a fixed pool under the same signature */
    double factor; /* traffic at the end of a ramp over that at its start */
    double swing;  /* of daily traffic, 0 to 1 */
    double phase;  /* seconds */
    double ramp_end;
    enum traffic traffic;
    bool settled;  /* begins in its equilibrium */
    double wake;   /* mean seconds between two wake-ups; 0: never wakes */
    double active; /* share that is running when the dump is taken */
    /* Text. */
    unsigned reason;
    unsigned parent;
    char body[RUNS_MOST][2][BODY_BYTES]; /* by build; blocked, active */
    size_t body_bytes[RUNS_MOST][2];
};

struct goroutine {
    double born, died;
    uint64_t id;
    uint32_t site;
    uint32_t slot;
    uint16_t run;
    bool lost; /* it leaked: nothing will ever wake it */
    uint8_t first_seen, last_seen, seen; /* dumps */
};

struct series {
    struct random random;
    double interval; /* seconds */
    size_t dump_count;
    double times[DUMPS_MOST];
    bool repeats[DUMPS_MOST]; /* the same bytes as the dump before */
    unsigned conditions;      /* bits of enum condition */
    struct run runs[RUNS_MOST];
    size_t run_count;
    struct site *sites;
    size_t site_count;
    struct goroutine *all;
    size_t count, capacity;
    double hidden;     /* goroutines per second that no dump ever shows */
    unsigned threads;  /* Ps */
    double gc_seconds; /* between garbage collections */
    size_t cap_bytes;  /* of a dump; 0: none */
    size_t cut_dump;   /* this dump ends in a record */
    double cut_share;
    size_t leaks; /* sites that leak */
};

bool behaviour_leaks(enum behaviour b);
const char *behaviour_name(enum behaviour b);
const char *condition_name(enum condition c);
bool series_has(const struct series *s, enum condition c);

/* Series NUMBER of SEED.  CLEAN: 24 dumps, 300 healthy signatures. */
void series_simulate(struct series *s, uint64_t seed, uint64_t number,
                     bool clean);
void series_release(struct series *s);

/* Memory or nothing: a benchmark has no use for half a result. */
void *must(void *memory);

#endif
