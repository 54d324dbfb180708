/* "dump9" before "dump10". */
#include "input/natural.h"

#include "support/unit.h"

/* In order: each row is before all rows behind it. */
static const char *const ordered[] = {
    "",
    "0",
    "00", /* equal values: by bytes, "0" is the shorter */
    "01",
    "1",
    "02",
    "2",
    "9",
    "10",
    "99999999999999999999", /* beyond 64 bits */
    "100000000000000000000",
    "a",
    "a-1",
    "a1",
    "a1b",
    "a2",
    "a10",
    "a10b2",
    "a10b10",
    "ab",
    "dump-2024-05-06-9.txt",
    "dump-2024-05-06-10.txt",
    "dump-2024-05-10-1.txt",
    "dump.txt",
    "dump1.txt",
    "dump\xc3\xa9", /* bytes, whatever their sign */
};

static int sign(int n)
{
    return (n > 0) - (n < 0);
}

static void test_every_pair_is_in_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(ordered); i++)
        for (size_t k = 0; k < LENGTH(ordered); k++) {
            int want = (i > k) - (i < k);
            int got = sign(natural_compare(ordered[i], ordered[k]));

            if (got != want)
                fail_msg("\"%s\" and \"%s\": %d, not %d", ordered[i],
                         ordered[k], got, want);
        }
}

static void test_zeros_in_front_do_not_count_before_what_follows(void **state)
{
    (void)state;
    assert_true(natural_compare("a01b", "a1c") < 0);
    assert_true(natural_compare("a1b", "a01c") < 0);
    assert_true(natural_compare("a001", "a2") < 0);
    assert_true(natural_compare("a01", "a1") != 0); /* a total order */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_pair_is_in_order),
        cmocka_unit_test(test_zeros_in_front_do_not_count_before_what_follows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
