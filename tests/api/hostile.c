/* Dumps are strangers' bytes: nothing of them may steer a terminal. */
#include <goroleak.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_report_lets_control_bytes_through),
        cmocka_unit_test(test_json_escapes_control_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
