/* SARIF 2.1.0 (OASIS): a result a leak, with fingerprints, so that code
 * scanning knows an old one again. */
#include "base/xxh.h"
#include "report/forms.h"
#include "report/json.h"
#include "report/page.h"
#include "report/place.h"

#include <inttypes.h>
#include <stdio.h>

static const char schema[] = "https://json.schemastore.org/sarif-2.1.0.json";

/* A URI reference: what a path may hold and a URI may not is escaped. */
static json_t *uri_of(struct json_out *j, const char *path)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        "-._~/!$&'()*+,;=@";
    static const char hex[] = "0123456789ABCDEF";
    char out[3 * 1024 + 8] = "";
    size_t n = 0;

    if (path[0] == '/') {
        memcpy(out, "file://", 7);
        n = 7;
    }
    for (const char *p = path; *p != '\0' && n + 4 < sizeof out; p++) {
        unsigned char c = (unsigned char)*p;

        if (strchr(plain, *p) != NULL) {
            out[n++] = *p;
        } else {
            out[n++] = '%';
            out[n++] = hex[c >> 4];
            out[n++] = hex[c & 15];
        }
    }
    out[n] = '\0';
    return json_text(j, out);
}

static json_t *text_object(struct json_out *j, const char *text)
{
    json_t *o = json_object();

    json_put(j, o, "text", json_text(j, text));
    return o;
}

static json_t *location(struct json_out *j, const struct grl_report *r,
                        const struct grl_frame *f)
{
    json_t *artifact = json_object();
    json_t *region = json_object();
    json_t *physical = json_object();
    json_t *o = json_object();
    char path[1024];

    place_path(r, f, path, sizeof path);
    json_put(j, artifact, "uri", uri_of(j, path));
    json_put(j, region, "startLine", json_count(f->line));
    json_put(j, physical, "artifactLocation", artifact);
    if (f->line > 0)
        json_put(j, physical, "region", region);
    else
        json_decref(region);
    json_put(j, o, "physicalLocation", physical);
    return o;
}

static uint64_t add_hash(uint64_t hash, const char *text)
{
    return XXH3_64bits_withSeed(text, strlen(text) + 1, hash);
}

/* The signature, and under the one name that GitHub's code scanning looks at
 * what of it stays when lines move: else each edit above a leak would close its
 * alert and open a new one. */
static json_t *fingerprints(struct json_out *j, const struct grl_cluster *c)
{
    json_t *o = json_object();
    uint64_t hash = 0;
    char text[20];

    for (size_t i = 0; i < c->frame_count; i++)
        hash = add_hash(hash, c->frames[i]->function);
    if (c->created_by != NULL)
        hash = add_hash(hash, c->created_by->function);
    snprintf(text, sizeof text, "%016" PRIx64, hash);
    json_put(j, o, "goroleakSignature/v1", json_text(j, c->signature));
    json_put(j, o, "primaryLocationLineHash", json_text(j, text));
    return o;
}

static json_t *result(struct json_out *j, const struct grl_report *r,
                      const struct grl_cluster *c)
{
    json_t *o = json_object();
    json_t *locations = json_array();
    char text[1024];

    place_summary(c, text, sizeof text);
    json_put(j, o, "ruleId", json_text(j, "goroutine-leak"));
    json_put(j, o, "level", json_text(j, "error"));
    json_put(j, o, "message", text_object(j, text));
    if (place_of(c) != NULL)
        json_push(j, locations, location(j, r, place_of(c)));
    json_put(j, o, "locations", locations);
    json_put(j, o, "partialFingerprints", fingerprints(j, c));
    return o;
}

static json_t *tool(struct json_out *j)
{
    json_t *o = json_object();
    json_t *driver = json_object();
    json_t *rules = json_array();
    json_t *rule = json_object();

    json_put(j, rule, "id", json_text(j, "goroutine-leak"));
    json_put(
        j, rule, "shortDescription",
        text_object(j, "A goroutine that no rule excuses was still there"));
    json_push(j, rules, rule);
    json_put(j, driver, "name", json_text(j, "goroleak"));
    json_put(j, driver, "version", json_text(j, GRL_VERSION));
    json_put(j, driver, "rules", rules);
    json_put(j, o, "driver", driver);
    return o;
}

/* A run that did not see all: else no result would mean no leak. */
static json_t *invocation(struct json_out *j, const char *doubt)
{
    json_t *o = json_object();
    json_t *notes = json_array();
    json_t *note = json_object();

    json_put(j, note, "level", json_text(j, "error"));
    json_put(j, note, "message", text_object(j, doubt));
    json_push(j, notes, note);
    json_put(j, o, "executionSuccessful", json_false());
    json_put(j, o, "toolExecutionNotifications", notes);
    return o;
}

static json_t *run_of(struct json_out *j, const struct grl_report *r,
                      const struct grl_assertion *a,
                      const struct grl_dump *dump)
{
    json_t *run = json_object();
    json_t *results = json_array();
    json_t *invocations = NULL;
    size_t shown = page_leaks(r, a);
    const char *doubt = place_doubt(a, dump, shown);

    for (size_t i = 0; i < shown; i++)
        json_push(j, results, result(j, r, grl_assert_get(a, i)));
    json_put(j, run, "tool", tool(j));
    if (doubt != NULL) {
        invocations = json_array();
        json_push(j, invocations, invocation(j, doubt));
        json_put(j, run, "invocations", invocations);
    }
    json_put(j, run, "results", results);
    return run;
}

enum grl_status sarif_assert(const struct grl_report *r,
                             const struct grl_assertion *a,
                             const struct grl_dump *dump, struct grl_error *err)
{
    struct sink sink;
    struct json_out j = {.sink = &sink};
    json_t *root = json_object();
    json_t *runs = json_array();

    json_push(&j, runs, run_of(&j, r, a, dump));
    json_put(&j, root, "$schema", json_text(&j, schema));
    json_put(&j, root, "version", json_text(&j, "2.1.0"));
    json_put(&j, root, "runs", runs);
    sink_init(&sink, r->write, r->user);
    return json_whole(&j, root, err);
}
