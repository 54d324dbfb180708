/* How a run of counts moves. */
#include "analyse/shape.h"

#include "support/unit.h"

#include <stdio.h>

static const struct {
    uint64_t counts[12];
    size_t n;
    size_t cut; /* first dump of a second segment, or 0 */
    /* steps rises falls risen fallen largest last; highs wait since */
    const char *shape;
} rows[] = {
    {{5}, 1, 0, "0 0 0 0 0 0 0; 0 0 0"},
    {{5, 5, 5}, 3, 0, "2 0 0 0 0 0 0; 0 0 2"},
    {{1, 2, 3, 4}, 4, 0, "3 3 0 3 0 1 1; 3 1 0"},
    {{1, 9, 12}, 3, 0, "2 2 0 11 0 8 3; 2 1 0"},
    {{4, 3, 1}, 3, 0, "2 0 2 0 3 0 0; 0 0 2"},
    {{1, 1, 2, 2, 2, 3, 3}, 7, 0, "6 2 0 2 0 1 0; 2 3 1"},
    {{0, 9, 0, 9, 0}, 5, 0, "4 2 2 18 18 9 0; 1 0 3"},
    {{3, 1, 3, 4, 2}, 5, 0, "4 2 2 3 4 2 0; 1 0 1"},
    /* the fall at a restart is no step, and highs begin anew */
    {{7, 8, 9, 1, 2, 3}, 6, 3, "4 4 0 4 0 1 1; 2 1 0"},
    {{7, 8, 9, 1, 1, 1}, 6, 3, "4 2 0 2 0 1 0; 0 0 2"},
    {{1, 9}, 2, 1, "0 0 0 0 0 0 0; 0 0 0"},
};

/* CUT is the first place of a second segment, or 0. */
static struct shape shape_in(const uint64_t *counts, size_t n, size_t cut)
{
    struct stretch stretches[] = {{.from = 0, .to = cut > 0 ? cut : n},
                                  {.from = cut, .to = n}};
    struct samples s = {
        .count = n, .stretches = stretches, .segment_count = cut > 0 ? 2 : 1};

    return shape_of(counts, &s);
}

static void test_steps_and_highs_are_counted(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct shape s = shape_in(rows[i].counts, rows[i].n, rows[i].cut);
        char got[200];

        snprintf(got, sizeof got, "%zu %zu %zu %d %d %d %d; %zu %zu %zu",
                 s.steps, s.rises, s.falls, (int)s.risen, (int)s.fallen,
                 (int)s.largest_step, (int)s.last_step, s.highs, s.longest_wait,
                 s.since_high);
        assert_string_equal(got, rows[i].shape);
    }
}

static const struct {
    uint64_t counts[12];
    size_t n;
    bool plateau;
    bool oscillation;
} moves[] = {
    {{1, 2, 3, 4, 5}, 5, false, false},
    {{5, 5, 5, 5, 5}, 5, false, false},
    {{2, 12, 22, 40, 40, 40, 40}, 7, true, false},
    {{2, 12, 22, 40, 40, 40}, 6, false, false}, /* too early to say */
    {{1, 1, 1, 2, 2, 2, 3, 3, 3}, 9, false, false},
    {{1, 1, 2, 2, 3, 3, 3, 3, 3, 3}, 10, true, false},
    {{5, 20, 20, 20, 20}, 5, true, false},
    {{0, 12, 4, 20, 0, 16, 8, 12}, 8, true, true},
    {{10, 20, 15, 30, 25, 40}, 6, false, false}, /* two up, one down */
    {{10, 20, 15, 20, 15, 20}, 6, true, true},
    {{9, 6, 3}, 3, false, false}, /* what only falls does not oscillate */
};

static void test_plateaus_and_oscillations(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(moves); i++) {
        struct shape s = shape_in(moves[i].counts, moves[i].n, 0);

        if (shape_is_plateau(&s) != moves[i].plateau)
            fail_msg("row %zu: plateau %d", i, !moves[i].plateau);
        if (shape_is_oscillation(&s) != moves[i].oscillation)
            fail_msg("row %zu: oscillation %d", i, !moves[i].oscillation);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_steps_and_highs_are_counted),
        cmocka_unit_test(test_plateaus_and_oscillations),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
