/* The assertions for cmocka: what passes, and that the rest fails. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <goroleak_cmocka.h>

static const char clean[] = "goroutine 1 [running]:\nmain.main()\n"
                            "\t/src/main.go:9 +0x1\n\n";
static const char leaky[] = "goroutine 1 [running]:\nmain.main()\n"
                            "\t/src/main.go:9 +0x1\n\n"
                            "goroutine 7 [select]:\nmain.work()\n"
                            "\t/src/main.go:20 +0x1\n\n";

static const char *write_dump(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
    return path;
}

static void test_what_passes(void **state)
{
    char a[] = "/tmp/goroleak-cmocka-a";
    char b[] = "/tmp/goroleak-cmocka-b";

    (void)state;
    assert_no_goroutine_leaks(write_dump(a, clean));
    assert_no_goroutine_leaks_since(write_dump(a, leaky), write_dump(b, leaky));
    assert_int_equal(remove(a) + remove(b), 0);
}

static void test_what_fails(void **state)
{
    char a[] = "/tmp/goroleak-cmocka-c";
    char b[] = "/tmp/goroleak-cmocka-d";

    (void)state;
    assert_false(grl_cmocka_check(NULL, write_dump(a, leaky)));
    assert_false(grl_cmocka_check(write_dump(b, clean), a));
    assert_false(grl_cmocka_check(NULL, "/tmp/goroleak-no-such-dump"));
    assert_false(grl_cmocka_check(NULL, write_dump(b, "no dump\n")));
    assert_false(grl_cmocka_check(NULL, write_dump(b, "goroutine 7 [sel")));
    assert_int_equal(remove(a) + remove(b), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_passes),
        cmocka_unit_test(test_what_fails),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
