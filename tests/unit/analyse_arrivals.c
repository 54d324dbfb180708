/* Have those who stay stopped coming? */
#include "analyse/pace.h"
#include "analyse/pauses.h"

#include "support/unit.h"

enum { MOST = 64 };

/* Arrivals written as digits, one a sample, '|' between segments. */
struct written {
    struct arrival list[MOST];
    size_t starts[8];
    bool cut[8];
    uint64_t rates[MOST];
    struct arrivals a;
};

static const struct arrivals *read_digits(struct written *w, const char *digits)
{
    size_t n = 0;

    *w = (struct written){.a = {.segment_count = 1}};
    for (; *digits != '\0'; digits++) {
        if (*digits == '|') {
            w->starts[w->a.segment_count++] = n;
            continue;
        }
        w->list[n++] = (struct arrival){(uint64_t)(*digits - '0'), 60};
        w->a.bringing += *digits != '0';
    }
    w->starts[w->a.segment_count] = n;
    w->a.list = w->list;
    w->a.starts = w->starts;
    w->a.cut = w->cut;
    w->a.rates = w->rates;
    return &w->a;
}

static void test_a_pause_longer_than_any(void **state)
{
    static const char *const goes_on[] = {
        "111111",     "3333333333", "010101010101",         "001001001001",
        "1020310210", "00000011",   "1100110011|110011001",
    };
    static const char *const paused[] = {
        "000000000",    "9900000000",          "1111100000000",
        "222220000000", "11111|1111110000000",
    };
    struct written w;

    (void)state;
    for (size_t i = 0; i < LENGTH(goes_on); i++)
        if (arrivals_paused(read_digits(&w, goes_on[i])))
            fail_msg("paused: %s", goes_on[i]);
    for (size_t i = 0; i < LENGTH(paused); i++)
        if (!arrivals_paused(read_digits(&w, paused[i])))
            fail_msg("goes on: %s", paused[i]);
}

static void test_ever_fewer(void **state)
{
    static const char *const even[] = {
        "333333333",    "123456789", "050005000500",
        "900900900900", "000333333", "4342",
    };
    static const char *const slowing[] = {
        "999631100",
        "98765432100000",
        "000099520100",
        "9531|9631|96310",
    };
    struct written w;
    bool slows = false;

    (void)state;
    for (size_t i = 0; i < LENGTH(even); i++) {
        assert_int_equal(arrivals_slow(read_digits(&w, even[i]), &slows),
                         GRL_OK);
        if (slows)
            fail_msg("slows: %s", even[i]);
    }
    for (size_t i = 0; i < LENGTH(slowing); i++) {
        assert_int_equal(arrivals_slow(read_digits(&w, slowing[i]), &slows),
                         GRL_OK);
        if (!slows)
            fail_msg("even: %s", slowing[i]);
    }
}

static void test_a_drip_is_regular(void **state)
{
    static const char *const drips[] = {"111",          "1111",
                                        "001001001001", "00010001000100",
                                        "10101101",     "0101010120"};
    static const char *const not_regular[] = {
        "11",           "0000011110",           "1000000111",
        "1111000000",   "00000000010001000101", "1111|1111",
        "0100010000001"};
    struct written w;

    (void)state;
    for (size_t i = 0; i < LENGTH(drips); i++)
        if (!arrivals_drip(read_digits(&w, drips[i])))
            fail_msg("no drip: %s", drips[i]);
    for (size_t i = 0; i < LENGTH(not_regular); i++)
        if (arrivals_drip(read_digits(&w, not_regular[i])))
            fail_msg("drip: %s", not_regular[i]);
}

/* A cut end shows fewer and fewer, whatever there is. */
static void test_a_cut_end_tells_no_pace(void **state)
{
    struct written w;
    bool slows = true;

    (void)state;
    read_digits(&w, "999631100");
    w.cut[0] = true;
    assert_int_equal(arrivals_slow(&w.a, &slows), GRL_OK);
    assert_false(slows);
}

static void test_one_step(void **state)
{
    static const char *const one[] = {"900000", "0090010", "009001"};
    static const char *const more[] = {"909", "111111", "000990"};
    struct written w;

    (void)state;
    for (size_t i = 0; i < LENGTH(one); i++)
        if (!arrivals_are_one_step(read_digits(&w, one[i])))
            fail_msg("more than one step: %s", one[i]);
    for (size_t i = 0; i < LENGTH(more); i++)
        if (arrivals_are_one_step(read_digits(&w, more[i])))
            fail_msg("one step: %s", more[i]);
}

static void test_a_restart_that_ends_a_leak(void **state)
{
    static const char *const ended[] = {"5555|00", "3333333|0000"};
    static const char *const open[] = {"5555|05", "0100|00", "5555|", "5555"};
    struct written w;

    (void)state;
    for (size_t i = 0; i < LENGTH(ended); i++)
        if (!arrivals_ended_by_restart(read_digits(&w, ended[i])))
            fail_msg("not ended: %s", ended[i]);
    for (size_t i = 0; i < LENGTH(open); i++)
        if (arrivals_ended_by_restart(read_digits(&w, open[i])))
            fail_msg("ended: %s", open[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_pause_longer_than_any),
        cmocka_unit_test(test_ever_fewer),
        cmocka_unit_test(test_a_drip_is_regular),
        cmocka_unit_test(test_a_cut_end_tells_no_pace),
        cmocka_unit_test(test_one_step),
        cmocka_unit_test(test_a_restart_that_ends_a_leak),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
