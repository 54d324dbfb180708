#include "report/forms.h"
#include "report/json.h"
#include "report/page.h"

static const char *change_name(enum grl_change_kind kind)
{
    switch (kind) {
    case GRL_NEW:
        return "new";
    case GRL_GONE:
        return "gone";
    case GRL_GREW:
        return "grew";
    case GRL_SHRANK:
        return "shrank";
    case GRL_SAME:
        return "same";
    }
    return "unknown";
}

static json_t *change_object(struct json_out *j, const struct grl_change *c)
{
    json_t *o = json_object();

    json_put(j, o, "change", json_string(change_name(c->kind)));
    json_put(j, o, "before", json_count(c->before));
    json_put(j, o, "after", json_count(c->after));
    json_put(j, o, "delta", json_integer(c->delta));
    json_put(j, o, "survivors",
             c->survivors >= 0 ? json_integer(c->survivors) : json_null());
    json_put_cluster(j, o, c->cluster);
    return o;
}

enum grl_status json_diff(const struct grl_report *r, const struct grl_diff *f,
                          const struct grl_dump *before,
                          const struct grl_dump *after, struct grl_error *err)
{
    struct sink sink;
    struct json_out j;
    size_t shown = 0;

    sink_init(&sink, r->write, r->user);
    json_begin(&j, &sink, "diff");
    json_member(&j, "before", json_dump_info(&j, before));
    json_member(&j, "after", json_dump_info(&j, after));
    json_open_array(&j, "changes");
    for (size_t i = 0; i < grl_diff_count(f); i++) {
        const struct grl_change *c = grl_diff_get(f, i);
        uint64_t larger = c->before > c->after ? c->before : c->after;

        if (page_wants(r, larger, shown)) {
            json_element(&j, change_object(&j, c));
            shown++;
        }
    }
    json_close_array(&j);
    json_member(&j, "restarted", json_boolean(grl_diff_restarted(f)));
    return json_end(&j, err);
}
