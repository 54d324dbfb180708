/* Reading paths: folders, what cannot be read, and the order of dumps. */
#include "made.h"

#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

#define G(id, state, stack) "goroutine " id " [" state "]:\n" stack "\n"
#define A "main.a(0x1)\n\t/src/main.go:1 +0x1\n"

/* ------------------------------------------------------------- notices */

static struct {
    size_t count;
    size_t errors;
    char text[2000];
} told;

static void notice(void *user, const char *source, uint64_t line,
                   const char *text, const struct grl_error *err)
{
    size_t n = strlen(told.text);

    assert_ptr_equal(user, &told);
    assert_non_null(source);
    assert_non_null(text);
    told.count++;
    if (err != NULL) {
        told.errors++;
        assert_non_null(err->what);
    }
    snprintf(told.text + n, sizeof told.text - n, "%s:%" PRIu64 ": %s\n",
             source, line, text);
}

static struct grl_options options(void)
{
    struct grl_options o;

    memset(&told, 0, sizeof told);
    memset(&o, 0xff, sizeof o);
    grl_options_init(&o);
    o.notice = notice;
    o.user = &told;
    return o;
}

/* ------------------------------------------------------------- folders */

static char folder[64];

static void path_in(char *out, size_t size, const char *name)
{
    snprintf(out, size, "%s/%s", folder, name);
}

static void write_file(const char *name, const char *text)
{
    char path[128];
    FILE *f = NULL;

    path_in(path, sizeof path, name);
    f = fopen(path, "wb");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static void remove_file(const char *name)
{
    char path[128];

    path_in(path, sizeof path, name);
    assert_int_equal(remove(path), 0);
}

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/goroleak-test-XXXXXX");
    return mkdtemp(folder) != NULL ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

static void test_a_folder_means_its_files_by_name(void **state)
{
    struct grl_options o = options();
    struct grl_dumps *d = made_dumps(&o);
    char path[128];

    (void)state;
    write_file("dump10.txt", G("1", "select", A));
    write_file("dump9.txt", G("1", "select", A));
    write_file(".hidden.txt", G("1", "select", A));
    write_file("notes.md", "no dump\n");
    path_in(path, sizeof path, "sub");
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(grl_dumps_read(d, folder, NULL), GRL_OK);
    assert_int_equal(grl_dumps_count(d), 2);
    path_in(path, sizeof path, "dump9.txt");
    assert_string_equal(grl_dumps_get(d, 0)->source, path);
    path_in(path, sizeof path, "dump10.txt");
    assert_string_equal(grl_dumps_get(d, 1)->source, path);
    /* A file of another kind in a folder is told, but no failure. */
    assert_int_equal(grl_dumps_failed(d), 0);
    assert_non_null(strstr(told.text, "notes.md"));
    grl_dumps_free(d);
    remove_file("dump10.txt");
    remove_file("dump9.txt");
    remove_file(".hidden.txt");
    remove_file("notes.md");
    remove_file("sub");
}

static void test_an_empty_folder_is_a_failure_told(void **state)
{
    struct grl_options o = options();
    struct grl_dumps *d = made_dumps(&o);

    (void)state;
    assert_int_equal(grl_dumps_read(d, folder, NULL), GRL_OK);
    assert_int_equal(grl_dumps_failed(d), 1);
    assert_int_equal(told.errors, 1);
    assert_non_null(strstr(told.text, folder));
    grl_dumps_free(d);
}

static void test_what_cannot_be_read_is_counted_and_the_rest_read(void **state)
{
    static const char *const bad[] = {"/nonexistent/dump.txt",
                                      "fixtures/README.md", "/dev/null"};
    struct grl_options o = options();
    struct grl_dumps *d = made_dumps(&o);

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(grl_dumps_read(d, bad[i], NULL), GRL_OK);
        assert_int_equal(grl_dumps_failed(d), i + 1);
        assert_int_equal(told.errors, i + 1);
        assert_non_null(strstr(told.text, bad[i]));
    }
    assert_int_equal(grl_dumps_read(d, "fixtures/cases/01_plain.txt", NULL),
                     GRL_OK);
    assert_int_equal(grl_dumps_count(d), 1);
    assert_int_equal(grl_dumps_failed(d), 3);
    assert_int_equal(told.errors, 3);
    grl_dumps_free(d);
}

static void test_nobody_has_to_listen(void **state)
{
    struct grl_dumps *d = made_dumps(NULL);

    (void)state;
    assert_int_equal(grl_dumps_read(d, "/nonexistent", NULL), GRL_OK);
    assert_int_equal(grl_dumps_failed(d), 1);
    assert_int_equal(grl_dumps_count(d), 0);
    grl_dumps_free(d);
}

static void test_a_cut_dump_is_told(void **state)
{
    struct grl_options o = options();
    struct grl_dumps *d = made_dumps(&o);

    (void)state;
    assert_int_equal(
        grl_dumps_read(d, "fixtures/debug2/truncated/go1.27_0777.txt", NULL),
        GRL_OK);
    assert_true(grl_dumps_get(d, 0)->truncated);
    assert_non_null(strstr(told.text, "lower bounds"));
    assert_int_equal(told.errors, 0);
    assert_int_equal(told.count, 1);
    grl_dumps_free(d);
    o = options();
    o.verbose = true; /* each damaged place too */
    d = made_dumps(&o);
    assert_int_equal(
        grl_dumps_read(d, "fixtures/debug2/truncated/go1.27_0777.txt", NULL),
        GRL_OK);
    assert_true(told.count > 1);
    grl_dumps_free(d);
}

/* --------------------------------------------------------------- order */

static void test_auto_order_is_by_time_in_names(void **state)
{
    struct grl_dumps *d = made_dumps(NULL);

    (void)state;
    made_source(d, "b-20240506T070809Z", G("1", "select", A));
    made_source(d, "a-20240506T080809Z", G("1", "select", A));
    made_source(d, "c-20240506T060809Z", G("1", "select", A));
    assert_int_equal(grl_dumps_get(d, 0)->time_source, GRL_TIME_NAME);
    assert_int_equal(grl_dumps_sort(d, GRL_ORDER_AUTO), GRL_ORDER_NAME);
    assert_int_equal(grl_dumps_get(d, 0)->source[0], 'c');
    assert_int_equal(grl_dumps_get(d, 1)->source[0], 'b');
    assert_int_equal(grl_dumps_get(d, 2)->source[0], 'a');
    assert_int_equal(grl_dumps_sort(d, GRL_ORDER_ARGS), GRL_ORDER_ARGS);
    assert_int_equal(grl_dumps_get(d, 0)->source[0], 'b');
    grl_dumps_free(d);
}

static void test_without_times_numbers_order_by_value(void **state)
{
    struct grl_dumps *d = made_dumps(NULL);

    (void)state;
    made_source(d, "dump10",
                G("1", "select", A) G("1", "select", A) G("1", "select", A));
    made_source(d, "dump9", G("1", "select", A));
    assert_int_equal(grl_dumps_sort(d, GRL_ORDER_AUTO), GRL_ORDER_NAME);
    assert_string_equal(grl_dumps_get(d, 0)->source, "dump9");
    for (size_t i = 0; i < 3; i++) /* dumps of one source keep their order */
        assert_int_equal(grl_dumps_get(d, i + 1)->index, i);
    assert_true(grl_dumps_get(d, 0)->time == GRL_NO_TIME);
    assert_int_equal(grl_dumps_sort(d, GRL_ORDER_ARGS), GRL_ORDER_ARGS);
    assert_string_equal(grl_dumps_get(d, 0)->source, "dump10");
    grl_dumps_free(d);
}

static void test_dumps_of_one_source_are_in_order(void **state)
{
    struct grl_dumps *d = made_dumps(NULL);

    (void)state;
    made_source(d, "-", G("1", "select", A) G("1", "select", A));
    assert_int_equal(grl_dumps_sort(d, GRL_ORDER_AUTO), GRL_ORDER_ARGS);
    assert_int_equal(grl_dumps_get(d, 0)->index, 0);
    assert_int_equal(grl_dumps_get(d, 1)->index, 1);
    grl_dumps_free(d);
}

static void test_files_have_the_time_they_were_written(void **state)
{
    static const char *const names[] = {"a.txt", "b.txt", "c.txt"};
    struct grl_dumps *d = made_dumps(NULL);
    char path[128];

    (void)state;
    for (size_t i = 0; i < 3; i++) { /* c is the oldest */
        struct timespec when[2] = {{1700000000 - (time_t)i * 60, 0},
                                   {1700000000 - (time_t)i * 60, 0}};

        write_file(names[i], G("1", "select", A));
        path_in(path, sizeof path, names[i]);
        assert_int_equal(utimensat(AT_FDCWD, path, when, 0), 0);
    }
    assert_int_equal(grl_dumps_read(d, folder, NULL), GRL_OK);
    assert_int_equal(grl_dumps_sort(d, GRL_ORDER_AUTO), GRL_ORDER_MTIME);
    assert_non_null(strstr(grl_dumps_get(d, 0)->source, "c.txt"));
    assert_int_equal(grl_dumps_get(d, 0)->time, 1700000000 - 120);
    assert_int_equal(grl_dumps_get(d, 0)->time_source, GRL_TIME_MTIME);
    assert_non_null(strstr(grl_dumps_get(d, 2)->source, "a.txt"));
    grl_dumps_free(d);
    for (size_t i = 0; i < 3; i++)
        remove_file(names[i]);
}

/* Copies and fresh checkouts are all written at once: that is no time. */
static void test_one_time_for_all_files_is_none(void **state)
{
    static const char *const names[] = {"b10.txt", "b9.txt"};
    struct grl_dumps *d = made_dumps(NULL);
    char path[128];

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct timespec when[2] = {{1700000000, 0}, {1700000000, 0}};

        write_file(names[i], G("1", "select", A));
        path_in(path, sizeof path, names[i]);
        assert_int_equal(utimensat(AT_FDCWD, path, when, 0), 0);
    }
    assert_int_equal(grl_dumps_read(d, folder, NULL), GRL_OK);
    assert_int_equal(grl_dumps_sort(d, GRL_ORDER_AUTO), GRL_ORDER_NAME);
    assert_non_null(strstr(grl_dumps_get(d, 0)->source, "b9.txt"));
    assert_true(grl_dumps_get(d, 0)->time == GRL_NO_TIME);
    assert_int_equal(grl_dumps_get(d, 0)->time_source, GRL_TIME_NONE);
    grl_dumps_free(d);
    remove_file("b10.txt");
    remove_file("b9.txt");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_folder_means_its_files_by_name,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_an_empty_folder_is_a_failure_told,
                                        make_folder, remove_folder),
        cmocka_unit_test(test_what_cannot_be_read_is_counted_and_the_rest_read),
        cmocka_unit_test(test_nobody_has_to_listen),
        cmocka_unit_test(test_a_cut_dump_is_told),
        cmocka_unit_test(test_auto_order_is_by_time_in_names),
        cmocka_unit_test(test_without_times_numbers_order_by_value),
        cmocka_unit_test(test_dumps_of_one_source_are_in_order),
        cmocka_unit_test_setup_teardown(
            test_files_have_the_time_they_were_written, make_folder,
            remove_folder),
        cmocka_unit_test_setup_teardown(test_one_time_for_all_files_is_none,
                                        make_folder, remove_folder),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
