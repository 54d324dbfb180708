/* The tree of what followed what: what becomes of it when it is full. */
#include "parse/trace.h"

#include "support/unit.h"

#include <stdlib.h>

enum { FRAMES = 64, ROOT = 7 };

static struct trace trace;
static struct raw_frame *frames[FRAMES];

static int set_up(void **state)
{
    (void)state;
    memset(&trace, 0, sizeof trace);
    for (size_t i = 0; i < FRAMES; i++) {
        frames[i] = calloc(1, sizeof *frames[i] + 2 + ARENA_SLACK_BYTES);
        assert_non_null(frames[i]);
        frames[i]->function_len = 1;
        frames[i]->text[0] = (char)('0' + i);
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (size_t i = 0; i < FRAMES; i++)
        free(frames[i]);
    return 0;
}

/* Stack K: three frames that differ from stack to stack, then TAIL others.
 * Returns its last node, 0 when it was not learned. */
static uint32_t pass(size_t k, size_t tail)
{
    uint32_t at = trace_root(&trace, ROOT);

    for (size_t i = 0; i < 3; i++, k /= FRAMES)
        at = trace_step(&trace, at, frames[k % FRAMES]);
    for (size_t i = 0; i < tail; i++)
        at = trace_step(&trace, at, frames[0]);
    return at;
}

/* How many stacks it takes to fill the tree. */
static size_t fill(size_t tail)
{
    size_t k = 0;

    while (trace.count < TRACE_NODES)
        pass(k++, tail);
    return k;
}

static void test_a_stack_is_found_again(void **state)
{
    uint32_t first = pass(5, 4);

    (void)state;
    assert_true(first != 0);
    assert_true(pass(6, 4) != first);
    assert_int_equal(pass(5, 4), first);
}

/* Seven new nodes a stack: the next ones are as new, so what is known stays. */
static void test_full_of_what_never_came_again(void **state)
{
    size_t filled = fill(6);
    size_t known = 0;
    uint32_t last = 0;
    size_t k = 0;

    (void)state;
    while (known < filled && (last = pass(known, 6)) == 0)
        known++; /* whose nodes others took the place of */
    assert_true(last != 0);
    while (k < 10 * filled) {
        assert_int_equal(pass(filled + k++, 6), 0);
        assert_int_equal(pass(known, 6), last);
        k++;
    }
    while (k < 17 * filled && trace.count == TRACE_NODES)
        pass(filled + k++, 6);
    assert_true(trace.count < TRACE_NODES); /* in the end it is */
    assert_true(pass(1, 6) != 0);
}

/* Hardly a node a stack: the dump has changed, and so will the tree. */
static void test_full_of_what_came_often(void **state)
{
    (void)state;
    fill(0);
    assert_true(pass(1, 0) != 0);
    assert_true(trace.count < TRACE_NODES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_stack_is_found_again, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_full_of_what_never_came_again,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_full_of_what_came_often, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
