#include "report/forms.h"
#include "report/json.h"
#include "report/page.h"

static json_t *counts_array(struct json_out *j, const struct grl_finding *f)
{
    json_t *a = json_array();

    for (size_t i = 0; i < f->count_count; i++)
        json_push(j, a, json_count(f->counts[i]));
    return a;
}

static json_t *evidence_array(struct json_out *j, const struct grl_finding *f)
{
    json_t *a = json_array();

    for (size_t i = 0; i < f->evidence_count; i++)
        json_push(j, a, json_text(j, f->evidence[i]));
    return a;
}

json_t *json_finding(struct json_out *j, const struct grl_finding *f)
{
    json_t *o = json_object();

    json_put(j, o, "verdict", json_string(grl_verdict_name(f->verdict)));
    json_put(j, o, "signature", json_text(j, f->cluster->signature));
    json_put(j, o, "counts", counts_array(j, f));
    json_put(j, o, "first", json_count(f->first));
    json_put(j, o, "last", json_count(f->last));
    json_put(j, o, "per_hour", json_number(f->per_hour));
    json_put(j, o, "p_value", json_number(f->p_value));
    json_put(j, o, "survival", json_number(f->survival));
    json_put(j, o, "wait_minutes", json_waits(j, &f->cluster->waits));
    json_put(j, o, "evidence", evidence_array(j, f));
    json_put(j, o, "frames", json_frames(j, f->cluster));
    json_put(j, o, "created_by", json_frame(j, f->cluster->created_by));
    json_put(j, o, "state", json_state(j, f->cluster->state));
    json_put(j, o, "per_dump", json_number(f->per_dump));
    json_put(j, o, "instance", json_text(j, f->instance));
    json_put(j, o, "rms", json_number(f->rms));
    json_put(j, o, "cause", json_words(j, grl_explain_stack(f->cluster)));
    return o;
}

enum grl_status json_trend(const struct grl_report *r,
                           const struct grl_dumps *d, const struct grl_trend *t,
                           struct grl_error *err)
{
    struct sink sink;
    struct json_out j;
    size_t shown = 0;

    sink_init(&sink, r->write, r->user);
    json_begin(&j, &sink, "trend");
    json_dump_list(&j, d);
    json_member(&j, "segments", json_count(grl_trend_segments(t)));
    json_open_array(&j, "findings");
    for (size_t i = 0; i < grl_trend_count(t); i++) {
        const struct grl_finding *f = grl_trend_get(t, i);
        uint64_t most = 0;

        for (size_t k = 0; k < f->count_count; k++)
            most = f->counts[k] > most ? f->counts[k] : most;
        if ((r->all || f->verdict != GRL_STEADY) &&
            page_wants(r, most, shown)) {
            json_element(&j, json_finding(&j, f));
            shown++;
        }
    }
    json_close_array(&j);
    json_member(&j, "instances", json_count(grl_trend_instances(t)));
    return json_end(&j, err);
}
