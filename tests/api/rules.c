/* Which goroutines count: every kind of rule, both actions, both patterns. */
#include <goroleak.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char dump[] =
    "goroutine 1 [running]:\n"
    "main.main()\n\t/src/main.go:9 +0x1\n\n"
    "goroutine 2 [chan receive, 3 minutes]:\n"
    "main.worker(0x1)\n\t/src/worker.go:12 +0x1\n"
    "created by main.start in goroutine 1\n\t/src/main.go:19 +0x1\n\n"
    "goroutine 3 [IO wait] {tenant: acme, \"req id\": 7}:\n"
    "internal/poll.(*FD).Read(0x1)\n\t/go/src/internal/poll/fd.go:1 +0x1\n"
    "main.handle(0x1)\n\t/src/handle.go:30 +0x1\n"
    "created by net/http.(*Server).Serve in goroutine 1\n"
    "\t/go/src/net/http/server.go:3 +0x1\n\n"
    "goroutine 4 [select (no cases)] {tenant: evil}:\n"
    "main.wait(0x1)\n\t/src/main.go:40 +0x1\n\n"
    "goroutine 5 [runnable]:\n"
    "main.spin(0x1)\n\t/src/spin.go:50 +0x1\n\n"
    "goroutine 6 [running]:\n"
    "main.spin(0x1)\n\t/src/spin.go:50 +0x1\n";

static struct grl_rules *no_rules(void)
{
    struct grl_rules *r = NULL;

    assert_int_equal(grl_rules_new(&r, NULL), GRL_OK);
    return r;
}

static void add(struct grl_rules *r, enum grl_rule_action action,
                const char *rule)
{
    struct grl_error err;

    if (grl_rules_add(r, action, rule, &err) != GRL_OK)
        fail_msg("%s: %s %s", rule, err.what, err.detail);
}

static struct grl_dumps *read_with(struct grl_rules *r, const char *text)
{
    struct grl_options o;
    struct grl_dumps *d = NULL;

    grl_options_init(&o);
    o.keep_ids = true;
    o.rules = r;
    assert_int_equal(grl_dumps_new(&d, &o, NULL), GRL_OK);
    assert_int_equal(grl_dumps_begin(d, "dump", NULL), GRL_OK);
    assert_int_equal(grl_dumps_feed(d, text, strlen(text), NULL), GRL_OK);
    assert_int_equal(grl_dumps_end(d, NULL), GRL_OK);
    return d;
}

/* The ids that R lets through, a digit each, ascending. */
static const char *kept_ids(struct grl_rules *r, const char *text)
{
    static char out[10];
    struct grl_dumps *d = read_with(r, text);
    bool kept[10] = {false};
    size_t n = 0;

    for (size_t k = 0; k < grl_cluster_count(d, 0); k++) {
        const struct grl_cluster *c = grl_cluster_get(d, 0, k);

        for (size_t i = 0; i < c->id_count; i++)
            kept[c->ids[i]] = true;
    }
    for (size_t id = 0; id < 10; id++)
        if (kept[id])
            out[n++] = (char)('0' + id);
    out[n] = '\0';
    assert_int_equal(
        grl_dumps_get(d, 0)->goroutines - grl_dumps_get(d, 0)->ignored, n);
    grl_dumps_free(d);
    return out;
}

struct row {
    const char *rule;
    const char *matches; /* the ids it takes */
};

static const struct row rows[] = {
    {"top:^main\\.worker$", "2"},
    {"top:main", "12456"}, /* found anywhere */
    {"top:^main\\.handle$", ""},
    {"top:=main.worker", "2"},
    {"top:=worker", ""},
    {"any:^main\\.handle$", "3"},
    {"any:=main.handle", "3"},
    {"any:=internal/poll.(*FD).Read", "3"},
    {"creator:^net/http\\.", "3"},
    {"creator:=main.start", "2"},
    {"creator:=main", ""},
    {"state:^IO wait$", "3"},
    {"state:no cases", "4"},
    {"state:=select (no cases)", "4"},
    {"state:=chan receive", "2"},
    {"state:=runnable", "5"}, /* the goroutine's own, not its class */
    {"state:=running", "16"},
    {"state:=active", ""},
    {"file:/src/main\\.go$", "14"},
    {"file:=/src/spin.go", "56"},
    {"file:internal/poll", "3"},
    {"label:^tenant=acme$", "3"},
    {"label:tenant=", "34"},
    {"label:=req id=7", "3"},
    {"label:=tenant", ""},
    {"signature:^[0-9a-f]{32}$", "123456"},
    {"signature:=0123456789abcdef0123456789abcdef", ""},
};

static void without(const char *ids, char *out)
{
    size_t n = 0;

    for (const char *id = "123456"; *id != '\0'; id++)
        if (strchr(ids, *id) == NULL)
            out[n++] = *id;
    out[n] = '\0';
}

static void test_ignore_takes_what_matches(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct grl_rules *r = no_rules();
        char want[10];
        const char *got = NULL;

        without(rows[i].matches, want);
        add(r, GRL_IGNORE, rows[i].rule);
        got = kept_ids(r, dump);
        if (strcmp(got, want) != 0)
            fail_msg("ignore %s leaves %s, not %s", rows[i].rule, got, want);
        assert_int_equal(grl_rules_get(r, 0)->matched, 6 - strlen(want));
        grl_rules_free(r);
    }
}

static void test_only_takes_all_others(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct grl_rules *r = no_rules();
        const char *got = NULL;

        add(r, GRL_ONLY, rows[i].rule);
        got = kept_ids(r, dump);
        if (strcmp(got, rows[i].matches) != 0)
            fail_msg("only %s leaves %s", rows[i].rule, got);
        grl_rules_free(r);
    }
}

static void test_rules_work_together(void **state)
{
    struct grl_rules *r = no_rules();

    (void)state;
    assert_string_equal(kept_ids(r, dump), "123456");
    add(r, GRL_ONLY, "file:=/src/main.go");
    add(r, GRL_ONLY, "state:=runnable"); /* one "only" is enough */
    assert_string_equal(kept_ids(r, dump), "145");
    add(r, GRL_IGNORE, "top:=main.main"); /* ignoring has the last word */
    assert_string_equal(kept_ids(r, dump), "45");
    add(r, GRL_IGNORE, "label:tenant");
    assert_string_equal(kept_ids(r, dump), "5");
    grl_rules_free(r);
}

static void test_a_signature_takes_its_stack(void **state)
{
    struct grl_rules *r = no_rules();
    struct grl_dumps *d = NULL;
    char rule[64] = "";

    (void)state;
    add(r, GRL_ONLY, "top:=main.worker");
    d = read_with(r, dump);
    snprintf(rule, sizeof rule, "signature:=%s",
             grl_cluster_get(d, 0, 0)->signature);
    grl_dumps_free(d);
    grl_rules_free(r);
    r = no_rules();
    add(r, GRL_ONLY, rule);
    assert_string_equal(kept_ids(r, dump), "2");
    grl_rules_free(r);
}

static void test_bad_rules_say_where(void **state)
{
    static const struct {
        const char *rule;
        size_t offset;
    } bad[] = {
        {"top:(", 5},      {"any:ab[", 7}, {"signature:a)", 11},
        {"creator:*x", 8}, {"nope:x", 0},  {"top", 0},
        {"", 0},           {":x", 0},      {"TOP:x", 0},
        {"top x:y", 0},
    };
    struct grl_rules *r = no_rules();

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct grl_error err;

        memset(&err, 0xff, sizeof err);
        assert_int_equal(grl_rules_add(r, GRL_IGNORE, bad[i].rule, &err),
                         GRL_EPATTERN);
        assert_int_equal(err.code, GRL_EPATTERN);
        assert_non_null(err.what);
        assert_int_equal(err.sys, 0);
        assert_non_null(memchr(err.detail, '\0', sizeof err.detail));
        assert_true(strlen(err.detail) > 0);
        if (err.offset != bad[i].offset)
            fail_msg("%s: at %d", bad[i].rule, (int)err.offset);
        assert_int_equal(grl_rules_add(r, GRL_IGNORE, bad[i].rule, NULL),
                         GRL_EPATTERN);
    }
    assert_int_equal(grl_rules_count(r), 0);
    grl_rules_free(r);
}

/* Neither kept nor left out: the job fails. */
static void test_a_pattern_that_gives_up_fails_the_job(void **state)
{
    static const char text[] =
        "goroutine 1 [select]:\nmain."
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!(0x1)\n"
        "\t/src/main.go:9 +0x1\n\n\n";
    struct grl_rules *r = no_rules();
    struct grl_options o;
    struct grl_dumps *d = NULL;
    struct grl_error err;
    enum grl_status st = GRL_OK;

    (void)state;
    add(r, GRL_IGNORE, "top:(?:(?:(?:a+)+)+)+b|!");
    grl_options_init(&o);
    o.rules = r;
    assert_int_equal(grl_dumps_new(&d, &o, NULL), GRL_OK);
    assert_int_equal(grl_dumps_begin(d, "dump", NULL), GRL_OK);
    memset(&err, 0xff, sizeof err);
    st = grl_dumps_feed(d, text, sizeof text - 1, &err);
    if (st == GRL_OK)
        st = grl_dumps_end(d, &err);
    assert_int_equal(st, GRL_EPATTERN);
    assert_int_equal(err.code, GRL_EPATTERN);
    assert_string_equal(err.what, "pattern gave up");
    grl_dumps_free(d);
    grl_rules_free(r);
}

static void test_rules_are_listed_as_given(void **state)
{
    struct grl_rules *r = no_rules();
    char rule[] = "top:=main.main";

    (void)state;
    add(r, GRL_IGNORE, rule);
    rule[0] = '?'; /* it is copied */
    assert_int_equal(grl_rules_count(r), 1);
    assert_string_equal(grl_rules_get(r, 0)->text, "top:=main.main");
    assert_string_equal(grl_rules_get(r, 0)->name, "");
    assert_string_equal(grl_rules_get(r, 0)->source, "");
    assert_true(grl_rules_get(r, 0)->enabled);
    assert_int_equal(grl_rules_get(r, 0)->matched, 0);
    grl_rules_free(r);
    grl_rules_free(NULL);
}

static void test_built_in_rules_have_names_and_switches(void **state)
{
    struct grl_rules *r = no_rules();
    struct grl_error err;

    (void)state;
    assert_int_equal(grl_rules_add_builtin(r, NULL), GRL_OK);
    assert_true(grl_rules_count(r) > 10);
    for (size_t i = 0; i < grl_rules_count(r); i++) {
        const struct grl_rule *rule = grl_rules_get(r, i);

        assert_true(strlen(rule->name) > 0);
        assert_true(strlen(rule->text) > 0);
        assert_true(strlen(rule->source) > 0);
    }
    /* goroutine 1 is main, and took the dump */
    assert_string_equal(kept_ids(r, dump), "23456");
    assert_int_equal(grl_rules_enable(r, "main", false, NULL), GRL_OK);
    assert_string_equal(kept_ids(r, dump), "23456");
    assert_int_equal(grl_rules_enable(r, "observer", false, NULL), GRL_OK);
    assert_string_equal(kept_ids(r, dump), "123456");
    assert_int_equal(grl_rules_enable(r, "main", true, NULL), GRL_OK);
    assert_string_equal(kept_ids(r, dump), "23456");
    memset(&err, 0xff, sizeof err);
    assert_int_equal(grl_rules_enable(r, "nope", true, &err), GRL_EINVAL);
    assert_int_equal(err.code, GRL_EINVAL);
    assert_non_null(strstr(err.detail, "nope"));
    assert_int_equal(grl_rules_enable(r, "", true, NULL), GRL_EINVAL);
    grl_rules_free(r);
}

/* Grouped by a label, goroutines of one stack have several signatures. */
static void test_a_signature_takes_its_group(void **state)
{
    static const char text[] =
        "goroutine 1 [select] {k: a}:\nmain.f()\n\t/a.go:1\n\n"
        "goroutine 2 [select] {k: b}:\nmain.f()\n\t/a.go:1\n";
    static const char rule[] =
        "signature:=ba28450ae7081afe7b52313a9e19351a"; /* of k: b */
    struct grl_rules *r = no_rules();
    struct grl_options o;
    struct grl_dumps *d = NULL;

    (void)state;
    add(r, GRL_IGNORE, rule);
    grl_options_init(&o);
    o.group_by = GRL_GROUP_LABEL;
    o.group_label = "k";
    o.rules = r;
    assert_int_equal(grl_dumps_new(&d, &o, NULL), GRL_OK);
    assert_int_equal(grl_dumps_begin(d, "dump", NULL), GRL_OK);
    assert_int_equal(grl_dumps_feed(d, text, sizeof text - 1, NULL), GRL_OK);
    assert_int_equal(grl_dumps_end(d, NULL), GRL_OK);
    assert_int_equal(grl_dumps_get(d, 0)->ignored, 1);
    assert_int_equal(grl_cluster_count(d, 0), 1);
    assert_int_equal(grl_cluster_get(d, 0, 0)->ids[0], 1);
    grl_dumps_free(d);
    grl_rules_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ignore_takes_what_matches),
        cmocka_unit_test(test_only_takes_all_others),
        cmocka_unit_test(test_rules_work_together),
        cmocka_unit_test(test_a_signature_takes_its_stack),
        cmocka_unit_test(test_bad_rules_say_where),
        cmocka_unit_test(test_a_pattern_that_gives_up_fails_the_job),
        cmocka_unit_test(test_rules_are_listed_as_given),
        cmocka_unit_test(test_built_in_rules_have_names_and_switches),
        cmocka_unit_test(test_a_signature_takes_its_group),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
