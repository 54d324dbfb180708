/* Lines of heap profiles. */
#include "parse/heap.h"

#include "base/limits.h"
#include "support/unit.h"

static uint64_t bytes_of(uint64_t rate, const char *line)
{
    struct heap h = {.rate = rate};
    uint64_t bytes = 0;

    assert_true(heap_record(&h, text_of(line), &bytes));
    return bytes;
}

static void begins_with_gos_own_line(void **state)
{
    struct heap h;

    (void)state;
    assert_true(heap_begins(&h, TEXT("heap profile: 6: 1974848 [6: 1974848] @ "
                                     "heap/1048576")));
    assert_int_equal(h.rate, 524288);
    assert_true(heap_begins(&h, TEXT("heap profile: 0: 0 [0: 0] @ heap/2")));
    assert_int_equal(h.rate, 1);
    assert_false(
        heap_begins(&h, TEXT("heap profile: 1: 2 [3: 4] @ heap_v2/2")));
}

/* As runtime/pprof's scaleHeapSample(1, n, 524288) has it. */
static void scales_samples(void **state)
{
    (void)state;
    assert_int_equal(bytes_of(1, "3: 1024 [9: 9999] @ 0x1"), 1024);
    assert_int_equal(bytes_of(524288, "0: 0 [2: 1024] @ 0x1"), 0);
    assert_int_equal(bytes_of(524288, "1: 512 [1: 512] @ 0x1"), 524544);
    assert_int_equal(bytes_of(524288, "2: 1024 [2: 1024] @ 0x1"), 1049088);
    assert_int_equal(bytes_of(524288, "1: 524288 [1: 524288] @ 0x1"), 829411);
    assert_int_equal(bytes_of(1, "1: 9223372036854775807 [1: 1] @ 0x1"),
                     LIMIT_RECORD_BYTES);
}

static void takes_memory_when_all_of_it_is_there(void **state)
{
    struct heap h = {.rate = 1};

    (void)state;
    assert_true(heap_memory(&h, TEXT("# HeapInuse = 3727360")));
    assert_true(heap_memory(&h, TEXT("# Stack = 425984 / 524288")));
    assert_true(heap_memory(&h, TEXT("# Sys = 19182856")));
    assert_false(heap_is_whole(&h));
    assert_true(heap_memory(&h, TEXT("# NumGC = 7")));
    assert_true(heap_is_whole(&h));
    assert_int_equal(h.memory.stack_inuse, 425984);
    assert_int_equal(h.memory.num_gc, 7);
    assert_false(heap_memory(&h, TEXT("#\t0x46b1c0\tmain.f+0x1\tmain.go:1")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(begins_with_gos_own_line),
        cmocka_unit_test(scales_samples),
        cmocka_unit_test(takes_memory_when_all_of_it_is_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
