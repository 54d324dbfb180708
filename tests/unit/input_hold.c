/* Who wants to write a file that is held waits, and is given way to. */
#include "input/hold.h"

#include "support/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { BYTES = 64 * 1024 };

struct file {
    char path[64];
    int fd;
};

static void make_file(struct file *f)
{
    char bytes[BYTES];
    int made = -1;

    memset(bytes, 'a', sizeof bytes);
    strcpy(f->path, "/tmp/goroleak-test-XXXXXX");
    made = mkstemp(f->path);
    assert_true(made >= 0);
    assert_int_equal(write(made, bytes, sizeof bytes), sizeof bytes);
    assert_int_equal(close(made), 0);
    f->fd = open(f->path, O_RDONLY | O_CLOEXEC);
    assert_true(f->fd >= 0);
}

static void end_file(struct file *f)
{
    close(f->fd);
    unlink(f->path);
}

/* Who does not want to wait is told so, and asks for the file all the same. */
static int open_to_write(const struct file *f)
{
    return open(f->path, O_WRONLY | O_CLOEXEC | O_NONBLOCK);
}

static void check_waits(const struct file *f)
{
    assert_int_equal(open_to_write(f), -1);
    assert_int_equal(errno, EWOULDBLOCK);
}

static void test_a_writer_waits_for_what_is_mapped(void **state)
{
    struct hold h;
    struct file f;
    char *map = NULL;
    int writer = -1;

    (void)state;
    make_file(&f);
    if (!hold_begin(&h, f.fd)) {
        end_file(&f);
        skip();
    }
    map = hold_map(&h, 0, BYTES);
    assert_non_null(map);
    assert_int_equal(map[0], 'a');
    assert_int_equal(map[BYTES - 1], 'a');
    check_waits(&f);
    assert_null(hold_map(&h, 0, BYTES));
    check_waits(&f);
    hold_unmap(&h, map, BYTES);
    writer = open_to_write(&f);
    assert_true(writer >= 0);
    assert_null(hold_map(&h, 0, BYTES));
    close(writer);
    assert_null(hold_map(&h, 0, BYTES));
    hold_end(&h);
    end_file(&f);
}

/* Nothing is mapped: asking for the next is enough, and so is the end. */
static void test_a_writer_does_not_wait_for_nothing(void **state)
{
    struct hold h;
    struct file f;
    int writer = -1;

    (void)state;
    make_file(&f);
    for (int by_end = 0; by_end < 2; by_end++) {
        if (!hold_begin(&h, f.fd)) {
            end_file(&f);
            skip();
        }
        check_waits(&f);
        if (by_end == 0)
            assert_null(hold_map(&h, 0, BYTES));
        else
            hold_end(&h);
        writer = open_to_write(&f);
        assert_true(writer >= 0);
        close(writer);
        if (by_end == 0)
            hold_end(&h);
    }
    end_file(&f);
}

static void test_what_may_change_is_not_held(void **state)
{
    struct hold h;
    struct file f;
    int ends[2];
    int writer = -1;

    (void)state;
    make_file(&f);
    writer = open_to_write(&f);
    assert_true(writer >= 0);
    assert_false(hold_begin(&h, f.fd));
    close(writer);
    end_file(&f);
    assert_int_equal(pipe(ends), 0);
    assert_false(hold_begin(&h, ends[0]));
    close(ends[0]);
    close(ends[1]);
}

/* As when it is shorter than was thought. */
static void test_what_is_not_there_is_not_mapped(void **state)
{
    struct hold h;
    struct file f;

    (void)state;
    make_file(&f);
    if (hold_begin(&h, f.fd)) {
        assert_null(hold_map(&h, BYTES, BYTES));
        assert_null(hold_map(&h, 0, 2 * BYTES));
        hold_end(&h);
    }
    end_file(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_writer_waits_for_what_is_mapped),
        cmocka_unit_test(test_a_writer_does_not_wait_for_nothing),
        cmocka_unit_test(test_what_may_change_is_not_held),
        cmocka_unit_test(test_what_is_not_there_is_not_mapped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
