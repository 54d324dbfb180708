/* "goroutine 18 [chan receive, 3 minutes]:" in all its forms. */
#include "parse/header.h"

#include "support/unit.h"

struct row {
    const char *line;
    const char *state;
    const char *labels;
    int64_t wait_minutes;
    char marks[4]; /* l: locked, k: leaked, d: durable, in this order */
};

static const struct row rows[] = {
    {"goroutine 1 [running]:", "running", "", -1, ""},
    {"goroutine 1 []:", "", "", -1, ""},
    {"goroutine 1 [chan receive, 1 minutes]:", "chan receive", "", 1, ""},
    {"goroutine 1 [select, locked to thread]:", "select", "", -1, "l"},
    {"goroutine 1 [IO wait, 525600 minutes, locked to thread]:", "IO wait", "",
     525600, "l"},
    {"goroutine 1 [chan receive (scan)]:", "chan receive", "", -1, ""},
    {"goroutine 1 [chan send (leaked)]:", "chan send", "", -1, "k"},
    {"goroutine 1 [chan send (leaked) (scan)]:", "chan send", "", -1, "k"},
    {"goroutine 1 [chan send (leaked), locked to thread]:", "chan send", "", -1,
     "lk"},
    {"goroutine 1 [select (durable), synctest bubble 1]:", "select", "", -1,
     "d"},
    {"goroutine 1 [chan send (nil chan) (durable), synctest bubble 1]:",
     "chan send (nil chan)", "", -1, "d"},
    {"goroutine 1 [sleep (leaked) (scan) (durable), 3 minutes, "
     "locked to thread, synctest bubble 3]:",
     "sleep", "", 3, "lkd"},
    {"goroutine 18 [chan receive (synctest), synctest group 18]:",
     "chan receive", "", -1, "d"},
    /* Parts of states that only look like marks. */
    {"goroutine 1 [chan receive (nil chan), 2 minutes]:",
     "chan receive (nil chan)", "", 2, ""},
    {"goroutine 1 [select (no cases)]:", "select (no cases)", "", -1, ""},
    {"goroutine 1 [force gc (idle)]:", "force gc (idle)", "", -1, ""},
    {"goroutine 1 [leaked]:", "leaked", "", -1, ""},
    /* Words of releases to come. */
    {"goroutine 1 [new wait reason, on fire, 7 minutes]:", "new wait reason",
     "", 7, ""},
    {"goroutine 1 [select, 3 hours]:", "select", "", -1, ""},
    {"goroutine 1 [select, 99999999999999999999 minutes]:", "select", "", -1,
     ""},
    {"goroutine 1 [select, 18446744073709551615 minutes]:", "select", "",
     INT64_MAX, ""},
    /* Pointers between id and bracket. */
    {"goroutine 14 gp=0x1e1f65b7b0e0 m=4 mp=0x1e1f65b41808 [syscall]:",
     "syscall", "", -1, ""},
    {"goroutine 13 gp=0xc000082540 m=nil [chan receive]:", "chan receive", "",
     -1, ""},
    {"goroutine 13 m=0 [idle]:", "idle", "", -1, ""},
    {"goroutine 13 gp=0x1 m=nil zz=9 [idle]:", "idle", "", -1, ""},
};

static const struct row labelled[] = {
    {"goroutine 12 [select labels:{\"k\": \"v\"}]:", "select", "\"k\": \"v\"",
     -1, ""},
    {"goroutine 12 [chan send (leaked), 2 minutes, locked to thread "
     "labels:{\"k\": \"a, 9 minutes\"}]:",
     "chan send", "\"k\": \"a, 9 minutes\"", 2, "lk"},
    {"goroutine 12 [select labels:{\"tenant\": \"acme]}:\", \"b\": \"c\"}]:",
     "select", "\"tenant\": \"acme]}:\", \"b\": \"c\"", -1, ""},
    {"goroutine 12 [select labels:{\"k\": \"a\\\"]:b\\\\\"}]:", "select",
     "\"k\": \"a\\\"]:b\\\\\"", -1, ""},
    {"goroutine 10 [select] {job: nightly, \"req id\": 42}:", "select",
     "job: nightly, \"req id\": 42", -1, ""},
    {"goroutine 10 [select, 4 minutes] {route: /api/v1.2}:", "select",
     "route: /api/v1.2", 4, ""},
    {"goroutine 10 [select] {k: \"}]:{\", b: c}:", "select",
     "k: \"}]:{\", b: c", -1, ""},
    {"goroutine 10 [select] {k: \"a\\\"}: b\\\\\"}:", "select",
     "k: \"a\\\"}: b\\\\\"", -1, ""},
    {"goroutine 10 gp=0x1 m=nil [select (leaked)] {k: v}:", "select", "k: v",
     -1, "k"},
    {"goroutine 10 [select] {}:", "select", "", -1, ""},
    /* A quote that nothing closes is a byte like others. */
    {"goroutine 10 [select] {k: \"}:", "select", "k: \"", -1, ""},
};

static void marks_of(const struct header *h, char out[4])
{
    size_t n = 0;

    if (h->locked)
        out[n++] = 'l';
    if (h->leaked)
        out[n++] = 'k';
    if (h->durable)
        out[n++] = 'd';
    out[n] = '\0';
}

static void check(const struct row *r)
{
    struct header h = {0};
    char marks[4];

    if (!header_parse(text_of(r->line), &h))
        fail_msg("no header: %s", r->line);
    marks_of(&h, marks);
    assert_text(h.state, r->state, r->line);
    assert_text(h.labels, r->labels, r->line);
    if (h.wait_minutes != r->wait_minutes)
        fail_msg("%s: %lld minutes", r->line, (long long)h.wait_minutes);
    if (strcmp(marks, r->marks) != 0)
        fail_msg("%s: marks \"%s\"", r->line, marks);
}

static void test_states_and_annotations(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++)
        check(&rows[i]);
}

static void test_labels_in_both_forms(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(labelled); i++)
        check(&labelled[i]);
}

static void test_ids_take_all_of_64_bits(void **state)
{
    static const struct {
        const char *line;
        uint64_t id;
    } ids[] = {
        {"goroutine 0 [idle]:", 0},
        {"goroutine 007 [idle]:", 7},
        {"goroutine 9223372036854775807 [idle]:", INT64_MAX},
        {"goroutine 9223372036854775808 [idle]:", (uint64_t)INT64_MAX + 1},
        {"goroutine 10000000000000000000 [idle]:", 10000000000000000000u},
        {"goroutine 18446744073709551615 [idle]:", UINT64_MAX},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(ids); i++) {
        struct header h = {0};

        assert_true(header_parse(text_of(ids[i].line), &h));
        assert_true(h.id == ids[i].id);
    }
}

static void test_other_lines_are_no_header(void **state)
{
    static const char *const no[] = {
        "",
        "goroutine",
        "goroutine [running]:",
        "goroutine 1",
        "goroutine 1 ",
        "goroutine 1 [running]",
        "goroutine 1 [running] :",
        "goroutine 1 [running]: x",
        "goroutine 1 [running]::",
        "goroutine 1[running]:",
        "goroutine 1  [running]:",
        "goroutine 1 running:",
        "goroutine 1 [running",
        "goroutine +1 [running]:",
        "goroutine 1 of 2 [running]:",
        "goroutine 1 [running] {k: v}",
        "goroutine 1 [running] {k: v:",
        "goroutine 1 [running]{k: v}:",
        "goroutine 18446744073709551616 [running]:",
        "goroutine 99999999999999999999 [running]:",
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(no); i++) {
        struct header h = {.id = 42};

        if (header_parse(text_of(no[i]), &h))
            fail_msg("a header: \"%s\"", no[i]);
        assert_int_equal(h.id, 42); /* written only on success */
    }
}

static void test_broken_headers_are_told_from_prose(void **state)
{
    static const char *const broken[] = {
        "goroutine 1",
        "goroutine 123456789012345678901",
        "goroutine 1 [",
        "goroutine 1 [chan rec",
        "goroutine 99999999999999999999 [running]:",
    };
    static const char *const prose[] = {
        "goroutine",    "goroutine ",         "goroutine 1 of 2",
        "goroutine 1:", "goroutine pool [x]",
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(broken); i++)
        if (!header_is_broken(text_of(broken[i])))
            fail_msg("not broken: \"%s\"", broken[i]);
    for (size_t i = 0; i < LENGTH(prose); i++)
        if (header_is_broken(text_of(prose[i])))
            fail_msg("broken: \"%s\"", prose[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_states_and_annotations),
        cmocka_unit_test(test_labels_in_both_forms),
        cmocka_unit_test(test_ids_take_all_of_64_bits),
        cmocka_unit_test(test_other_lines_are_no_header),
        cmocka_unit_test(test_broken_headers_are_told_from_prose),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
