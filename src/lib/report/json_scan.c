#include "report/forms.h"
#include "report/json.h"
#include "report/page.h"

enum grl_status json_scan(const struct grl_report *r, const struct grl_dumps *d,
                          struct grl_error *err)
{
    struct sink sink;
    struct json_out j;
    size_t clusters = grl_dumps_count(d) > 0 ? grl_cluster_count(d, 0) : 0;
    size_t shown = 0;

    sink_init(&sink, r->write, r->user);
    json_begin(&j, &sink, "scan");
    json_dump_list(&j, d);
    json_open_array(&j, "clusters");
    for (size_t i = 0; i < clusters; i++) {
        const struct grl_cluster *c = grl_cluster_get(d, 0, i);
        json_t *o = NULL;

        if (!page_wants(r, c->count, shown))
            break; /* sorted: none that follows is larger */
        o = json_object();
        json_put_cluster(&j, o, c);
        json_element(&j, o);
        shown++;
    }
    json_close_array(&j);
    return json_end(&j, err);
}
