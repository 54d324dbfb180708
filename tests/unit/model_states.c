/* Which states are a reason to wait; FORMAT.md, section 4. */
#include "model/states.h"

#include "support/unit.h"

static const char *const passing[] = {
    "running",
    "runnable",
    "preempted",
    "waiting",
    "copystack",
    "idle",
    "enqueue",
    "dead",
    "leaked",
    "???",
    "",
    "GC assist marking",
    "stopping the world",
};

static const char *const reasons[] = {
    "syscall",
    "chan receive",
    "chan send",
    "chan receive (nil chan)",
    "chan send (nil chan)",
    "select",
    "select (no cases)",
    "semacquire",
    "sync.Mutex.Lock",
    "sync.RWMutex.RLock",
    "sync.WaitGroup.Wait",
    "sync.Cond.Wait",
    "sleep",
    "IO wait",
    "coroutine",
    "finalizer wait",
    "force gc (idle)",
    "Running",
    "running ",
    "a state of a release to come",
};

static void test_a_reason_to_wait_is_not_passing(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(passing); i++)
        if (!state_is_passing(text_of(passing[i])))
            fail_msg("not passing: \"%s\"", passing[i]);
    for (size_t i = 0; i < LENGTH(reasons); i++)
        if (state_is_passing(text_of(reasons[i])))
            fail_msg("passing: \"%s\"", reasons[i]);
}

static void test_nil_channels_and_empty_selects_last_forever(void **state)
{
    size_t forever = 0;

    (void)state;
    for (size_t i = 0; i < LENGTH(reasons); i++)
        forever += state_is_forever(text_of(reasons[i]));
    assert_int_equal(forever, 3);
    assert_true(state_is_forever(TEXT("chan receive (nil chan)")));
    assert_true(state_is_forever(TEXT("chan send (nil chan)")));
    assert_true(state_is_forever(TEXT("select (no cases)")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_reason_to_wait_is_not_passing),
        cmocka_unit_test(test_nil_channels_and_empty_selects_last_forever),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
