/*
 * Fail each allocation of a job once, alone and with all that follow.
 * Include after support/failing_alloc.h, in the same one file.
 */
#ifndef SUPPORT_SWEEP_H
#define SUPPORT_SWEEP_H

#include "goroleak.h"

#include "support/failing_alloc.h"
#include "support/unit.h"

/* What a job made, so that two runs can be compared. */
struct digest {
    uint64_t hash;
    uint64_t bytes;
};

static void digest_add(struct digest *d, const void *bytes, size_t len)
{
    const unsigned char *b = bytes;

    for (size_t i = 0; i < len; i++)
        d->hash = (d->hash ^ b[i]) * 0x100000001b3u; /* FNV-1a */
    d->bytes += len;
}

static inline void digest_add_string(struct digest *d, const char *s)
{
    digest_add(d, s, strlen(s) + 1);
}

/* Digest as the write function of a report. */
static inline bool digest_write(void *user, const char *bytes, size_t len)
{
    digest_add(user, bytes, len);
    return true;
}

/* Does the whole of it, and frees all of it also after a failure.  It asserts
 * nothing, as it runs out of memory. */
typedef enum grl_status job_fn(struct digest *d, struct grl_error *err);

#if CAN_FAIL_ALLOC

struct swept {
    size_t failed; /* allocations, each alone and with all that follow */
    size_t borne;  /* failures that made no difference */
};

static enum grl_status run_job(job_fn *job, size_t fail_at, bool and_after,
                               struct digest *d, struct grl_error *err)
{
    enum grl_status st = GRL_OK;

    *d = (struct digest){0};
    memset(err, 0xff, sizeof *err);
    alloc_arm(fail_at, and_after);
    st = job(d, err);
    alloc_disarm();
    return st;
}

/*
 * A failed allocation is told, as GRL_ENOMEM with its words; or it made no
 * difference, as when qsort() goes on without memory.  Nothing leaks.  False
 * when the job ended before allocation FAIL_AT.
 */
static bool check_failure(job_fn *job, size_t fail_at, bool and_after,
                          const struct digest *want, struct swept *swept)
{
    struct digest got;
    struct grl_error err;
    enum grl_status st = run_job(job, fail_at, and_after, &got, &err);

    if (alloc_state.live > 0)
        fail_msg("allocation %zu failed: %zu leak", fail_at, alloc_state.live);
    if (st == GRL_OK) {
        swept->borne += alloc_state.failed > 0;
        if (got.hash != want->hash || got.bytes != want->bytes)
            fail_msg("allocation %zu failed, and nobody said so", fail_at);
        return alloc_state.failed > 0;
    }
    if (st != GRL_ENOMEM)
        fail_msg("allocation %zu failed: status %d (%s)", fail_at, (int)st,
                 err.what);
    assert_int_equal(err.code, GRL_ENOMEM);
    assert_non_null(err.what);
    assert_true(strlen(err.what) > 0);
    assert_non_null(memchr(err.detail, '\0', sizeof err.detail));
    return true;
}

/* Until a run has no failure: how many allocations there are may differ from
 * run to run, as tables are seeded. */
static struct swept sweep(job_fn *job)
{
    struct swept swept = {0};
    struct digest want = {0};
    struct grl_error err;
    bool failed = true;

    /* What libc keeps for ever, such as the time zone, it takes now. */
    assert_int_equal(job(&want, &err), GRL_OK);
    assert_int_equal(run_job(job, SIZE_MAX, false, &want, &err), GRL_OK);
    assert_int_equal(alloc_state.live, 0);
    while (failed) {
        failed = check_failure(job, swept.failed + 1, false, &want, &swept);
        check_failure(job, swept.failed + 1, true, &want, &swept);
        swept.failed += failed;
    }
    return swept;
}

#endif

/* Sweep JOB, which makes at least FEWEST allocations, so that a sweep of
 * nothing is noticed.  All failures are told but MOST_BORNE at most. */
static void sweep_all(job_fn *job, size_t fewest, size_t most_borne)
{
#if CAN_FAIL_ALLOC
    struct swept swept = sweep(job);

    if (swept.failed < fewest)
        fail_msg("only %zu allocations", swept.failed);
    if (swept.borne > most_borne)
        fail_msg("%zu failures of 2 * %zu made no difference", swept.borne,
                 swept.failed);
#else
    (void)job;
    (void)fewest;
    (void)most_borne;
    skip(); /* not glibc: allocations cannot be made to fail */
#endif
}

#endif
