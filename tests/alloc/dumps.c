/* Reading dumps with rules, labels and ids, when memory runs out. */
#include "support/failing_alloc.h"
#include "support/sweep.h"

static const char *const rules[] = {
    "top:^main\\.nothing$", "any:=main.nothing",  "creator:^net/http\\.",
    "state:=syscall",       "file:nothing\\.go$", "label:^tenant=nobody$",
    "signature:^ffff",
};

static enum grl_status add_rules(struct grl_rules **r, struct grl_error *err)
{
    enum grl_status st = grl_rules_new(r, err);

    if (st == GRL_OK)
        st = grl_rules_add_builtin(*r, err);
    for (size_t i = 0; i < LENGTH(rules) && st == GRL_OK; i++)
        st = grl_rules_add(*r, GRL_IGNORE, rules[i], err);
    if (st == GRL_OK)
        st = grl_rules_add(*r, GRL_ONLY, "state:.", err);
    return st;
}

static void digest_dumps(struct digest *d, const struct grl_dumps *dumps,
                         bool merged)
{
    for (size_t i = 0; i < grl_dumps_count(dumps); i++) {
        const struct grl_dump *dump = grl_dumps_get(dumps, i);

        digest_add_string(d, dump->source);
        digest_add(d, &dump->goroutines, sizeof dump->goroutines);
        digest_add(d, &dump->ignored, sizeof dump->ignored);
        for (size_t k = 0;
             (i == 0 || !merged) && k < grl_cluster_count(dumps, i); k++) {
            const struct grl_cluster *c = grl_cluster_get(dumps, i, k);

            digest_add_string(d, c->signature);
            digest_add(d, &c->count, sizeof c->count);
            digest_add(d, c->ids, c->id_count * sizeof *c->ids);
            digest_add(d, &c->label_count, sizeof c->label_count);
        }
    }
}

static enum grl_status read_paths(const struct grl_options *o,
                                  const char *const *paths, size_t count,
                                  struct digest *d, struct grl_error *err)
{
    struct grl_dumps *dumps = NULL;
    enum grl_status st = grl_dumps_new(&dumps, o, err);

    for (size_t i = 0; i < count && st == GRL_OK; i++)
        st = grl_dumps_read(dumps, paths[i], err);
    if (st == GRL_OK) {
        grl_dumps_sort(dumps, GRL_ORDER_AUTO);
        digest_dumps(d, dumps, o != NULL && o->merge);
    }
    grl_dumps_free(dumps);
    return st;
}

static enum grl_status two_dumps(struct digest *d, struct grl_error *err)
{
    static const char *const paths[] = {"fixtures/cases/108_two_dumps.txt",
                                        "fixtures/cases/41_labels126.txt"};
    struct grl_options o;
    struct grl_rules *r = NULL;
    enum grl_status st = add_rules(&r, err);

    grl_options_init(&o);
    o.rules = r;
    o.keep_ids = true;
    o.lineage = true;
    o.line_prefix = "=";
    o.dump_separator = "^=== dump";
    if (st == GRL_OK)
        st = read_paths(&o, paths, 2, d, err);
    grl_rules_free(r);
    return st;
}

static enum grl_status a_larger_dump(struct digest *d, struct grl_error *err)
{
    static const char *const paths[] = {"fixtures/debug2/labels/go1.26.txt"};

    return read_paths(NULL, paths, 1, d, err);
}

static enum grl_status a_folder(struct digest *d, struct grl_error *err)
{
    static const char *const paths[] = {"fixtures/gccgo/panics"};

    return read_paths(NULL, paths, 1, d, err);
}

static enum grl_status packed_files(struct digest *d, struct grl_error *err)
{
    static const char *const paths[] = {
        "fixtures/packed/dump.txt.gz", "fixtures/packed/pzstd.zst",
        "fixtures/packed/streams.xz", "fixtures/packed/streams.bz2"};

    return read_paths(NULL, paths, LENGTH(paths), d, err);
}

static enum grl_status merged_by_label(struct digest *d, struct grl_error *err)
{
    static const char *const paths[] = {"fixtures/cases/08_labels127.txt",
                                        "fixtures/cases/108_two_dumps.txt"};
    struct grl_options o;

    grl_options_init(&o);
    o.merge = true;
    o.group_by = GRL_GROUP_LABEL;
    o.group_label = "tenant";
    return read_paths(&o, paths, 2, d, err);
}

/* In pieces, so that lines are held. */
static enum grl_status from_memory(struct digest *d, struct grl_error *err)
{
    static const char text[] =
        "goroutine 1 [select] {a: b, \"c d\": \"e\\n\"}:\n"
        "main.f(0x1)\n\t/src/main.go:9 +0x1d\n\n"
        "goroutine 2 [select, 5 minutes]:\n"
        "main.f(0x1)\n\t/src/main.go:9 +0x1d\n\n";
    struct grl_dumps *dumps = NULL;
    enum grl_status st = grl_dumps_new(&dumps, NULL, err);

    if (st == GRL_OK)
        st = grl_dumps_begin(dumps, "memory", err);
    for (size_t at = 0; at < sizeof text - 1 && st == GRL_OK; at += 3) {
        size_t left = sizeof text - 1 - at;

        st = grl_dumps_feed(dumps, text + at, left < 3 ? left : 3, err);
    }
    if (st == GRL_OK)
        st = grl_dumps_end(dumps, err);
    if (st == GRL_OK)
        digest_dumps(d, dumps, false);
    grl_dumps_free(dumps);
    return st;
}

static void test_two_dumps_with_rules(void **state)
{
    (void)state;
    sweep_all(two_dumps, 100, 400); /* PCRE2 can do without its JIT */
}

static void test_a_larger_dump(void **state)
{
    (void)state;
    sweep_all(a_larger_dump, 40, 200); /* packing can be left undone */
}

static void test_a_folder(void **state)
{
    (void)state;
    sweep_all(a_folder, 20, 20);
}

static void test_packed_files(void **state)
{
    (void)state;
    sweep_all(packed_files, 120, 150); /* as with files that are not */
}

static void test_merged_by_label(void **state)
{
    (void)state;
    sweep_all(merged_by_label, 20, 20); /* so can threads and recall */
}

static void test_from_memory(void **state)
{
    (void)state;
    sweep_all(from_memory, 20, 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_dumps_with_rules),
        cmocka_unit_test(test_a_larger_dump),
        cmocka_unit_test(test_a_folder),
        cmocka_unit_test(test_packed_files),
        cmocka_unit_test(test_merged_by_label),
        cmocka_unit_test(test_from_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
