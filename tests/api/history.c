/* A history: what it tells of itself, and one snapshot out of it. */
#include "made.h"

#include <errno.h>
#include <unistd.h>

enum { NOON = 1777636800 }; /* 2026-05-01T12:00:00Z */

struct fixture {
    char folder[32];
    char path[48];
    struct grl_history *history;
    char bytes[4096];
    size_t len;
    size_t fail_at;
};

static bool write_on(void *user, const char *bytes, size_t len)
{
    struct fixture *f = user;

    if (f->len + len >= f->fail_at) {
        errno = ENOSPC;
        return false;
    }
    memcpy(f->bytes + f->len, bytes, len);
    f->len += len;
    f->bytes[f->len] = '\0';
    return true;
}

static struct grl_dumps *new_dumps(void)
{
    struct grl_options o;

    grl_options_init(&o);
    o.keep_ids = true;
    return made_dumps(&o);
}

/* A dump of so many goroutines, taken HOURS after noon. */
static void record(struct fixture *f, const char *instance, int count,
                   int hours)
{
    struct grl_dumps *d = new_dumps();
    bool fresh = false;

    assert_int_equal(grl_dumps_begin(d, "dump", NULL), GRL_OK);
    for (int i = 0; i < count; i++)
        made_goroutine(d, 20 + i, "wait", 9);
    assert_int_equal(grl_dumps_end(d, NULL), GRL_OK);
    assert_int_equal(grl_history_record(f->history, d, 0, instance,
                                        NOON + (int64_t)hours * 3600,
                                        GRL_COPIES_ALL, &fresh, NULL),
                     GRL_OK);
    assert_true(fresh);
    grl_dumps_free(d);
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);

    assert_non_null(f);
    snprintf(f->folder, sizeof f->folder, "/tmp/goroleak.XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->path, sizeof f->path, "%s/h.db", f->folder);
    f->fail_at = sizeof f->bytes;
    assert_int_equal(grl_history_open(&f->history, f->path, true, 1, NULL),
                     GRL_OK);
    record(f, "api", 3, 0);
    record(f, "api", 5, 1);
    record(f, "web", 2, 2);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    grl_history_close(f->history);
    unlink(f->path);
    rmdir(f->folder);
    free(f);
    return 0;
}

static enum grl_status list(struct fixture *f, enum grl_format format, bool all,
                            const char *instance, struct grl_error *err)
{
    struct grl_report r;

    grl_report_init(&r);
    r.format = format;
    r.all = all;
    r.write = write_on;
    r.user = f;
    f->len = 0;
    f->bytes[0] = '\0';
    return grl_report_history(&r, f->history, instance, err);
}

static void test_what_each_process_has(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(list(f, GRL_TEXT, false, "", NULL), GRL_OK);
    assert_non_null(strstr(
        f->bytes, "2026-05-01T12:00:00Z  2026-05-01T13:00:00Z       2 snap"));
    assert_non_null(strstr(f->bytes, "  web\n"));
    assert_int_equal(list(f, GRL_TEXT, false, "api", NULL), GRL_OK);
    assert_null(strstr(f->bytes, "web"));
    assert_int_equal(list(f, GRL_TEXT, false, "none", NULL), GRL_OK);
    assert_int_equal(f->len, 0);
}

static void test_each_snapshot_in_json(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(list(f, GRL_JSON, true, "web", NULL), GRL_OK);
    assert_string_equal(
        f->bytes, "{\"schema\":1,\"command\":\"history list\",\"snapshots\":[\n"
                  "{\"number\":3,\"instance\":\"web\","
                  "\"time\":\"2026-05-01T14:00:00Z\",\"source\":\"dump\","
                  "\"form\":\"debug2\",\"goroutines\":2,"
                  "\"truncated\":false}]}\n");
}

static void test_a_write_that_fails_is_told(void **state)
{
    struct fixture *f = *state;

    for (int format = GRL_TEXT; format <= GRL_JSON; format++)
        for (size_t at = 0; at < 2; at++) {
            struct grl_error err = {.code = GRL_OK};

            f->fail_at = at;
            assert_int_equal(
                list(f, (enum grl_format)format, at == 1, "", &err), GRL_EIO);
            assert_int_equal(err.sys, ENOSPC);
        }
}

static void test_heap_passes_over_goroutines(void **state)
{
    struct fixture *f = *state;
    struct grl_options o;
    struct grl_dumps *d = NULL;

    record(f, "heapless", 8, 5);
    record(f, "heapless", 9, 6);
    grl_options_init(&o);
    o.heap = true;
    assert_int_equal(grl_dumps_new(&d, &o, NULL), GRL_OK);
    assert_int_equal(grl_history_load(f->history, "heapless", 9, d, NULL),
                     GRL_OK);
    assert_int_equal(grl_dumps_count(d), 0);
    grl_dumps_free(d);
}

static void test_one_by_its_number(void **state)
{
    struct fixture *f = *state;
    struct grl_dumps *d = new_dumps();
    bool found = false;

    assert_int_equal(grl_history_load_one(f->history, 2, d, &found, NULL),
                     GRL_OK);
    assert_true(found);
    assert_int_equal(grl_dumps_count(d), 1);
    assert_int_equal(grl_dumps_get(d, 0)->goroutines, 5);
    assert_int_equal(grl_dumps_get(d, 0)->time, NOON + 3600);
    assert_int_equal(grl_history_load_one(f->history, 4, d, &found, NULL),
                     GRL_OK);
    assert_false(found);
    assert_int_equal(grl_dumps_count(d), 1);
    grl_dumps_free(d);
}

/* The goroutines of each snapshot of "clock", MOST at most. */
static void loaded(struct fixture *f, size_t most, struct grl_clock *clock,
                   const uint64_t *expected, size_t count)
{
    struct grl_dumps *d = new_dumps();

    memset(clock, -1, sizeof *clock);
    assert_int_equal(
        grl_history_load_recorded(f->history, "clock", most, d, clock, NULL),
        GRL_OK);
    assert_int_equal(grl_dumps_count(d), count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(grl_dumps_get(d, i)->goroutines, expected[i]);
    grl_dumps_free(d);
}

static void test_what_a_wrong_clock_put_out_of_order(void **state)
{
    static const int hours[] = {1, 2, 90, 91, 3};
    static const uint64_t right[] = {4, 5, 8, 9};
    static const uint64_t two[] = {4, 9};
    struct fixture *f = *state;
    struct grl_clock clock;

    loaded(f, 9, &clock, NULL, 0);
    assert_int_equal(clock.snapshots, 0);
    assert_int_equal(clock.newest, GRL_NO_TIME);
    assert_false(clock.set_back);
    for (int i = 0; i < 5; i++)
        record(f, "clock", 4 + i, hours[i]);
    loaded(f, 9, &clock, right, 3);
    assert_int_equal(clock.snapshots, 5);
    assert_int_equal(clock.contrary, 2);
    assert_int_equal(clock.newest, NOON + 91 * 3600);
    assert_true(clock.set_back);
    record(f, "clock", 9, 4);
    loaded(f, 9, &clock, right, 4);
    assert_int_equal(clock.contrary, 2);
    assert_false(clock.set_back);
    loaded(f, 2, &clock, two, 2);
}

static void test_the_time_that_snapshots_span(void **state)
{
    struct fixture *f = *state;
    int64_t span = -1;

    assert_int_equal(
        grl_history_span(f->history, NOON, NOON + 9 * 3600, &span, NULL),
        GRL_OK);
    assert_int_equal(span, 2 * 3600); /* whatever the process */
    assert_int_equal(
        grl_history_span(f->history, NOON + 1, NOON + 3600, &span, NULL),
        GRL_OK);
    assert_int_equal(span, 0);
    assert_int_equal(grl_history_span(f->history, 0, 1, &span, NULL), GRL_OK);
    assert_int_equal(span, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_what_each_process_has),
        TEST(test_each_snapshot_in_json),
        TEST(test_a_write_that_fails_is_told),
        TEST(test_one_by_its_number),
        TEST(test_heap_passes_over_goroutines),
        TEST(test_what_a_wrong_clock_put_out_of_order),
        TEST(test_the_time_that_snapshots_span),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
