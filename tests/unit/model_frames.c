/* Distinct frames: each text is one, and none is hard to find among others. */
#include "model/frames.h"

#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>

enum { MANY = 5000 };

static struct strings names;
static struct frames frames;

static int set_up(void **state)
{
    (void)state;
    strings_init(&names);
    frames_init(&frames, &names);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    frames_free(&frames);
    strings_free(&names);
    return 0;
}

static const struct raw_frame *find(const char *function, const char *position,
                                    bool *again)
{
    struct frame_source s = frames_source(&frames);
    const struct raw_frame *f = s.frame(s.user, text_of(function),
                                        text_of(position), again);

    assert_non_null(f);
    return f;
}

static int compare(const void *pa, const void *pb)
{
    uint64_t a = *(const uint64_t *)pa;
    uint64_t b = *(const uint64_t *)pb;

    return (a > b) - (a < b);
}

/* Equal hashes would make each be compared with all that came before. */
static void assert_hashes_differ(void)
{
    static uint64_t hashes[MANY];
    size_t n = 0;

    for (size_t i = 0; i < frames.index.capacity; i++)
        if (frames.index.slots[i].entry != NULL && n < MANY)
            hashes[n++] = frames.index.slots[i].hash;
    assert_int_equal(n, MANY);
    qsort(hashes, n, sizeof hashes[0], compare);
    for (size_t i = 1; i < n; i++)
        assert_true(hashes[i - 1] != hashes[i]);
}

/* PATTERN with N in place of its '#', if it has one. */
static void fill_in(char *out, size_t size, const char *pattern, int n)
{
    int at = (int)strcspn(pattern, "#");

    if (pattern[at] == '#')
        snprintf(out, size, "%.*s%05d%s", at, pattern, n, pattern + at + 1);
    else
        snprintf(out, size, "%s", pattern);
}

/* Whatever it is in that frames differ, and whatever they share. */
static void test_no_input_can_aim_at_one_slot(void **state)
{
    static const struct {
        const char *function;
        const char *position; /* in one of them # is a number */
    } rows[] = {
        {"main.f#", "/src/a.go:7"},
        {"main.#.(*T).a_function_with_a_long_name", "/src/a.go:7"},
        {"main.f", "/src/a.go:#"},
        {"main.f", "/src/#.go:7"},
        {"main.f", "/#/src/of/a/package/with/a/long/path/a.go:7"},
        {"main.f", "/my src/#/a.go:7"},
    };

    for (size_t r = 0; r < LENGTH(rows); r++) {
        bool again = false;

        tear_down(state);
        set_up(state);
        for (int i = 0; i < MANY; i++) {
            char function[80];
            char position[80];

            fill_in(function, sizeof function, rows[r].function, i);
            fill_in(position, sizeof position, rows[r].position, i);
            find(function, position, &again);
            assert_false(again);
        }
        assert_hashes_differ();
    }
}

static void test_equal_text_is_one_frame(void **state)
{
    static const struct {
        const char *function;
        const char *position;
    } rows[] = {
        {"main.f", "/src/a.go:7"}, {"main.f", "/src/a.go:8"},
        {"main.f", "/a b/a.go:7"}, {"main.f", "/a c/a.go:7"},
        {"main.g", "/src/a.go:7"}, {"main.f", ""},
        {"a/b%2ec.F", "/a.go:1"},  {"a/b.c.F", "/a.go:1"},
    };
    const struct raw_frame *first[LENGTH(rows)];
    bool again = false;

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        first[i] = find(rows[i].function, rows[i].position, &again);
        assert_false(again);
    }
    for (size_t i = 0; i < LENGTH(rows); i++) {
        assert_ptr_equal(find(rows[i].function, rows[i].position, &again),
                         first[i]);
        assert_true(again);
        assert_text(raw_function(first[i]), rows[i].function, "the function");
        assert_text(raw_position(first[i]), rows[i].position, "the position");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_no_input_can_aim_at_one_slot,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_equal_text_is_one_frame, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
