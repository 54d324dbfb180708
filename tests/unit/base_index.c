/* Entries by hash: none is lost, none is found that was not added. */
#include "base/index.h"

#include "support/unit.h"

enum { MANY = 10000 };

static struct index ix;
static int entries[MANY];

static int set_up(void **state)
{
    (void)state;
    ix = (struct index){0};
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    index_free(&ix);
    assert_int_equal(ix.count, 0);
    return 0;
}

/* How many entries have HASH; ENTRY is one of them, unless it is NULL. */
static size_t found(uint64_t hash, const int *entry)
{
    const int *e = NULL;
    size_t at = 0;
    size_t n = 0;
    bool there = entry == NULL;

    while ((e = index_next(&ix, hash, &at)) != NULL) {
        there = there || e == entry;
        n++;
    }
    assert_true(there);
    return n;
}

static void test_nothing_is_found_in_nothing(void **state)
{
    (void)state;
    index_fetch(&ix, 7);
    assert_int_equal(found(7, NULL), 0);
}

static void test_each_of_many_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < MANY; i++)
        assert_true(index_add(&ix, i * 0x9e3779b97f4a7c15u, &entries[i]));
    assert_int_equal(ix.count, MANY);
    for (size_t i = 0; i < MANY; i++) {
        index_fetch(&ix, i * 0x9e3779b97f4a7c15u);
        assert_int_equal(found(i * 0x9e3779b97f4a7c15u, &entries[i]), 1);
    }
    for (size_t i = MANY; i < 2 * (size_t)MANY; i++)
        assert_int_equal(found(i * 0x9e3779b97f4a7c15u, NULL), 0);
}

/* Slots that meet: hashes that are equal, or differ above the slot's number, or
 * begin at the last slot and go on at the first. */
static void test_those_that_meet_stay_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < 30; i++) {
        assert_true(index_add(&ix, UINT64_MAX, &entries[i]));
        assert_true(index_add(&ix, i << 40 | 63, &entries[30 + i]));
    }
    assert_int_equal(found(UINT64_MAX, &entries[29]), 30);
    for (size_t i = 0; i < 30; i++)
        assert_int_equal(found(i << 40 | 63, &entries[30 + i]), 1);
    assert_int_equal(found((uint64_t)31 << 40 | 63, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_nothing_is_found_in_nothing,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_each_of_many_is_found, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_those_that_meet_stay_apart, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
