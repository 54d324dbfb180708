/* Dumps are strangers' bytes: nothing of them may steer a terminal, and none
 * may take more than time linear in its size. */
#include <goroleak.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

struct paper {
    char bytes[64 * 1024];
    size_t len;
};

static bool write_on(void *user, const char *bytes, size_t len)
{
    struct paper *p = user;

    assert_true(p->len + len < sizeof p->bytes);
    memcpy(p->bytes + p->len, bytes, len);
    p->len += len;
    p->bytes[p->len] = '\0';
    return true;
}

static struct paper paper;

static struct grl_report report(enum grl_format format)
{
    struct grl_report r;

    grl_report_init(&r);
    r.format = format;
    r.write = write_on;
    r.user = &paper;
    r.all = true;
    r.order = "chance";
    paper.len = 0;
    return r;
}

/* Escapes, a bell, a right-to-left override and broken UTF-8, wherever a dump
 * lets its writer choose the words. */
#define EVIL "\x1b[2J\x07\xe2\x80\xae\xff\x9b\b\x7f"

static const char evil[] = "goroutine 1 [a" EVIL "] {k" EVIL
                           ": \"v\\x1b[2J" EVIL "\"}:\n"
                           "main.f" EVIL "(0x1)\n\t/src/" EVIL "x.go:12 +0x45\n"
                           "created by main.g" EVIL " in goroutine 1\n\t" EVIL
                           ".go:19 +0x8f\n\n"
                           "goroutine 2 [b]:\n"
                           "c_frame" EVIL "\n\t" EVIL ".c:12 pc=0x45\n";

static struct grl_dumps *evil_dumps(void)
{
    struct grl_dumps *d = NULL;

    assert_int_equal(grl_dumps_new(&d, NULL, NULL), GRL_OK);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(grl_dumps_begin(d, "name" EVIL ".txt", NULL), GRL_OK);
        assert_int_equal(grl_dumps_feed(d, evil, sizeof evil - 1, NULL),
                         GRL_OK);
        assert_int_equal(grl_dumps_end(d, NULL), GRL_OK);
        assert_int_equal(grl_dumps_get(d, (size_t)i)->goroutines, 2);
    }
    return d;
}

/* Lines of printable ASCII, and the few other characters that are ours. */
static void assert_tame(const char *what)
{
    static const char *const ours[] = {"…", "▁", "▂", "▃", "▄",
                                       "▅", "▆", "▇", "█"};

    assert_true(paper.len > 0);
    for (const char *c = paper.bytes; *c != '\0'; c++) {
        size_t len = 0;

        if (*c == '\n' || (*c >= ' ' && *c <= '~'))
            continue;
        for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
            if (strncmp(c, ours[i], strlen(ours[i])) == 0)
                len = strlen(ours[i]);
        if (len == 0)
            fail_msg("%s: byte %02x alive in: %.60s", what, (unsigned char)*c,
                     c);
        c += len - 1;
    }
}

static void test_no_report_lets_control_bytes_through(void **state)
{
    static const size_t widths[] = {0, 20, 40, 80};
    struct grl_dumps *d = evil_dumps();
    struct grl_diff *f = NULL;
    struct grl_trend *t = NULL;
    struct grl_assertion *a = NULL;

    (void)state;
    assert_int_equal(grl_diff_new(&f, d, 0, 1, NULL), GRL_OK);
    assert_int_equal(grl_trend_new(&t, d, NULL), GRL_OK);
    assert_int_equal(grl_assert_new(&a, d, 2, -1, NULL), GRL_OK);
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
        struct grl_report r = report(GRL_TEXT);

        r.width = widths[i];
        assert_int_equal(grl_report_scan(&r, d, NULL), GRL_OK);
        assert_tame("scan");
        paper.len = 0;
        assert_int_equal(grl_report_diff(&r, d, f, 0, 1, NULL), GRL_OK);
        assert_tame("diff");
        paper.len = 0;
        assert_int_equal(grl_report_trend(&r, d, t, NULL), GRL_OK);
        assert_tame("trend");
        paper.len = 0;
        assert_int_equal(grl_report_assert(&r, d, a, 2, NULL), GRL_OK);
        assert_tame("assert");
    }
    grl_assert_free(a);
    grl_trend_free(t);
    grl_diff_free(f);
    grl_dumps_free(d);
}

static void test_json_escapes_control_bytes(void **state)
{
    struct grl_dumps *d = evil_dumps();
    struct grl_report r = report(GRL_JSON);

    (void)state;
    assert_int_equal(grl_report_scan(&r, d, NULL), GRL_OK);
    for (size_t i = 0; i < paper.len; i++) {
        unsigned char c = (unsigned char)paper.bytes[i];

        assert_true(c >= 0x20 || c == '\n');
        assert_true(c != 0xff);
    }
    grl_dumps_free(d);
}

/* ------------------------------------------------------- linear in time */

/* HEAD, UNIT repeated to LEN bytes, TAIL: how long it takes to parse. */
static double seconds_for(const char *head, const char *unit, const char *tail,
                          size_t len)
{
    static const struct grl_parser_events none = {NULL, NULL, NULL};
    size_t step = strlen(unit);
    char *bytes = malloc(len + step);
    struct grl_parser *p = NULL;
    clock_t from = 0;

    assert_non_null(bytes);
    for (size_t at = 0; at < len; at += step)
        memcpy(bytes + at, unit, step);
    assert_int_equal(grl_parser_new(&p, &none, NULL, NULL), GRL_OK);
    from = clock();
    assert_int_equal(grl_parser_feed(p, head, strlen(head), NULL), GRL_OK);
    assert_int_equal(grl_parser_feed(p, bytes, len, NULL), GRL_OK);
    assert_int_equal(grl_parser_feed(p, tail, strlen(tail), NULL), GRL_OK);
    assert_int_equal(grl_parser_finish(p, NULL), GRL_OK);
    from = clock() - from;
    grl_parser_free(p);
    free(bytes);
    return (double)from / CLOCKS_PER_SEC;
}

static const char *const units[][3] = {
    {"", "x", "\n"},
    {"", "(", "\n"},
    {"", "main.f(", ")\n"},
    {"", ":1", "\n"},
    {"", " +0x1", "\n"},
    {"", "/a.go:1 +0x1 ", "\n"},
    {"", "created by ", "\n"},
    {"created by a", " in goroutine ", "\n"},
    {"goroutine 1", " a=", "\n"},
    {"goroutine 1 [a", ", 1 minutes", "]:\n"},
    {"goroutine 1 [a] {", "k: v, ", "}:\n"},
    {"goroutine 1 [a] {", "\"k\": ", "}:\n"},
    {"", "goroutine 1 [a]:\n", ""},
    {"", "goroutine 1\n", ""},
    {"", "goroutine 2 [select]:\nm.f()\n\tf:1\n\n", ""},
    {"goroutine 1 [select]:\n", "m.f()\n\tf:1\n", ""},
    {"goroutine 1 [select]:\n", "m.f()\n", ""},
    {"goroutine 1 [select]:\n", "name\n", ""},
    {"x| goroutine 1 [select]:\n", "x| m.f()\n", ""},
    {"", " panic serving", "\n"},
    {"", "%2e", "()\n"},
};

/* Eight times the bytes take eight times as long: 64 times would be square.
 * Half way between, and what takes no time at all passes. */
static void check_linear(const char *const unit[3])
{
    enum { SMALL = 100 * 1024, LARGE = 8 * SMALL };
    double small = seconds_for(unit[0], unit[1], unit[2], SMALL);
    double large = seconds_for(unit[0], unit[1], unit[2], LARGE);

    if (large > 0.5 && large > 22 * small)
        fail_msg("\"%s%s...%s\": %g s, then %g s", unit[0], unit[1], unit[2],
                 small, large);
}

static void test_no_input_takes_more_than_linear_time(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        check_linear(units[i]);
}

static void test_quotes_that_never_close_take_linear_time(void **state)
{
    static const char *const unit[3] = {"goroutine 1 [", "\\\"", "\n"};

    (void)state;
    check_linear(unit);
}

static void test_headers_in_a_line_take_linear_time(void **state)
{
    static const char *const unit[3] = {"x", " goroutine 1 [", ":\n"};

    (void)state;
    check_linear(unit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_report_lets_control_bytes_through),
        cmocka_unit_test(test_json_escapes_control_bytes),
        cmocka_unit_test(test_no_input_takes_more_than_linear_time),
        cmocka_unit_test(test_quotes_that_never_close_take_linear_time),
        cmocka_unit_test(test_headers_in_a_line_take_linear_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
