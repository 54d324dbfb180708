/* Reports in both forms: where they go, what they say first, and that no
 * write is lost without a word. */
#include <goroleak.h>

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MOST_BYTES = 400 * 1024 };

/* Keeps what is written, until FAIL_AT bytes were. */
struct paper {
    char *bytes;
    size_t len;
    size_t fail_at;
};

static bool write_on(void *user, const char *bytes, size_t len)
{
    struct paper *p = user;

    assert_true(len > 0);
    if (p->len + len > p->fail_at) {
        errno = ENOSPC;
        return false;
    }
    assert_true(p->len + len < MOST_BYTES);
    memcpy(p->bytes + p->len, bytes, len);
    p->len += len;
    p->bytes[p->len] = '\0';
    return true;
}

static char bytes[MOST_BYTES];
static struct paper paper;
static struct grl_dumps *dumps;
static struct grl_diff *diff;
static struct grl_trend *trend;
static struct grl_assertion *assertion;

static int set_up(void **state)
{
    (void)state;
    assert_int_equal(grl_dumps_new(&dumps, NULL, NULL), GRL_OK);
    assert_int_equal(grl_dumps_read(dumps, "fixtures/series/leaky", NULL),
                     GRL_OK);
    assert_int_equal(grl_diff_new(&diff, dumps, 0, 11, NULL), GRL_OK);
    assert_int_equal(grl_trend_new(&trend, dumps, NULL), GRL_OK);
    assert_int_equal(grl_assert_new(&assertion, dumps, 11, 0, NULL), GRL_OK);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    grl_assert_free(assertion);
    grl_trend_free(trend);
    grl_diff_free(diff);
    grl_dumps_free(dumps);
    return 0;
}

static struct grl_report report(enum grl_format format)
{
    struct grl_report r;

    memset(&r, 0xff, sizeof r);
    grl_report_init(&r);
    assert_int_equal(r.size, sizeof r);
    assert_int_equal(r.format, GRL_TEXT);
    paper = (struct paper){bytes, 0, MOST_BYTES};
    bytes[0] = '\0';
    r.format = format;
    r.write = write_on;
    r.user = &paper;
    return r;
}

typedef enum grl_status report_fn(const struct grl_report *r,
                                  struct grl_error *err);

static enum grl_status scan(const struct grl_report *r, struct grl_error *err)
{
    return grl_report_scan(r, dumps, err);
}

static enum grl_status compare(const struct grl_report *r,
                               struct grl_error *err)
{
    return grl_report_diff(r, dumps, diff, 0, 11, err);
}

static enum grl_status judge(const struct grl_report *r, struct grl_error *err)
{
    return grl_report_trend(r, dumps, trend, err);
}

static enum grl_status leaks(const struct grl_report *r, struct grl_error *err)
{
    return grl_report_assert(r, dumps, assertion, 11, err);
}

/* Of the first dump, which is not merged. */
static enum grl_status explain(const struct grl_report *r,
                               struct grl_error *err)
{
    return grl_report_explain(r, NULL, dumps, err);
}

static const struct {
    const char *name;
    report_fn *write;
    const char *says[3]; /* in the text */
} reports[] = {
    {"scan", scan, {"main.fetchWithTimeout.func1", "12 dumps", "created by"}},
    {"diff",
     compare,
     {"26 -> 194 goroutines", "+77", "7 of the 7 before are still there"}},
    {"trend", judge, {"2 leaks", "LEAKING", "70 of 70 added"}},
    {"assert", leaks, {"77 leaked", "in the baseline", "main.(*hub).watch"}},
    {"explain", explain, {"main.(*pool).worker", "chan receive: ", "fix: "}},
};

enum { REPORTS = sizeof reports / sizeof reports[0] };

static void test_texts_say_what_matters(void **state)
{
    (void)state;
    for (size_t i = 0; i < REPORTS; i++) {
        struct grl_report r = report(GRL_TEXT);

        assert_int_equal(reports[i].write(&r, NULL), GRL_OK);
        for (size_t k = 0; k < 3; k++)
            if (strstr(bytes, reports[i].says[k]) == NULL)
                fail_msg("%s does not say \"%s\"", reports[i].name,
                         reports[i].says[k]);
        assert_int_equal(bytes[paper.len - 1], '\n');
        assert_null(strchr(bytes, '\x1b')); /* no colour unless asked */
    }
}

static void test_json_says_which_command(void **state)
{
    (void)state;
    for (size_t i = 0; i < REPORTS; i++) {
        struct grl_report r = report(GRL_JSON);
        char want[64];

        snprintf(want, sizeof want, "{\"schema\":1,\"command\":\"%s\"",
                 reports[i].name);
        assert_int_equal(reports[i].write(&r, NULL), GRL_OK);
        assert_int_equal(strncmp(bytes, want, strlen(want)), 0);
        assert_int_equal(bytes[paper.len - 1], '\n');
    }
}

static void test_the_same_twice_is_the_same_bytes(void **state)
{
    char *first = malloc(MOST_BYTES);

    (void)state;
    assert_non_null(first);
    for (size_t i = 0; i < REPORTS; i++)
        for (int format = GRL_TEXT; format <= GRL_JSON; format++) {
            struct grl_report r = report((enum grl_format)format);

            assert_int_equal(reports[i].write(&r, NULL), GRL_OK);
            memcpy(first, bytes, paper.len + 1);
            r = report((enum grl_format)format);
            assert_int_equal(reports[i].write(&r, NULL), GRL_OK);
            assert_string_equal(bytes, first);
        }
    free(first);
}

static void test_a_write_that_fails_is_an_error(void **state)
{
    (void)state;
    for (size_t i = 0; i < REPORTS; i++)
        for (int format = GRL_TEXT; format <= GRL_JSON; format++) {
            struct grl_report r = report((enum grl_format)format);
            struct grl_error err;
            size_t whole = 0;

            assert_int_equal(reports[i].write(&r, NULL), GRL_OK);
            whole = paper.len;
            for (size_t at = 0; at < whole; at += whole / 3 + 1) {
                r = report((enum grl_format)format);
                paper.fail_at = at;
                memset(&err, 0xff, sizeof err);
                assert_int_equal(reports[i].write(&r, &err), GRL_EIO);
                assert_int_equal(err.code, GRL_EIO);
                assert_int_equal(err.sys, ENOSPC);
                assert_non_null(err.what);
                assert_int_equal(err.line, 0);
                assert_string_equal(err.detail, "");
            }
            r = report((enum grl_format)format);
            paper.fail_at = whole - 1; /* only the last byte is lost */
            assert_int_equal(reports[i].write(&r, NULL), GRL_EIO);
        }
}

/* Columns of the longest line that shows a frame. */
static size_t longest_line(void)
{
    size_t most = 0;
    size_t columns = 0;

    for (const char *c = bytes; *c != '\0'; c++) {
        columns = *c == '\n' ? 0
                             : columns + (((unsigned char)*c & 0xc0) != 0x80);
        most = columns > most ? columns : most;
    }
    return most;
}

static void test_stacks_fit_the_terminal(void **state)
{
    struct grl_report r = report(GRL_TEXT);
    size_t unlimited = 0;

    (void)state;
    assert_int_equal(scan(&r, NULL), GRL_OK);
    unlimited = longest_line();
    r = report(GRL_TEXT);
    r.width = 72;
    assert_int_equal(scan(&r, NULL), GRL_OK);
    assert_true(unlimited > 72);
    assert_true(longest_line() < unlimited);
}

static void test_ascii_holds_nothing_else(void **state)
{
    (void)state;
    for (size_t i = 0; i < REPORTS; i++) {
        struct grl_report r = report(GRL_TEXT);

        r.ascii = true;
        r.width = 60;
        assert_int_equal(reports[i].write(&r, NULL), GRL_OK);
        for (size_t k = 0; k < paper.len; k++)
            assert_true((unsigned char)bytes[k] < 0x80);
    }
}

/* What colours are taken off of says the same without them. */
static void test_colour_is_never_the_only_meaning(void **state)
{
    char *plain = malloc(MOST_BYTES);

    (void)state;
    assert_non_null(plain);
    for (size_t i = 0; i < REPORTS; i++) {
        struct grl_report r = report(GRL_TEXT);
        char *out = bytes;

        assert_int_equal(reports[i].write(&r, NULL), GRL_OK);
        memcpy(plain, bytes, paper.len + 1);
        r = report(GRL_TEXT);
        r.color = true;
        assert_int_equal(reports[i].write(&r, NULL), GRL_OK);
        assert_non_null(strchr(bytes, '\x1b'));
        for (const char *c = bytes; *c != '\0'; c++) {
            if (*c == '\x1b')
                c = strchr(c, 'm');
            else
                *out++ = *c;
        }
        *out = '\0';
        assert_string_equal(bytes, plain);
    }
    free(plain);
}

static void test_top_and_min_count_leave_out_and_say_so(void **state)
{
    struct grl_report r = report(GRL_TEXT);

    (void)state;
    r.top = 1;
    assert_int_equal(leaks(&r, NULL), GRL_OK);
    assert_non_null(strstr(bytes, "other leaks are not shown"));
    r = report(GRL_TEXT);
    r.min_count = 1000;
    assert_int_equal(compare(&r, NULL), GRL_OK);
    assert_non_null(strstr(bytes, "other changes are not shown"));
    assert_null(strstr(bytes, "fetchWithTimeout"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts_say_what_matters),
        cmocka_unit_test(test_json_says_which_command),
        cmocka_unit_test(test_the_same_twice_is_the_same_bytes),
        cmocka_unit_test(test_a_write_that_fails_is_an_error),
        cmocka_unit_test(test_stacks_fit_the_terminal),
        cmocka_unit_test(test_ascii_holds_nothing_else),
        cmocka_unit_test(test_colour_is_never_the_only_meaning),
        cmocka_unit_test(test_top_and_min_count_leave_out_and_say_so),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
