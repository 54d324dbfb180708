/* Frames that were learned are found, also when there are more rows. */
#include "support/learn.h"
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST = KNOWN_ROWS };

struct fixture {
    struct learned of;
    const struct raw_frame *made[MOST];
    size_t count;
};

static int set_up(void **state)
{
    struct fixture *x = calloc(1, sizeof *x);

    assert_non_null(x);
    learned_init(&x->of);
    *state = x;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *x = *state;

    learned_free(&x->of);
    free(x);
    return 0;
}

static void learn_until(struct fixture *x, size_t until)
{
    for (; x->count < until; x->count++) {
        char name[32];
        char place[32];

        snprintf(name, sizeof name, "main.f%zu", x->count);
        snprintf(place, sizeof place, "/src/main.go:%zu", x->count % 77 + 1);
        x->made[x->count] = learn(&x->of, name, place);
    }
}

static bool is_found(const struct known *k, const struct raw_frame *f)
{
    uint64_t hash = known_hash(k->seed, raw_function(f), raw_position(f));
    const struct known_row *row = known_row_of(k, hash);

    for (size_t i = 0; i < KNOWN_WAYS; i++)
        if (known_at(row, i, hash) == f)
            return true;
    return false;
}

static size_t found(const struct fixture *x)
{
    size_t n = 0;

    for (size_t i = 0; i < x->count; i++)
        n += is_found(&x->of.known, x->made[i]);
    return n;
}

/* A row may be full long before all are. */
static void test_what_is_learned_is_found(void **state)
{
    static const size_t counts[] = {
        1,
        100,
        KNOWN_CROWD * KNOWN_FIRST_ROWS,
        KNOWN_CROWD * KNOWN_FIRST_ROWS + 1,
        4 * KNOWN_CROWD * KNOWN_FIRST_ROWS,
        4 * KNOWN_CROWD * KNOWN_FIRST_ROWS + 1,
        MOST,
    };
    struct fixture *x = *state;

    for (size_t i = 0; i < LENGTH(counts); i++) {
        learn_until(x, counts[i]);
        assert_in_range(found(x), x->count - x->count / 50, x->count);
    }
    assert_int_equal(known_mask(&x->of.known), KNOWN_ROWS - 1);
}

static void test_few_take_few_rows(void **state)
{
    struct fixture *x = *state;

    learn_until(x, KNOWN_CROWD * KNOWN_FIRST_ROWS);
    assert_int_equal(known_mask(&x->of.known), KNOWN_FIRST_ROWS - 1);
    for (size_t row = KNOWN_FIRST_ROWS; row < KNOWN_ROWS; row++)
        for (size_t i = 0; i < KNOWN_WAYS; i++)
            assert_null(x->of.known.rows[row].frames[i]);
}

/* Where rows are full, what came again takes the place of what did not. */
static void test_what_came_again_is_kept(void **state)
{
    struct fixture *x = *state;

    learn_until(x, MOST);
    for (size_t i = 0; i < 1000; i++) {
        known_learn(&x->of.known, x->made[i], true);
        assert_true(is_found(&x->of.known, x->made[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_is_learned_is_found, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_few_take_few_rows, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_what_came_again_is_kept, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
