/* The small parts of the parser: log prefixes, ids seen, what an input
 * without goroutines looks like. */
#include "parse/looks.h"
#include "parse/prefix.h"
#include "parse/seen.h"
#include "support/unit.h"

#include <stdlib.h>

static void test_a_header_is_found_at_the_end_of_a_line(void **state)
{
    static const struct {
        const char *line;
        size_t at;
        bool is_prefix;
    } rows[] = {
        {"2024-05-06T07:08:09Z goroutine 1 [running]:", 21, true},
        {"api-1  | goroutine 1 [running]:\r", 9, true},
        {"app[web.1]: goroutine 1 [running]:", 12, true},
        {"> goroutine 1 [running]:", 2, true},
        {"all stacksgoroutine 1 [running]:", 10, false},
        {"7goroutine 1 [running]:", 1, false},
        {"  goroutine 1 [running]:", 2, false}, /* only blanks */
        {"goroutine 1 [running]:", 0, false},
    };
    static const char *const none[] = {
        "",
        "goroutine 1 [running]",
        "x goroutine 1 [running]: y",
        "x goroutine [running]:",
        "nothing:",
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct grl_text t = text_of(rows[i].line);
        size_t at = prefix_find_header(t);

        if (at != rows[i].at)
            fail_msg("\"%s\": at %zu", rows[i].line, at);
        if (prefix_is_one(text_sub(t, 0, at)) != rows[i].is_prefix)
            fail_msg("\"%s\": prefix %d", rows[i].line, !rows[i].is_prefix);
    }
    for (size_t i = 0; i < LENGTH(none); i++)
        assert_int_equal(prefix_find_header(text_of(none[i])), strlen(none[i]));
}

static void test_a_prefix_is_taken_off_digits_may_change(void **state)
{
    static const char *const rows[][2] = {
        {"07:08:09 api: main.f()", "main.f()"},
        {"23:59:10 api: \tmain.go:1", "\tmain.go:1"},
        {"07:08:09 api: ", ""},
        {"07:08:09 api:", ""}, /* without the blank, on empty lines */
        {"07:08:09 db : main.f()", "07:08:09 db : main.f()"},
        {"x7:08:09 api: main.f()", "x7:08:09 api: main.f()"},
        {"main.f()", "main.f()"},
        {"07:08", "07:08"},
    };
    struct prefix p = {0};

    (void)state;
    assert_text(prefix_take_off(&p, TEXT("abc")), "abc", "no prefix");
    prefix_learn(&p, TEXT("07:08:09 api: "));
    for (size_t i = 0; i < LENGTH(rows); i++)
        assert_text(prefix_take_off(&p, text_of(rows[i][0])), rows[i][1],
                    rows[i][0]);
}

static void test_a_profile_is_found_at_the_end_of_a_line(void **state)
{
    static const struct {
        const char *line;
        size_t at;
    } rows[] = {
        {"07:08:09 goroutine profile: total 29", 9},
        {"api-1  | goroutineleak profile: total 2\r", 9},
        {"> heap profile: 6: 19 [6: 19] @ heap/1048576", 2},
        {"goroutine profile: total 29", 0},
    };
    static const char *const none[] = {
        "",
        "x profile: 7",
        "x goroutine profile: total 29 so far",
        "x goroutine profile: total",
        " profile: 1",
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++)
        if (prefix_find_profile(text_of(rows[i].line)) != rows[i].at)
            fail_msg("\"%s\"", rows[i].line);
    for (size_t i = 0; i < LENGTH(none); i++)
        if (prefix_find_profile(text_of(none[i])) != strlen(none[i]))
            fail_msg("\"%s\"", none[i]);
}

/* The header had more before it than the lines behind it have. */
static void test_a_prefix_is_what_header_and_call_share(void **state)
{
    static const char *const rows[][3] = {
        {"04:00 x_test.go:7: leaked: ", "05:11 \t main.f(...)", "04:00 "},
        {"04:00     x_test.go:7: ", "05:11         main.f()", "04:00     "},
        {"app: ", "app: main.f()", "app: "}, /* it has it all */
        {"04:00 x: ", "05:11 y: /src/main.go:7", "04:00 x: "}, /* no call */
        {"04:00 stderr F ", "04:00 stdout F main.f()", "04:00 stderr F "},
        {"E0101 x.go:7] ", "main.f()", "E0101 x.go:7] "}, /* nothing shared */
        {"    x.go:7: ", "        main.f()", "    x.go:7: "}, /* but blanks */
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct prefix p = {0};

        prefix_learn(&p, text_of(rows[i][0]));
        prefix_shorten(&p, text_of(rows[i][1]));
        assert_text((struct grl_text){p.text, p.len}, rows[i][2], rows[i][1]);
    }
}

static void test_a_long_prefix_is_not_followed(void **state)
{
    struct prefix p = {0};
    char before[sizeof p.text + 1];

    (void)state;
    memset(before, '|', sizeof before);
    prefix_learn(&p, (struct grl_text){before, sizeof p.text});
    assert_int_equal(p.len, sizeof p.text);
    prefix_learn(&p, (struct grl_text){before, sizeof before});
    assert_int_equal(p.len, 0);
}

static void test_ids_are_seen_once_added(void **state)
{
    struct seen *s = calloc(1, sizeof *s);

    (void)state;
    assert_non_null(s);
    assert_false(seen_has(s, 7));
    seen_add(s, 7);
    seen_add(s, 7);
    seen_add(s, UINT64_MAX);
    assert_true(seen_has(s, 7));
    assert_true(seen_has(s, UINT64_MAX));
    assert_int_equal(s->count, 2);
    seen_add(s, 0); /* a thread's scheduler: never unique */
    assert_false(seen_has(s, 0));
    seen_clear(s);
    assert_false(seen_has(s, 7));
    free(s);
}

static void test_the_first_ids_are_enough(void **state)
{
    struct seen *s = calloc(1, sizeof *s);

    (void)state;
    assert_non_null(s);
    for (uint64_t id = 1; id <= 3 * LIMIT_WATCHED_IDS; id++)
        seen_add(s, id * 8192); /* a stride that a plain modulus would jam */
    assert_int_equal(s->count, LIMIT_WATCHED_IDS);
    for (uint64_t id = 1; id <= 3 * LIMIT_WATCHED_IDS; id++)
        assert_int_equal(seen_has(s, id * 8192), id <= LIMIT_WATCHED_IDS);
    free(s);
}

static void test_other_inputs_are_named(void **state)
{
    static const struct {
        const char *head;
        size_t len;
        const char *words;
        enum look_kind kind;
    } rows[] = {
        {"", 0, "empty", LOOK_SENTENCE},
        {"\xff\xfeg\x00", 4, "UTF-16", LOOK_THING},
        {"goroutine profile: total 0\n", 27, "without a record", LOOK_THING},
        {"goroutineleak profile: total 0\n", 31, "no goroutine leaks",
         LOOK_SENTENCE},
        {"heap profile: 484", 17, "heap profile", LOOK_THING},
        {"--- mutex:\n", 11, "mutex", LOOK_THING},
        {"==================\nWARNING: DATA RACE\n", 38, "race", LOOK_RACE},
        {"<!DOCTYPE html>", 15, "HTML", LOOK_THING},
        {"{\"log\":", 7, "JSON", LOOK_THING},
        {"a\0b", 3, "binary", LOOK_THING},
        {"hello\tworld\r\n\x1b[0m", 17, "", LOOK_THING},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        const struct look got =
            looks_like((struct grl_text){rows[i].head, rows[i].len});
        const char *words = got.words != NULL ? got.words : "";

        if (rows[i].words[0] == '\0' ? words[0] != '\0'
                                     : strstr(words, rows[i].words) == NULL)
            fail_msg("row %zu: \"%s\"", i, words);
        assert_int_equal(got.kind, rows[i].kind);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_header_is_found_at_the_end_of_a_line),
        cmocka_unit_test(test_a_prefix_is_taken_off_digits_may_change),
        cmocka_unit_test(test_a_profile_is_found_at_the_end_of_a_line),
        cmocka_unit_test(test_a_prefix_is_what_header_and_call_share),
        cmocka_unit_test(test_a_long_prefix_is_not_followed),
        cmocka_unit_test(test_ids_are_seen_once_added),
        cmocka_unit_test(test_the_first_ids_are_enough),
        cmocka_unit_test(test_other_inputs_are_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
