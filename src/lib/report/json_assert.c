#include "report/forms.h"
#include "report/json.h"
#include "report/page.h"

static json_t *tests_of(struct json_out *j, const struct grl_assertion *a,
                        size_t i)
{
    size_t count = 0;
    const struct grl_test_count *t = grl_assert_tests(a, i, &count);
    json_t *list = json_array();

    for (size_t k = 0; k < count; k++) {
        json_t *o = json_object();

        json_put(j, o, "test", json_text(j, t[k].test));
        json_put(j, o, "count", json_count(t[k].count));
        json_push(j, list, o);
    }
    return list;
}

enum grl_status json_assert(const struct grl_report *r,
                            const struct grl_assertion *a,
                            const struct grl_dump *dump, struct grl_error *err)
{
    struct sink sink;
    struct json_out j;
    size_t shown = page_leaks(r, a);

    sink_init(&sink, r->write, r->user);
    json_begin(&j, &sink, "assert");
    json_member(&j, "dump", json_dump_info(&j, dump));
    json_member(&j, "ignored", json_count(grl_assert_ignored(a)));
    json_open_array(&j, "leaks");
    for (size_t i = 0; i < shown; i++) {
        json_t *o = json_object();

        json_put_cluster(&j, o, grl_assert_get(a, i));
        json_put(&j, o, "tests", tests_of(&j, a, i));
        json_element(&j, o);
    }
    json_close_array(&j);
    json_member(&j, "in_baseline", json_count(grl_assert_in_baseline(a)));
    return json_end(&j, err);
}
