/* The assertions for cmocka: what passes, and that the rest fails. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include <goroleak_cmocka.h>

static const char clean[] = "goroutine 1 [running]:\nmain.main()\n"
                            "\t/src/main.go:9 +0x1\n\n";
static const char leaky[] = "goroutine 1 [running]:\nmain.main()\n"
                            "\t/src/main.go:9 +0x1\n\n"
                            "goroutine 7 [select]:\nmain.work()\n"
                            "\t/src/main.go:20 +0x1\n\n";

/* Tests that run at the same time have folders of their own. */
static char folder[] = "/tmp/goroleak-cmocka-XXXXXX";

static int enter_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) != NULL ? chdir(folder) : -1;
}

static int leave_folder(void **state)
{
    (void)state;
    return chdir("/") == 0 ? rmdir(folder) : -1;
}

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
    const char *a = "a.txt";
    const char *b = "b.txt";

    (void)state;
    assert_no_goroutine_leaks(write_dump(a, clean));
    assert_no_goroutine_leaks_since(write_dump(a, leaky), write_dump(b, leaky));
    assert_int_equal(remove(a) + remove(b), 0);
}

static void test_what_fails(void **state)
{
    const char *a = "a.txt";
    const char *b = "b.txt";

    (void)state;
    assert_false(grl_cmocka_check(NULL, write_dump(a, leaky), 0));
    assert_false(grl_cmocka_check(write_dump(b, clean), a, 0));
    assert_false(grl_cmocka_check(NULL, "no-such-dump.txt", 0));
    assert_false(grl_cmocka_check(NULL, write_dump(b, "no dump\n"), 0));
    assert_false(grl_cmocka_check(NULL, write_dump(b, "goroutine 7 [sel"), 0));
    assert_int_equal(remove(a) + remove(b), 0);
}

/* Nothing leaks by count, but it is another process that is asked. */
static void test_a_server_that_was_restarted(void **state)
{
    const char *a = "a.txt";
    const char *b = "b.txt";

    (void)state;
    assert_false(
        grl_cmocka_check(write_dump(a, "goroutine 9000 [select]:\nmain.work()\n"
                                       "\t/src/main.go:20 +0x1\n\n"),
                         write_dump(b, leaky), 0));
    assert_int_equal(remove(a) + remove(b), 0);
}

/* DUMP holds TEXT in a moment, by way of FILE. */
static pid_t later(const char *dump, const char *file, const char *text)
{
    const struct timespec moment = {.tv_nsec = 200000000};
    pid_t child = 0;

    write_dump(file, text);
    child = fork();
    if (child == 0) {
        nanosleep(&moment, NULL);
        _exit(rename(file, dump) != 0);
    }
    assert_true(child > 0);
    return child;
}

static void test_what_ends_in_time(void **state)
{
    const char *a = "a.txt";
    const char *b = "b.txt";
    const char *c = "c.txt";
    pid_t child = later(write_dump(a, leaky), b, clean);

    (void)state;
    assert_no_goroutine_leaks_settled(a, 60);
    assert_int_equal(waitpid(child, NULL, 0), child);

    write_dump(c, clean);
    child = later(write_dump(a, leaky), b, clean);
    assert_no_goroutine_leaks_since_settled(c, a, 60);
    assert_int_equal(waitpid(child, NULL, 0), child);

    assert_false(grl_cmocka_check(c, write_dump(a, leaky), 0.05));
    assert_int_equal(remove(a) + remove(c), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_passes),
        cmocka_unit_test(test_what_fails),
        cmocka_unit_test(test_a_server_that_was_restarted),
        cmocka_unit_test(test_what_ends_in_time),
    };

    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
