/*
 * Assertions for cmocka tests of programs that talk to a Go process; link with
 * -lgoroleak.
 *
 *     assert_no_goroutine_leaks("dump.txt");
 *     assert_no_goroutine_leaks_since("before.txt", "after.txt");
 *     assert_no_goroutine_leaks_settled("http://localhost:6060", 2);
 *     assert_no_goroutine_leaks_since_settled("before.txt",
 *                                             "http://localhost:6060", 2);
 *
 * The last two give goroutines that are on their way out so many seconds, as
 * `goroleak assert --settle` does: what a test of a server wants.  An argument
 * is a file, or a URL such as "http://localhost:6060".  The built-in rules of
 * `goroleak assert` excuse what they excuse.  A failed assertion prints the
 * leaks and where it stands; a dump that cannot be read, or is of another
 * process than the one before, fails it too.
 */
#ifndef GOROLEAK_CMOCKA_H
#define GOROLEAK_CMOCKA_H

#include <goroleak.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static inline bool grl_cmocka_write(void *user, const char *bytes, size_t len)
{
    return fwrite(bytes, 1, len, (FILE *)user) == len;
}

static inline void grl_cmocka_notice(void *user, const char *source,
                                     uint64_t line, const char *text,
                                     const struct grl_error *err)
{
    (void)user;
    (void)line;
    print_error("%s: %s%s%s\n", source, text,
                err != NULL && err->detail[0] != '\0' ? ": " : "",
                err != NULL ? err->detail : "");
}

/* A failure was told by grl_cmocka_notice(). */
static inline enum grl_status grl_cmocka_take(void *path, struct grl_dumps *d,
                                              struct grl_error *err)
{
    size_t before = grl_dumps_count(d);
    enum grl_status st = grl_dumps_read(d, *(const char **)path, err);

    if (st != GRL_OK)
        return st;
    return grl_dumps_failed(d) == 0 && grl_dumps_count(d) > before
               ? GRL_OK
               : GRL_ENODUMP;
}

/* Reports to standard error; true when nothing leaked. */
static inline bool grl_cmocka_judge(struct grl_dumps *d, ptrdiff_t baseline,
                                    const char *path, double seconds)
{
    struct grl_assertion *a = NULL;
    struct grl_report report;
    struct grl_error err = {GRL_OK, "", 0, 0, 0, ""};
    size_t last = 0;
    bool clean = false;

    if (grl_assert_settled(&a, d, baseline, seconds, grl_cmocka_take, &path,
                           &err) != GRL_OK) {
        if (err.what[0] != '\0')
            print_error("%s: %s\n", path, err.what);
        return false;
    }
    if (grl_assert_baseline(a) >= GRL_BASELINE_OTHER_RUN) {
        print_error("%s: of another process than the dump before\n", path);
        grl_assert_free(a);
        return false;
    }
    last = grl_dumps_count(d) - 1;
    clean = grl_assert_count(a) == 0 && !grl_dumps_get(d, last)->truncated;
    grl_report_init(&report);
    report.write = grl_cmocka_write;
    report.user = stderr;
    if (!clean)
        grl_report_assert(&report, d, a, last, NULL);
    grl_assert_free(a);
    return clean;
}

/* BEFORE may be NULL. */
static inline bool grl_cmocka_check(const char *before, const char *after,
                                    double seconds)
{
    struct grl_options options;
    struct grl_dumps *d = NULL;
    ptrdiff_t baseline = -1;
    bool clean = false;

    grl_options_init(&options);
    options.keep_ids = true;
    options.notice = grl_cmocka_notice;
    if (grl_rules_new(&options.rules, NULL) == GRL_OK &&
        grl_rules_add_builtin(options.rules, NULL) == GRL_OK &&
        grl_dumps_new(&d, &options, NULL) == GRL_OK &&
        (before == NULL || grl_cmocka_take(&before, d, NULL) == GRL_OK)) {
        baseline = (ptrdiff_t)grl_dumps_count(d) - 1;
        clean = grl_cmocka_judge(d, baseline, after, seconds);
    }
    grl_dumps_free(d);
    grl_rules_free(options.rules);
    return clean;
}

/* No goroutine that no rule excuses is in DUMP, ... */
#define assert_no_goroutine_leaks(dump)                                        \
    assert_no_goroutine_leaks_since_settled(NULL, (dump), 0)

/* ... or in AFTER that was not there in BEFORE, ... */
#define assert_no_goroutine_leaks_since(before, after)                         \
    assert_no_goroutine_leaks_since_settled((before), (after), 0)

/* ... or is still there after SECONDS. */
#define assert_no_goroutine_leaks_settled(url, seconds)                        \
    assert_no_goroutine_leaks_since_settled(NULL, (url), (seconds))

#define assert_no_goroutine_leaks_since_settled(before, url, seconds)          \
    do {                                                                       \
        if (!grl_cmocka_check((before), (url), (seconds)))                     \
            _fail(__FILE__, __LINE__);                                         \
    } while (0)

#endif
