/* The parser alone, when memory runs out. */
#include "support/failing_alloc.h"
#include "support/sweep.h"

static const char text[] =
    "panic: boom\n\n"
    "goroutine 1 [running]:\n"
    "main.main()\n\t/src/main.go:9 +0x1d\n\n"
    "goroutine 18 [chan send (leaked), 35 minutes] {tenant: acme}:\n"
    "time.Sleep(0x1)\n\t/go/src/runtime/time.go:195 +0x125\n"
    "gopkg.in/yaml%2ev3.(*T).M(...)\n\tgopkg.in/yaml.v3@v3.0.1/y.go:12\n"
    "...7 frames elided...\n"
    "created by main.main in goroutine 17\n\t/src/main.go:19 +0x8f\n\n"
    "goroutine 4 [select]:\n"
    "non-Go function at pc=0x1\n"
    "main.cut(0x1)\n"
    "main.cut2(0x1, 0x2,\n\n"
    "api | goroutine 5 [select]:\n"
    "api | main.f()\n"
    "api | \t/src/main.go:3\n"
    "what is this\n"
    "goroutine 1 [running]:\n"
    "main.main()\n\t/src/main.go:9 +0x1d\n"
    "created by main.x\n";

static enum grl_status on_goroutine(void *user, const struct grl_goroutine *g)
{
    struct digest *d = user;

    digest_add(d, &g->id, sizeof g->id);
    digest_add(d, g->state.ptr, g->state.len);
    digest_add(d, g->labels.ptr, g->labels.len);
    for (size_t i = 0; i < g->frame_count; i++) {
        digest_add_string(d, g->frames[i]->function);
        digest_add_string(d, g->frames[i]->file);
    }
    if (g->created_by != NULL)
        digest_add_string(d, g->created_by->function);
    return GRL_OK;
}

static enum grl_status on_dump(void *user, const char *form)
{
    digest_add_string(user, form);
    return GRL_OK;
}

static enum grl_status parse(struct digest *d, struct grl_error *err,
                             size_t chunk)
{
    static const struct grl_parser_events events = {on_goroutine, on_dump,
                                                    NULL};
    struct grl_parser *p = NULL;
    enum grl_status st = grl_parser_new(&p, &events, d, err);

    for (size_t at = 0; at < sizeof text - 1 && st == GRL_OK; at += chunk) {
        size_t left = sizeof text - 1 - at;

        st = grl_parser_feed(p, text + at, left < chunk ? left : chunk, err);
    }
    if (st == GRL_OK)
        st = grl_parser_finish(p, err);
    grl_parser_free(p);
    return st;
}

static enum grl_status whole(struct digest *d, struct grl_error *err)
{
    return parse(d, err, sizeof text);
}

static enum grl_status in_pieces(struct digest *d, struct grl_error *err)
{
    return parse(d, err, 7);
}

static void test_a_whole_input(void **state)
{
    (void)state;
    sweep_all(whole, 5, 2); /* goroutines can be read one by one */
}

static void test_an_input_in_pieces(void **state)
{
    (void)state;
    sweep_all(in_pieces, 10, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_whole_input),
        cmocka_unit_test(test_an_input_in_pieces),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
