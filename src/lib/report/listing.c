#include "report/listing.h"

#include "report/moment.h"

#include <inttypes.h>
#include <string.h>

void listing_begin(struct listing *l, const struct grl_report *r,
                   const char *command, const char *name)
{
    sink_init(&l->sink, r->write, r->user);
    l->is_json = r->format == GRL_JSON;
    if (!l->is_json)
        return;
    json_begin(&l->json, &l->sink, command);
    json_open_array(&l->json, name);
}

enum grl_status listing_end(struct listing *l, struct grl_error *err)
{
    if (!l->is_json)
        return sink_finish(&l->sink, err);
    json_close_array(&l->json);
    return json_end(&l->json, err);
}

static void put_time(struct sink *s, int64_t time)
{
    char text[MOMENT_BYTES] = "?";

    moment_exact(text, time);
    sink_printf(s, "%s  ", text);
}

static void put_name(struct sink *s, const char *instance)
{
    if (instance[0] == '\0')
        sink_puts(s, "(no name)");
    else
        sink_safe(s, text_of(instance));
}

static void text_instance(struct sink *s, const struct grl_history_instance *i)
{
    put_time(s, i->first);
    put_time(s, i->last);
    sink_printf(s, "%6" PRIu64 " %s  %8.1f KiB  ", i->snapshots,
                i->snapshots == 1 ? "snapshot " : "snapshots",
                (double)i->bytes / 1024);
    put_name(s, i->name);
    if (i->gaps > 0)
        sink_printf(s, "  %" PRIu64 " %s", i->gaps,
                    i->gaps == 1 ? "gap" : "gaps");
    sink_puts(s, "\n");
}

static void json_instance(struct json_out *j,
                          const struct grl_history_instance *i)
{
    json_t *o = json_object();

    json_put(j, o, "instance", json_text(j, i->name));
    json_put(j, o, "snapshots", json_count(i->snapshots));
    json_put(j, o, "first", json_time(i->first));
    json_put(j, o, "last", json_time(i->last));
    json_put(j, o, "bytes", json_count(i->bytes));
    json_put(j, o, "gaps", json_count(i->gaps));
    json_element(j, o);
}

void listing_instance(void *filter, const struct grl_history_instance *i)
{
    const struct listing_filter *f = filter;

    if (f->only[0] != '\0' && strcmp(f->only, i->name) != 0)
        return;
    if (f->listing->is_json)
        json_instance(&f->listing->json, i);
    else
        text_instance(&f->listing->sink, i);
}

static void text_snapshot(struct sink *s, const struct listing_snapshot *one)
{
    sink_printf(s, "%6" PRId64 "  ", one->number);
    put_time(s, one->time);
    sink_printf(s, "%8" PRIu64 " %s  ", one->goroutines,
                one->goroutines == 1 ? "goroutine " : "goroutines");
    put_name(s, one->instance);
    sink_puts(s, "  ");
    sink_safe(s, text_of(one->source));
    sink_puts(s, one->truncated ? "  cut\n" : "\n");
}

static void json_snapshot(struct json_out *j,
                          const struct listing_snapshot *one)
{
    json_t *o = json_object();

    json_put(j, o, "number", json_integer(one->number));
    json_put(j, o, "instance", json_text(j, one->instance));
    json_put(j, o, "time", json_time(one->time));
    json_put(j, o, "source", json_text(j, one->source));
    json_put(j, o, "form", json_text(j, one->form));
    json_put(j, o, "goroutines", json_count(one->goroutines));
    json_put(j, o, "truncated", json_boolean(one->truncated));
    json_element(j, o);
}

void listing_snapshot(struct listing *l, const struct listing_snapshot *s)
{
    if (l->is_json)
        json_snapshot(&l->json, s);
    else
        text_snapshot(&l->sink, s);
}

static void text_silence(struct sink *s, const struct listing_silence *one)
{
    sink_printf(s, "%-32s  ", one->signature);
    if (one->until == INT64_MAX) {
        sink_printf(s, "%-32s ", "for ever");
    } else {
        sink_puts(s, one->over ? "was until  " : "until      ");
        put_time(s, one->until);
    }
    sink_safe(s, text_of(one->function != NULL ? one->function : "(not told)"));
    sink_puts(s, one->why[0] != '\0' ? ": " : "");
    sink_safe(s, text_of(one->why));
    sink_puts(s, "\n");
}

static void json_silence(struct json_out *j, const struct listing_silence *one)
{
    json_t *o = json_object();

    json_put(j, o, "signature", json_text(j, one->signature));
    json_put(j, o, "until",
             json_time(one->until == INT64_MAX ? GRL_NO_TIME : one->until));
    json_put(j, o, "over", json_boolean(one->over));
    json_put(j, o, "function",
             one->function != NULL ? json_text(j, one->function) : json_null());
    json_put(j, o, "why", json_text(j, one->why));
    json_element(j, o);
}

void listing_silence(struct listing *l, const struct listing_silence *s)
{
    if (l->is_json)
        json_silence(&l->json, s);
    else
        text_silence(&l->sink, s);
}
