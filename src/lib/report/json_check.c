#include "report/forms.h"
#include "report/json.h"

enum grl_status json_check(const struct grl_report *r,
                           const struct grl_news *news, size_t count,
                           struct grl_error *err)
{
    struct sink sink;
    struct json_out j;

    sink_init(&sink, r->write, r->user);
    json_begin(&j, &sink, "check");
    json_open_array(&j, "news");
    for (size_t i = 0; i < count; i++) {
        const struct grl_news *n = &news[i];
        json_t *o = json_object();

        json_put(&j, o, "news", json_text(&j, grl_news_name(n->kind)));
        json_put(&j, o, "instance", json_text(&j, n->instance));
        json_put(&j, o, "signature", json_text(&j, n->told.signature));
        json_put(&j, o, "function", json_text(&j, n->told.name));
        json_put(&j, o, "since", json_time(n->told.since));
        json_put(&j, o, "told_count", json_count(n->told.count));
        json_put(&j, o, "finding",
                 n->finding != NULL ? json_finding(&j, n->finding)
                                    : json_null());
        json_element(&j, o);
    }
    json_close_array(&j);
    return json_end(&j, err);
}
