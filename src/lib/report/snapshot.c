/* Snapshots, a line of JSON each: what history export writes, and every command
 * reads again. */
#include "report/forms.h"
#include "report/json.h"

static json_t *all_ids(struct json_out *j, const struct grl_cluster *c)
{
    json_t *ids = json_array();

    for (size_t i = 0; i < c->id_count; i++)
        json_push(j, ids, json_count(c->ids[i]));
    return ids;
}

static void put_cluster(struct json_out *j, const struct grl_cluster *c)
{
    json_t *o = json_object();

    json_put_cluster(j, o, c);
    json_put(j, o, "ids", all_ids(j, c)); /* reports list some */
    json_inline(j, o);
}

enum grl_status snapshot_lines(const struct grl_report *r,
                               const struct grl_dumps *d, struct grl_error *err)
{
    struct sink sink;
    struct json_out j = {.sink = &sink};

    sink_init(&sink, r->write, r->user);
    for (size_t i = 0; i < grl_dumps_count(d); i++) {
        const struct grl_dump *dump = grl_dumps_get(d, i);
        bool named = dump->instance != NULL && dump->instance[0] != '\0';

        sink_puts(&sink, "{\"goroleak\":\"snapshot\",\"schema\":1");
        json_member(&j, "instance",
                    json_text(&j, named                ? dump->instance
                                  : r->process != NULL ? r->process
                                                       : ""));
        json_member(&j, "dump", json_dump_info(&j, dump));
        sink_puts(&sink, ",\"clusters\":[");
        for (size_t k = 0; k < grl_cluster_count(d, i); k++) {
            sink_puts(&sink, k > 0 ? "," : "");
            put_cluster(&j, grl_cluster_get(d, i, k));
        }
        sink_puts(&sink, "]}\n");
    }
    return json_finish(&j, err);
}
