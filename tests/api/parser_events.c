/* What the parser tells, what it counts, and how it is stopped. */
#include <goroleak.h>

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Everything of one goroutine, as it was when the callback saw it. */
struct copy {
    struct grl_goroutine g;
    char state[64];
    char labels[64];
    char stack[400];
};

struct seen {
    struct copy list[8];
    size_t count;
    char forms[100];
    char damage[400];
    size_t stop_at; /* goroutine or, with stop_dumps, dump to stop at; from 1 */
    bool stop_dumps;
    size_t dumps;
    enum grl_status answer;
    struct grl_memory memory;
};

static void copy_text(char *out, size_t size, struct grl_text t)
{
    assert_true(t.len < size);
    memcpy(out, t.ptr, t.len);
    out[t.len] = '\0';
}

static enum grl_status on_goroutine(void *user, const struct grl_goroutine *g)
{
    struct seen *s = user;
    struct copy *c = &s->list[s->count++];
    size_t n = 0;

    assert_true(s->count <= sizeof s->list / sizeof s->list[0]);
    c->g = *g;
    copy_text(c->state, sizeof c->state, g->state);
    copy_text(c->labels, sizeof c->labels, g->labels);
    for (size_t i = 0; i < g->frame_count && i < 4; i++)
        n += (size_t)snprintf(c->stack + n, sizeof c->stack - n,
                              "%s|%s|%" PRIu32 "%s;", g->frames[i]->function,
                              g->frames[i]->file, g->frames[i]->line,
                              g->frames[i]->stdlib ? "|std" : "");
    if (g->created_by != NULL)
        snprintf(c->stack + n, sizeof c->stack - n, "by %s|%s|%" PRIu32,
                 g->created_by->function, g->created_by->file,
                 g->created_by->line);
    return !s->stop_dumps && s->count == s->stop_at ? s->answer : GRL_OK;
}

static enum grl_status on_dump(void *user, const char *form)
{
    struct seen *s = user;
    size_t n = strlen(s->forms);

    snprintf(s->forms + n, sizeof s->forms - n, "%s@%zu ", form, s->count);
    return s->stop_dumps && ++s->dumps == s->stop_at ? s->answer : GRL_OK;
}

static void on_damage(void *user, uint64_t line, const char *what)
{
    struct seen *s = user;
    size_t n = strlen(s->damage);

    snprintf(s->damage + n, sizeof s->damage - n, "%" PRIu64 ": %s; ", line,
             what);
}

static enum grl_status on_memory(void *user, const struct grl_memory *m)
{
    struct seen *s = user;

    s->memory = *m;
    return s->answer;
}

static const struct grl_parser_events all = {on_goroutine, on_dump, on_damage,
                                             on_memory};

/* Feed TEXT; what feed or finish answers. */
static enum grl_status parse(const struct grl_parser_events *events,
                             struct seen *s, const char *text,
                             struct grl_parser_stats *stats,
                             struct grl_error *err)
{
    struct grl_parser *p = NULL;
    enum grl_status st = GRL_OK;

    assert_int_equal(grl_parser_new(&p, events, s, NULL), GRL_OK);
    st = grl_parser_feed(p, text, strlen(text), err);
    if (st == GRL_OK)
        st = grl_parser_finish(p, err);
    if (stats != NULL)
        *stats = *grl_parser_stats(p);
    grl_parser_free(p);
    return st;
}

static const char rich[] =
    "goroutine 1 [running]:\n"
    "main.main()\n\t/src/main.go:9 +0x1d\n\n"
    "goroutine 18446744073709551615 [chan send (leaked), 35 minutes, locked to "
    "thread] {tenant: acme}:\n"
    "time.Sleep(0x1)\n\t/go/src/runtime/time.go:195 +0x125\n"
    "gopkg.in/yaml%2ev3.(*T).M(...)\n\tgopkg.in/yaml.v3@v3.0.1/y.go:12\n"
    "...7 frames elided...\n"
    "created by main.main in goroutine 17\n\t/src/main.go:19 +0x8f\n\n"
    "goroutine 4 [select (durable), synctest bubble 1]:\n"
    "\tgoroutine running on other thread; stack unavailable\n";

static void test_everything_of_a_goroutine_is_told(void **state)
{
    struct seen s = {.count = 0};

    (void)state;
    assert_int_equal(parse(&all, &s, rich, NULL, NULL), GRL_OK);
    assert_int_equal(s.count, 3);
    assert_true(s.list[1].g.id == UINT64_MAX);
    assert_string_equal(s.list[1].state, "chan send");
    assert_string_equal(s.list[1].labels, "tenant: acme");
    assert_int_equal(s.list[1].g.wait_minutes, 35);
    assert_int_equal(s.list[1].g.parent, 17);
    assert_int_equal(s.list[1].g.line, 5);
    assert_true(s.list[1].g.locked);
    assert_true(s.list[1].g.leaked);
    assert_true(s.list[1].g.elided);
    assert_false(s.list[1].g.cut);
    assert_false(s.list[1].g.durable);
    assert_string_equal(s.list[1].stack,
                        "time.Sleep|/go/src/runtime/time.go|195|std;"
                        "gopkg.in/yaml.v3.(*T).M|gopkg.in/yaml.v3@v3.0.1/"
                        "y.go|12;by main.main|/src/main.go|19");
    assert_true(s.list[2].g.durable);
    assert_true(s.list[2].g.unavailable);
    assert_int_equal(s.list[2].g.frame_count, 0);
    assert_int_equal(s.list[2].g.wait_minutes, -1);
    assert_int_equal(s.list[2].g.parent, 0);
    assert_null(s.list[2].g.created_by);
}

static void test_the_first_running_one_took_the_dump(void **state)
{
    static const char by_signal[] = "SIGQUIT: quit\n\n"
                                    "goroutine 1 [running]:\n"
                                    "main.main()\n\t/src/main.go:9 +0x1d\n";
    struct seen s = {.count = 0};

    (void)state;
    assert_int_equal(parse(&all, &s, rich, NULL, NULL), GRL_OK);
    assert_true(s.list[0].g.observer);
    assert_false(s.list[1].g.observer);
    memset(&s, 0, sizeof s);
    assert_int_equal(parse(&all, &s, by_signal, NULL, NULL), GRL_OK);
    assert_false(s.list[0].g.observer);
}

#define ONE(id, state)                                                         \
    "goroutine " id " [" state "]:\nmain.f(0x1)\n\t/src/main.go:9 +0x1d\n\n"

static void test_dumps_are_announced_before_their_goroutines(void **state)
{
    static const char *const rows[][2] = {
        {ONE("1", "running") ONE("2", "select"), "debug2@0 "},
        {"panic: boom\n\n" ONE("1", "running"), "panic@0 "},
        {"fatal error: deadlock\n\n" ONE("1", "select"), "panic@0 "},
        {"panic: test timed out after 2s\n\n" ONE("1", "running"),
         "timeout@0 "},
        {"SIGQUIT: quit\nPC=0x1 m=0\n\n" ONE("1", "running"), "sigquit@0 "},
        /* an id again: the next dump */
        {ONE("1", "running") ONE("2", "select") ONE("1", "running"),
         "debug2@0 debug2@2 "},
        {ONE("1", "running") "panic: boom\n\n" ONE("1", "running"),
         "debug2@0 panic@1 "},
        {"no dump at all\n", ""},
        {"", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct seen s = {.count = 0};

        assert_int_equal(parse(&all, &s, rows[i][0], NULL, NULL), GRL_OK);
        assert_string_equal(s.forms, rows[i][1]);
    }
}

static void test_any_answer_but_ok_stops(void **state)
{
    static const enum grl_status answers[] = {GRL_ENOMEM, GRL_EIO, GRL_ELIMIT,
                                              GRL_EPATTERN, GRL_EINVAL};

    (void)state;
    for (size_t at = 1; at <= 3; at++)
        for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
            struct seen s = {.stop_at = at, .answer = answers[i]};
            struct grl_error err;

            memset(&err, 0xff, sizeof err);
            assert_int_equal(parse(&all, &s, rich, NULL, &err), answers[i]);
            assert_int_equal(s.count, at);
            assert_int_equal(err.code, answers[i]);
            assert_non_null(err.what);
            assert_int_equal(err.sys, 0);
            assert_string_equal(err.detail, "");
        }
}

static void test_a_dump_can_be_refused(void **state)
{
    struct seen s = {.stop_at = 2, .stop_dumps = true, .answer = GRL_ELIMIT};

    (void)state;
    assert_int_equal(parse(&all, &s,
                           ONE("1", "running") ONE("1", "running")
                               ONE("2", "select"),
                           NULL, NULL),
                     GRL_ELIMIT);
    assert_int_equal(s.count, 1); /* none of the second dump */
}

static void test_callbacks_may_be_missing(void **state)
{
    static const struct grl_parser_events some[] = {
        {NULL, NULL, NULL, NULL},      {on_goroutine, NULL, NULL, NULL},
        {NULL, on_dump, NULL, NULL},   {NULL, NULL, on_damage, NULL},
        {NULL, NULL, NULL, on_memory},
    };

    (void)state;
    for (size_t i = 0; i < sizeof some / sizeof some[0]; i++) {
        struct seen s = {.count = 0};
        struct grl_parser_stats stats;

        assert_int_equal(parse(&some[i], &s, rich, &stats, NULL), GRL_OK);
        assert_int_equal(stats.goroutines, 3);
        assert_int_equal(s.count, some[i].goroutine != NULL ? 3 : 0);
    }
}

static void test_events_are_copied(void **state)
{
    struct grl_parser_events events = all;
    struct seen s = {.count = 0};
    struct grl_parser *p = NULL;

    (void)state;
    assert_int_equal(grl_parser_new(&p, &events, &s, NULL), GRL_OK);
    memset(&events, 0, sizeof events);
    assert_int_equal(grl_parser_feed(p, rich, sizeof rich - 1, NULL), GRL_OK);
    assert_int_equal(grl_parser_finish(p, NULL), GRL_OK);
    assert_int_equal(s.count, 3);
    grl_parser_free(p);
}

static void test_damage_is_told_and_counted(void **state)
{
    static const char *const told[] = {
        "2: call without a position;",
        "5: line fits no known form;",
        "9: goroutine header is cut or out of range;",
        "13: goroutine without a stack;",
        "16: call without a position;",
        "17: the last line is cut;",
    };
    struct seen s = {.count = 0};
    struct grl_parser_stats stats;

    (void)state;
    assert_int_equal(parse(&all, &s,
                           "goroutine 1 [running]:\n"
                           "main.f(0x1)\n"
                           "main.g(0x1)\n\t/src/main.go:9 +0x1d\n"
                           "what is this?\n"
                           "main.h(0x1)\n\t/src/main.go:9 +0x1d\n\n"
                           "goroutine 99999999999999999999 [select]:\n"
                           "main.f(0x1)\n\t/src/main.go:9 +0x1d\n\n"
                           "goroutine 3 [select]:\n\n"
                           "goroutine 4 [select]:\nmain.f(0x1)\n\t/src/m",
                           &stats, NULL),
                     GRL_OK);
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++)
        if (strstr(s.damage, told[i]) == NULL)
            fail_msg("\"%s\" is not told in: %s", told[i], s.damage);
    assert_int_equal(stats.lines, 17);
    assert_int_equal(stats.goroutines, 3);
    assert_int_equal(stats.damaged, 3);
    assert_true(stats.truncated);
    assert_true(s.list[0].g.cut);
    assert_int_equal(s.list[0].g.frame_count, 3);
}

static void test_lines_past_the_limit_are_counted(void **state)
{
    size_t len = 2 * 1024 * 1024;
    char *line = malloc(len);
    struct grl_parser *p = NULL;

    (void)state;
    assert_non_null(line);
    memset(line, 'x', len);
    assert_int_equal(grl_parser_new(&p, &all, NULL, NULL), GRL_OK);
    assert_int_equal(grl_parser_feed(p, line, len, NULL), GRL_OK);
    assert_int_equal(grl_parser_feed(p, "\nx\n", 3, NULL), GRL_OK);
    assert_int_equal(grl_parser_finish(p, NULL), GRL_OK);
    assert_int_equal(grl_parser_stats(p)->long_lines, 1);
    assert_int_equal(grl_parser_stats(p)->lines, 2);
    grl_parser_free(p);
    free(line);
}

static void test_small_things(void **state)
{
    struct grl_parser *p = NULL;

    (void)state;
    assert_string_equal(grl_version(), GRL_VERSION);
    assert_int_equal(grl_parser_new(&p, &all, NULL, NULL), GRL_OK);
    assert_int_equal(grl_parser_feed(p, "", 0, NULL), GRL_OK);
    assert_int_equal(grl_parser_finish(p, NULL), GRL_OK);
    assert_int_equal(grl_parser_stats(p)->lines, 0);
    assert_false(grl_parser_stats(p)->truncated);
    grl_parser_free(p);
    grl_parser_free(NULL);
}

static void test_memory_is_told_when_a_heap_profile_ends(void **state)
{
    static const char text[] =
        "heap profile: 1: 64 [1: 64] @ heap/1048576\n"
        "1: 64 [1: 64] @ 0x43a356\n#\t0x43a355\tmain.f+0x35\t/m.go:10\n\n"
        "# runtime.MemStats\n# Sys = 4\n# HeapInuse = 2\n# Stack = 3 / 9\n"
        "# NumGC = 5\n";
    struct seen s = {.answer = GRL_OK};
    struct grl_parser_stats stats;

    (void)state;
    assert_int_equal(parse(&all, &s, text, &stats, NULL), GRL_OK);
    assert_int_equal(stats.goroutines, 0);
    assert_string_equal(s.forms, "");
    assert_int_equal(s.memory.heap_inuse, 2);
    assert_int_equal(s.memory.stack_inuse, 3);
    assert_int_equal(s.memory.sys, 4);
    assert_int_equal(s.memory.num_gc, 5);
    s = (struct seen){.answer = GRL_EINVAL};
    assert_int_equal(parse(&all, &s, text, NULL, NULL), GRL_EINVAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory_is_told_when_a_heap_profile_ends),
        cmocka_unit_test(test_everything_of_a_goroutine_is_told),
        cmocka_unit_test(test_the_first_running_one_took_the_dump),
        cmocka_unit_test(test_dumps_are_announced_before_their_goroutines),
        cmocka_unit_test(test_any_answer_but_ok_stops),
        cmocka_unit_test(test_a_dump_can_be_refused),
        cmocka_unit_test(test_callbacks_may_be_missing),
        cmocka_unit_test(test_events_are_copied),
        cmocka_unit_test(test_damage_is_told_and_counted),
        cmocka_unit_test(test_lines_past_the_limit_are_counted),
        cmocka_unit_test(test_small_things),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
