/* Reports as JSON: they parse, keys are in the order of DESIGN, and what a
 * dump says arrives whole. */
#include "goroleak.h"

#include "support/unit.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

static const char dump_keys[] =
    "source index time form goroutines clusters truncated damaged "
    "skipped_lines ";
static const char cluster_keys[] =
    "signature count state wait_minutes locked leaked frames elided "
    "created_by ids labels states ";

struct written {
    char *bytes;
    size_t len;
};

static bool keep(void *user, const char *bytes, size_t len)
{
    struct written *w = user;
    char *more = realloc(w->bytes, w->len + len + 1);

    if (more == NULL)
        return false;
    memcpy(more + w->len, bytes, len);
    w->bytes = more;
    w->len += len;
    w->bytes[w->len] = '\0';
    return true;
}

static struct grl_report to(struct written *w)
{
    struct grl_report r;

    grl_report_init(&r);
    r.format = GRL_JSON;
    r.write = keep;
    r.user = w;
    return r;
}

/* W parsed and freed; it ends in a newline. */
static json_t *parse(struct written *w)
{
    json_error_t e;
    json_t *root = json_loads(w->bytes, JSON_REJECT_DUPLICATES, &e);

    if (root == NULL)
        fail_msg("line %d: %s", e.line, e.text);
    assert_int_equal(w->bytes[w->len - 1], '\n');
    free(w->bytes);
    return root;
}

/* The first keys of O are WANT, in this order. */
static void assert_keys(json_t *o, const char *want)
{
    char got[400] = "";
    const char *key = NULL;
    json_t *value = NULL;

    assert_true(json_is_object(o));
    json_object_foreach(o, key, value)
    {
        strncat(got, key, sizeof got - strlen(got) - 2);
        strcat(got, " ");
    }
    if (strncmp(got, want, strlen(want)) != 0)
        fail_msg("keys are %s, not %s", got, want);
}

static json_t *at(json_t *array, size_t i)
{
    assert_true(i < json_array_size(array));
    return json_array_get(array, i);
}

static json_int_t number(json_t *o, const char *key)
{
    assert_true(json_is_integer(json_object_get(o, key)));
    return json_integer_value(json_object_get(o, key));
}

static const char *string(json_t *o, const char *key)
{
    assert_true(json_is_string(json_object_get(o, key)));
    return json_string_value(json_object_get(o, key));
}

static void assert_empty(json_t *array)
{
    assert_true(json_is_array(array));
    assert_int_equal(json_array_size(array), 0);
}

static struct grl_dumps *dumps_of(const char *text, const char *name)
{
    struct grl_dumps *d = NULL;

    assert_int_equal(grl_dumps_new(&d, NULL, NULL), GRL_OK);
    assert_int_equal(grl_dumps_begin(d, name, NULL), GRL_OK);
    assert_int_equal(grl_dumps_feed(d, text, strlen(text), NULL), GRL_OK);
    assert_int_equal(grl_dumps_end(d, NULL), GRL_OK);
    return d;
}

static json_t *scan_of(const char *text, const char *name)
{
    struct grl_dumps *d = dumps_of(text, name);
    struct written w = {0};
    struct grl_report r = to(&w);

    assert_int_equal(grl_report_scan(&r, d, NULL), GRL_OK);
    grl_dumps_free(d);
    return parse(&w);
}

static const char two[] =
    "goroutine 18 [chan receive, 35 minutes, locked to thread] "
    "{tenant: acme, \"req id\": 7}:\n"
    "main.worker(0x1)\n\t/src/main.go:12 +0x45\n"
    "created by main.main in goroutine 1\n\t/src/main.go:19 +0x8f\n\n"
    "goroutine 7 [chan receive (leaked), 3 minutes] {tenant: acme}:\n"
    "main.worker(0x1)\n\t/src/main.go:12 +0x45\n"
    "created by main.main in goroutine 1\n\t/src/main.go:19 +0x8f\n\n"
    "goroutine 9 [runnable]:\n"
    "main.spin(0x1)\n\t/src/main.go:30 +0x45\n"
    "...3 frames elided...\n";

static void test_scan_says_all_of_a_cluster(void **state)
{
    json_t *root = scan_of(two, "dump-20240506T070809Z.txt");
    json_t *c = at(json_object_get(root, "clusters"), 0);
    json_t *waits = json_object_get(c, "wait_minutes");
    json_t *labels = json_object_get(c, "labels");
    json_t *frame = at(json_object_get(c, "frames"), 0);

    (void)state;
    assert_keys(root, "schema command dumps clusters ");
    assert_int_equal(number(root, "schema"), 1);
    assert_string_equal(string(root, "command"), "scan");
    assert_keys(c, cluster_keys);
    assert_int_equal(strlen(string(c, "signature")), 32);
    assert_int_equal(number(c, "count"), 2);
    assert_string_equal(string(c, "state"), "chan receive");
    assert_int_equal(number(waits, "min"), 3);
    assert_int_equal(number(waits, "median"), 3);
    assert_int_equal(number(waits, "max"), 35);
    assert_int_equal(number(c, "locked"), 1);
    assert_int_equal(number(c, "leaked"), 1);
    assert_keys(frame, "function file line ");
    assert_string_equal(string(frame, "function"), "main.worker");
    assert_string_equal(string(frame, "file"), "/src/main.go");
    assert_int_equal(number(frame, "line"), 12);
    assert_true(json_is_false(json_object_get(c, "elided")));
    assert_string_equal(string(json_object_get(c, "created_by"), "function"),
                        "main.main");
    assert_int_equal(json_integer_value(at(json_object_get(c, "ids"), 0)), 7);
    assert_int_equal(json_integer_value(at(json_object_get(c, "ids"), 1)), 18);
    assert_int_equal(number(json_object_get(labels, "tenant"), "acme"), 2);
    assert_int_equal(number(json_object_get(labels, "req id"), "7"), 1);
    assert_int_equal(number(json_object_get(c, "states"), "chan receive"), 2);
    json_decref(root);
}

static void test_scan_says_what_is_not_known_by_null(void **state)
{
    json_t *root = scan_of(two, "dump.txt");
    json_t *c = at(json_object_get(root, "clusters"), 1);
    json_t *d = at(json_object_get(root, "dumps"), 0);

    (void)state;
    assert_true(json_is_null(json_object_get(c, "wait_minutes")));
    assert_true(json_is_null(json_object_get(c, "created_by")));
    assert_true(json_is_true(json_object_get(c, "elided")));
    assert_int_equal(json_object_size(json_object_get(c, "labels")), 0);
    assert_int_equal(number(json_object_get(c, "states"), "runnable"), 1);
    assert_true(json_is_null(json_object_get(d, "time")));
    json_decref(root);
}

static void test_scan_says_all_of_a_dump(void **state)
{
    json_t *root = scan_of(two, "dump-20240506T070809Z.txt");
    json_t *d = at(json_object_get(root, "dumps"), 0);

    (void)state;
    assert_keys(d, dump_keys);
    assert_string_equal(string(d, "source"), "dump-20240506T070809Z.txt");
    assert_int_equal(number(d, "index"), 0);
    assert_string_equal(string(d, "time"), "2024-05-06T07:08:09Z");
    assert_string_equal(string(d, "form"), "debug2");
    assert_int_equal(number(d, "goroutines"), 3);
    assert_int_equal(number(d, "clusters"), 2);
    assert_true(json_is_false(json_object_get(d, "truncated")));
    assert_int_equal(number(d, "damaged"), 0);
    assert_int_equal(number(d, "skipped_lines"), 0);
    json_decref(root);
}

static void test_any_bytes_come_out_as_valid_json(void **state)
{
    json_t *root = scan_of("goroutine 18446744073709551615 [st\"a\\te\x01]:\n"
                           "main.\xff\x1b]31m\xe4\xb8\x96(0x1)\n"
                           "\t/a \"b\"\xc3.go:12 +0x45\n",
                           "d\x80\n.txt");
    json_t *c = at(json_object_get(root, "clusters"), 0);
    json_t *frame = at(json_object_get(c, "frames"), 0);
    json_t *d = at(json_object_get(root, "dumps"), 0);

    (void)state;
    assert_string_equal(string(c, "state"), "st\"a\\te\x01");
    assert_string_equal(string(frame, "function"),
                        "main.\xef\xbf\xbd\x1b]31m\xe4\xb8\x96");
    assert_string_equal(string(frame, "file"), "/a \"b\"\xef\xbf\xbd.go");
    assert_string_equal(string(d, "source"), "d\xef\xbf\xbd\n.txt");
    /* JSON integers stop at 63 bits. */
    assert_int_equal(json_integer_value(at(json_object_get(c, "ids"), 0)),
                     INT64_MAX);
    json_decref(root);
}

static struct grl_dumps *leaky(void)
{
    struct grl_dumps *d = NULL;

    assert_int_equal(grl_dumps_new(&d, NULL, NULL), GRL_OK);
    assert_int_equal(grl_dumps_read(d, "fixtures/series/leaky", NULL), GRL_OK);
    assert_int_equal(grl_dumps_count(d), 12);
    return d;
}

static void test_diff(void **state)
{
    struct grl_dumps *d = leaky();
    struct grl_diff *f = NULL;
    struct written w = {0};
    struct grl_report r = to(&w);
    json_t *root = NULL;
    json_t *c = NULL;

    (void)state;
    assert_int_equal(grl_diff_new(&f, d, 0, 11, NULL), GRL_OK);
    assert_int_equal(grl_report_diff(&r, d, f, 0, 11, NULL), GRL_OK);
    root = parse(&w);
    assert_keys(root, "schema command before after changes ");
    assert_string_equal(string(root, "command"), "diff");
    assert_keys(json_object_get(root, "before"), dump_keys);
    assert_int_equal(number(json_object_get(root, "after"), "goroutines"), 194);
    assert_int_equal(json_array_size(json_object_get(root, "changes")),
                     grl_diff_count(f));
    c = at(json_object_get(root, "changes"), 0);
    assert_keys(c, "change before after delta survivors signature count ");
    assert_string_equal(string(c, "change"), "grew");
    assert_int_equal(number(c, "before"), 7);
    assert_int_equal(number(c, "after"), 84);
    assert_int_equal(number(c, "delta"), 77);
    assert_int_equal(number(c, "survivors"), 7);
    assert_int_equal(json_array_size(json_object_get(c, "ids")), 20);
    json_decref(root);
    grl_diff_free(f);
    grl_dumps_free(d);
}

static void test_trend(void **state)
{
    struct grl_dumps *d = leaky();
    struct grl_trend *t = NULL;
    struct written w = {0};
    struct written all = {0};
    struct grl_report r = to(&w);
    struct grl_report ra = to(&all);
    json_t *root = NULL;
    json_t *f = NULL;

    (void)state;
    assert_int_equal(grl_trend_new(&t, d, NULL), GRL_OK);
    assert_int_equal(grl_report_trend(&r, d, t, NULL), GRL_OK);
    ra.all = true;
    assert_int_equal(grl_report_trend(&ra, d, t, NULL), GRL_OK);
    root = parse(&all);
    assert_int_equal(json_array_size(json_object_get(root, "findings")),
                     grl_trend_count(t));
    json_decref(root);
    root = parse(&w);
    assert_keys(root, "schema command dumps segments findings ");
    assert_int_equal(json_array_size(json_object_get(root, "dumps")), 12);
    assert_int_equal(number(root, "segments"), 1);
    assert_int_equal(json_array_size(json_object_get(root, "findings")), 4);
    f = at(json_object_get(root, "findings"), 0);
    assert_keys(f, "verdict signature counts first last per_hour p_value "
                   "survival wait_minutes evidence frames created_by ");
    assert_string_equal(string(f, "verdict"), "leaking");
    assert_int_equal(json_array_size(json_object_get(f, "counts")), 12);
    assert_int_equal(number(f, "first"), 7);
    assert_int_equal(number(f, "last"), 84);
    assert_true(json_is_number(json_object_get(f, "p_value")));
    assert_number(json_number_value(json_object_get(f, "survival")), 1,
                  "survival");
    assert_true(json_is_string(at(json_object_get(f, "evidence"), 0)));
    json_decref(root);
    grl_trend_free(t);
    grl_dumps_free(d);
}

static void test_assert(void **state)
{
    struct grl_dumps *d = dumps_of(two, "dump.txt");
    struct grl_assertion *a = NULL;
    struct written w = {0};
    struct grl_report r = to(&w);
    json_t *root = NULL;

    (void)state;
    assert_int_equal(grl_assert_new(&a, d, 0, -1, NULL), GRL_OK);
    assert_int_equal(grl_report_assert(&r, d, a, 0, NULL), GRL_OK);
    root = parse(&w);
    assert_keys(root, "schema command dump ignored leaks ");
    assert_string_equal(string(root, "command"), "assert");
    assert_keys(json_object_get(root, "dump"), dump_keys);
    assert_int_equal(number(root, "ignored"), 0);
    assert_int_equal(json_array_size(json_object_get(root, "leaks")), 2);
    assert_keys(at(json_object_get(root, "leaks"), 0), cluster_keys);
    json_decref(root);
    grl_assert_free(a);
    grl_dumps_free(d);
}

static void test_top_and_min_count_leave_out(void **state)
{
    struct grl_dumps *d = dumps_of(two, "dump.txt");
    struct written top = {0};
    struct written least = {0};
    struct grl_report r = to(&top);
    json_t *root = NULL;

    (void)state;
    r.top = 1;
    assert_int_equal(grl_report_scan(&r, d, NULL), GRL_OK);
    root = parse(&top);
    assert_int_equal(json_array_size(json_object_get(root, "clusters")), 1);
    json_decref(root);
    r = to(&least);
    r.min_count = 3;
    assert_int_equal(grl_report_scan(&r, d, NULL), GRL_OK);
    root = parse(&least);
    assert_empty(json_object_get(root, "clusters"));
    json_decref(root);
    grl_dumps_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scan_says_all_of_a_cluster),
        cmocka_unit_test(test_scan_says_what_is_not_known_by_null),
        cmocka_unit_test(test_scan_says_all_of_a_dump),
        cmocka_unit_test(test_any_bytes_come_out_as_valid_json),
        cmocka_unit_test(test_diff),
        cmocka_unit_test(test_trend),
        cmocka_unit_test(test_assert),
        cmocka_unit_test(test_top_and_min_count_leave_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
