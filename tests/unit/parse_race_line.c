/* The lines of race reports, and those that look like them. */
#include "parse/race_line.h"
#include "support/unit.h"

static void test_the_lines_of_a_report(void **state)
{
    static const struct {
        const char *text;
        enum race_kind kind;
        uint64_t id;
        const char *state;
    } rows[] = {
        {"WARNING: DATA RACE", RACE_WARNING, 0, ""},
        {"12:00:01 web | WARNING: DATA RACE", RACE_WARNING, 0, ""},
        {"==================", RACE_END, 0, ""},
        {"[failed to restore the stack]", RACE_NO_STACK, 0, ""},
        {"Read at 0x00c0000ac008 by goroutine 7:", RACE_ACCESS, 7, ""},
        {"Write at 0x0000005dc600 by main goroutine:", RACE_ACCESS, 1, ""},
        {"Previous atomic write at 0x1 by goroutine 70:", RACE_ACCESS, 70, ""},
        {"Read by goroutine 4:", RACE_ACCESS, 4, ""},
        {"Previous write by goroutine 18446744073709551615:", RACE_ACCESS,
         UINT64_MAX, ""},
        {"Goroutine 7 (running) created at:", RACE_CREATION, 7, "running"},
        {"Goroutine 8 (finished) created at:", RACE_CREATION, 8, "finished"},
        {"Heap block of size 8 at 0x1 allocated by goroutine 7:", RACE_OTHER, 7,
         ""},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct race_line l;

        race_line_recognise(text_of(rows[i].text), &l);
        if (l.kind != rows[i].kind || l.id != rows[i].id)
            fail_msg("\"%s\": kind %d", rows[i].text, (int)l.kind);
        assert_text(l.state, rows[i].state, rows[i].text);
    }
}

static void test_numbers_out_of_range_are_nobodys(void **state)
{
    static const char *const rows[] = {
        "Read at 0x1 by goroutine 18446744073709551616:",
        "Goroutine 18446744073709551616 (running) created at:",
        "Goroutine 7 created (by hand) created at:",
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct race_line l;

        race_line_recognise(text_of(rows[i]), &l);
        if (l.kind != RACE_OTHER)
            fail_msg("\"%s\": kind %d", rows[i], (int)l.kind);
    }
}

static void test_other_lines_are_none(void **state)
{
    static const char *const rows[] = {
        "",
        ":",
        "WARNING: DATA RACE detected",
        "=================",
        "===================",
        "Read at 0x1 by goroutine 7",
        "Read at 0x1 by goroutine :",
        "Read at 0x1 by goroutine seven:",
        "written by main:",
        "Goroutine 7 (running) created at",
        "goroutine 7 [running]:",
        "created by main.f",
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct race_line l;

        race_line_recognise(text_of(rows[i]), &l);
        if (l.kind != RACE_NOTHING)
            fail_msg("\"%s\": kind %d", rows[i], (int)l.kind);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_lines_of_a_report),
        cmocka_unit_test(test_numbers_out_of_range_are_nobodys),
        cmocka_unit_test(test_other_lines_are_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
