/* Three answers stay three: yes, no, and could not tell. */
#include "rules/pattern.h"

#include "support/unit.h"

static enum hit test_pattern(const char *source, const char *subject)
{
    struct pattern *p = NULL;
    enum hit hit = HIT_FAILED;

    assert_int_equal(pattern_new(&p, source, NULL), GRL_OK);
    hit = pattern_test(p, text_of(subject), NULL);
    pattern_free(p);
    return hit;
}

static void test_yes_and_no(void **state)
{
    static const struct {
        const char *source;
        const char *subject;
        enum hit hit;
    } rows[] = {
        {"main\\.f", "main.f", HIT_YES},
        {"ain", "main.f", HIT_YES}, /* found anywhere */
        {"^ain", "main.f", HIT_NO},
        {"f$", "main.f", HIT_YES},
        {"(?i)MAIN", "main.f", HIT_YES},
        {"MAIN", "main.f", HIT_NO},
        {"gr.\xc3\x9f",
         "gr\xc3\xb6\xc3\x9f"
         "e",
         HIT_YES}, /* a dot is a code point */
        {"", "anything", HIT_YES},
        {"x", "", HIT_NO},
        /* "=" takes the rest as it is */
        {"=main.f", "main.f", HIT_YES},
        {"=main.f", "mainxf", HIT_NO},
        {"=main.f", "main.f2", HIT_NO},
        {"=main", "main.f", HIT_NO},
        {"=(", "(", HIT_YES},
        {"=", "", HIT_YES},
        {"=", "x", HIT_NO},
        {"==x", "=x", HIT_YES},
        /* what is no UTF-8 matches nothing, and fails nothing */
        {"b",
         "a\xff"
         "b",
         HIT_YES},
        {"a.b",
         "a\xff"
         "b",
         HIT_NO},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        enum hit hit = test_pattern(rows[i].source, rows[i].subject);

        if (hit != rows[i].hit)
            fail_msg("\"%s\" in \"%s\": %d, not %d", rows[i].source,
                     rows[i].subject, (int)hit, (int)rows[i].hit);
    }
}

static void test_giving_up_is_not_no(void **state)
{
    struct pattern *p = NULL;
    struct grl_error err;

    (void)state;
    memset(&err, 0xff, sizeof err);
    assert_int_equal(pattern_new(&p, "(?:(?:(?:a+)+)+)+b|!", NULL), GRL_OK);
    assert_int_equal(
        pattern_test(p, TEXT("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"),
                     &err),
        HIT_FAILED);
    assert_int_equal(err.code, GRL_EPATTERN);
    assert_string_equal(err.what, "pattern gave up");
    assert_true(strlen(err.detail) > 0);
    /* and it still answers what it can */
    assert_int_equal(pattern_test(p, TEXT("!"), NULL), HIT_YES);
    pattern_free(p);
}

static void test_bad_patterns_say_where(void **state)
{
    static const struct {
        const char *source;
        size_t offset;
    } rows[] = {
        {"(", 1}, {"a(b", 3}, {"a)b", 1}, {"[a", 2}, {"*", 0},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct pattern *p = NULL;
        struct grl_error err;

        memset(&err, 0xff, sizeof err);
        assert_int_equal(pattern_new(&p, rows[i].source, &err), GRL_EPATTERN);
        assert_null(p);
        assert_int_equal(err.code, GRL_EPATTERN);
        assert_non_null(err.what);
        assert_int_equal(err.sys, 0);
        assert_true(strlen(err.detail) > 0);
        if (err.offset != rows[i].offset)
            fail_msg("\"%s\": at %d", rows[i].source, (int)err.offset);
        assert_int_equal(pattern_new(&p, rows[i].source, NULL), GRL_EPATTERN);
    }
    pattern_free(NULL);
}

static void test_captures(void **state)
{
    static const struct {
        const char *source;
        const char *subject;
        enum hit hit;
        const char *captured;
    } rows[] = {
        {"host(\\d+)", "/dumps/host12/a.txt", HIT_YES, "12"},
        {"host\\d+", "/dumps/host12/a.txt", HIT_YES, "host12"},
        {"(a)(b)", "xabx", HIT_YES, "a"},      /* the first */
        {"(x)?host", "host", HIT_YES, "host"}, /* which took no part */
        {"()host", "host", HIT_YES, ""},
        {"host(\\d+)", "/dumps/a.txt", HIT_NO, ""},
        {"=host", "host", HIT_YES, "host"},
        {"=host", "host1", HIT_NO, ""},
        {"a\\Kb", "ab", HIT_YES, "b"},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct pattern *p = NULL;
        struct grl_text got;

        assert_int_equal(pattern_new(&p, rows[i].source, NULL), GRL_OK);
        assert_int_equal(
            pattern_capture(p, text_of(rows[i].subject), &got, NULL),
            rows[i].hit);
        assert_text(got, rows[i].captured, rows[i].source);
        pattern_free(p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_yes_and_no),
        cmocka_unit_test(test_giving_up_is_not_no),
        cmocka_unit_test(test_bad_patterns_say_where),
        cmocka_unit_test(test_captures),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
