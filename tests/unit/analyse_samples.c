/* Which dumps of a series tell something? */
#include "analyse/samples.h"

#include "support/unit.h"

#include <stdio.h>

enum { MOST = 12 };

/* A dump as a test writes it. */
struct made {
    int64_t time;
    uint64_t digest;
    uint64_t bytes;
    bool truncated;
};

/* The places of the chosen dumps as "0 1 3", '|' between segments. */
static void choose(const struct made *made, size_t count, size_t cut,
                   struct samples *s, char *text, size_t size)
{
    struct snapshot dumps[MOST] = {{.sequence = 0}};
    struct snapshot *list[MOST];
    const size_t segments[] = {0, cut};
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        dumps[i].info.time = made[i].time;
        dumps[i].info.truncated = made[i].truncated;
        dumps[i].digest = made[i].digest;
        dumps[i].bytes = made[i].bytes;
        list[i] = &dumps[i];
    }
    assert_int_equal(samples_choose(s, list, count, segments, cut > 0 ? 2 : 1),
                     GRL_OK);
    text[0] = '\0';
    for (size_t i = 0; i < s->count; i++) {
        bool first = n > 0 && cut > 0 && i == s->stretches[1].from;

        n += (size_t)snprintf(text + n, size - n, "%s%s%zu", n > 0 ? " " : "",
                              first ? "| " : "", s->dumps[i]);
    }
}

static void check(const struct made *made, size_t count, size_t cut,
                  const char *want, const char *what)
{
    struct samples s;
    char got[80];

    choose(made, count, cut, &s, got, sizeof got);
    assert_text(text_of(got), want, what);
    samples_free(&s);
}

static void test_copies_are_left_out(void **state)
{
    static const struct made soon[] = {{0, 1, 0, false},
                                       {600, 2, 0, false},
                                       {605, 2, 0, false},
                                       {1200, 3, 0, false}};
    static const struct made late[] = {{0, 1, 0, false},
                                       {600, 2, 0, false},
                                       {1200, 2, 0, false},
                                       {1800, 3, 0, false}};
    static const struct made timeless[] = {{GRL_NO_TIME, 1, 0, false},
                                           {GRL_NO_TIME, 1, 0, false}};

    (void)state;
    check(soon, 4, 0, "0 1 3", "soon");
    check(late, 4, 0, "0 1 2 3", "an idle process is no copy");
    check(soon, 4, 2, "0 1 | 2 3", "another process is no copy");
    check(timeless, 2, 0, "0 1", "times unknown");
}

static void test_cut_dumps_are_left_out_when_others_are_enough(void **state)
{
    static const struct made many[] = {{0, 1, 9, false},    {600, 2, 9, false},
                                       {1200, 3, 9, true},  {1800, 4, 9, false},
                                       {2400, 5, 9, false}, {3000, 6, 8, false},
                                       {3600, 7, 8, true}};
    static const struct made few[] = {{0, 1, 5, false},
                                      {600, 2, 6, false},
                                      {1200, 3, 7, true},
                                      {1800, 4, 8, true}};
    struct samples s;
    char got[80];

    (void)state;
    /* 9 bytes are the largest that is cut: all of that size are */
    check(many, 7, 0, "0 1 2 3 4 5 6", "only one whole dump");
    check(few, 4, 0, "0 1 2 3", "few whole dumps");
    choose(few, 4, 0, &s, got, sizeof got);
    assert_int_equal(s.stretches[0].whole, 2);
    samples_free(&s);
}

static void test_a_cut_between_goroutines_shows_in_the_size(void **state)
{
    struct made dumps[9];

    (void)state;
    for (size_t i = 0; i < 9; i++)
        dumps[i] = (struct made){(int64_t)i * 600, i, i + 1, false};
    for (size_t i = 5; i < 9; i++)
        dumps[i].bytes = 64;
    check(dumps, 9, 0, "0 1 2 3 4 5 6 7 8", "nothing says that any is cut");
    dumps[6].truncated = true;
    check(dumps, 9, 0, "0 1 2 3 4", "one of the same size is");
}

static void test_who_can_settle(void **state)
{
    static const struct made dumps[] = {{0, 1, 0, false},
                                        {600, 2, 0, false},
                                        {1200, 3, 0, false},
                                        {1800, 4, 0, false},
                                        {1810, 5, 0, false}};
    struct samples s;
    char got[80];

    (void)state;
    choose(dumps, 5, 0, &s, got, sizeof got);
    assert_int_equal(s.settle, 300);
    assert_true(samples_settled(&s, 1, 2));
    assert_false(samples_settled(&s, 2, 2));
    assert_false(samples_settled(&s, 3, 4)); /* 10 seconds apart */
    assert_int_equal(s.stretches[0].open, 3);
    assert_number(samples_step(&s, 4), 10, "step");
    samples_free(&s);
}

static void test_start_up_after_a_restart_is_no_arrival(void **state)
{
    static const struct made dumps[] = {
        {0, 1, 0, false},    {600, 2, 0, false},  {1200, 3, 0, false},
        {1800, 4, 0, false}, {2400, 5, 0, false}, {3000, 6, 0, false}};
    struct samples s;
    char got[80];

    (void)state;
    choose(dumps, 6, 2, &s, got, sizeof got);
    assert_int_equal(s.stretches[0].calm, 1);
    assert_int_equal(s.stretches[1].calm, 4); /* 2 is its first, 3 start-up */
    samples_free(&s);
    choose(dumps, 6, 3, &s, got, sizeof got);
    assert_int_equal(s.stretches[1].calm, 4); /* too short to leave one out */
    samples_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_copies_are_left_out),
        cmocka_unit_test(test_cut_dumps_are_left_out_when_others_are_enough),
        cmocka_unit_test(test_a_cut_between_goroutines_shows_in_the_size),
        cmocka_unit_test(test_who_can_settle),
        cmocka_unit_test(test_start_up_after_a_restart_is_no_arrival),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
