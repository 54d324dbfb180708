#include "report/json.h"

#include "base/error.h"
#include "base/grow.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "report/moment.h"

#include <math.h>
#include <stdlib.h>

void json_put(struct json_out *j, json_t *object, const char *key,
              json_t *value)
{
    if (json_object_set_new_nocheck(object, key, value) != 0)
        j->lost = true;
}

void json_push(struct json_out *j, json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) != 0)
        j->lost = true;
}

json_t *json_words(struct json_out *j, const char *words)
{
    return words != NULL ? json_text(j, words) : json_null();
}

/* A copy of T with U+FFFD for every byte that is no UTF-8; NULL: no memory. */
static char *valid_copy(struct grl_text t, size_t *len)
{
    char *copy = malloc(t.len * 3 + 1);
    size_t n = 0;

    while (copy != NULL && t.len > 0) {
        size_t step = utf8_plain(t);
        bool valid = step > 0 || utf8_next(t, &step) >= 0;

        memcpy(copy + n, valid ? t.ptr : "\xef\xbf\xbd", valid ? step : 3);
        n += valid ? step : 3;
        t = text_sub(t, step, t.len);
    }
    *len = n;
    return copy;
}

json_t *json_state(struct json_out *j, const char *state)
{
    return state[0] != '\0' ? json_text(j, state) : json_null();
}

json_t *json_text(struct json_out *j, const char *text)
{
    size_t len = 0;
    char *copy = valid_copy(text_of(text), &len);
    json_t *value = copy != NULL ? json_stringn_nocheck(copy, len) : NULL;

    j->lost = j->lost || value == NULL;
    free(copy);
    return value;
}

json_t *json_count(uint64_t n)
{
    return json_integer(n > INT64_MAX ? INT64_MAX : (json_int_t)n);
}

json_t *json_number(double x)
{
    return isfinite(x) ? json_real(x) : json_null();
}

/* jansson escapes what JSON asks for; a terminal asks for more: DEL, C1 and
 * what reorders text.  Such bytes stand nowhere but in strings. */
static void write_text(struct sink *sink, struct grl_text t)
{
    while (t.len > 0) {
        size_t n = utf8_plain(t);
        int32_t code = n > 0 ? ' ' : utf8_next(t, &n);

        if (code >= 0x7f && utf8_is_control(code))
            sink_printf(sink, "\\u%04x", (unsigned)code);
        else
            sink_text(sink, text_sub(t, 0, n));
        t = text_sub(t, n, t.len);
    }
}

/* jansson calls for each quote and comma.  It goes on where this fails, so that
 * what is lost is told apart: json_dumps() would give half a value. */
static int gather(const char *bytes, size_t len, void *user)
{
    struct json_out *j = user;

    if (j->lost || !GROW(j->text, j->capacity, j->len + len)) {
        j->lost = true;
        return -1;
    }
    memcpy(j->text + j->len, bytes, len);
    j->len += len;
    return 0;
}

static void write_value(struct json_out *j, json_t *value)
{
    const size_t flags = JSON_COMPACT | JSON_ENCODE_ANY |
                         JSON_REAL_PRECISION(6);

    j->len = 0;
    if (value == NULL || json_dump_callback(value, gather, j, flags) != 0)
        j->lost = true;
    if (!j->lost)
        write_text(j->sink, (struct grl_text){j->text, j->len});
    json_decref(value);
}

void json_inline(struct json_out *j, json_t *value)
{
    write_value(j, value);
}

void json_element(struct json_out *j, json_t *value)
{
    if (j->comma)
        sink_puts(j->sink, ",");
    sink_puts(j->sink, "\n");
    j->comma = true;
    write_value(j, value);
}

void json_open_array(struct json_out *j, const char *key)
{
    sink_printf(j->sink, ",\"%s\":[", key);
    j->comma = false;
}

void json_close_array(struct json_out *j)
{
    sink_puts(j->sink, "]");
}

void json_begin(struct json_out *j, struct sink *s, const char *command)
{
    *j = (struct json_out){.sink = s};
    sink_printf(s, "{\"schema\":%d,\"command\":\"%s\"", JSON_SCHEMA, command);
}

enum grl_status json_finish(struct json_out *j, struct grl_error *err)
{
    free(j->text);
    j->text = NULL;
    return j->lost ? fail_memory(err) : sink_finish(j->sink, err);
}

enum grl_status json_end(struct json_out *j, struct grl_error *err)
{
    sink_puts(j->sink, "}\n");
    return json_finish(j, err);
}

enum grl_status json_whole(struct json_out *j, json_t *root,
                           struct grl_error *err)
{
    write_value(j, root);
    sink_puts(j->sink, "\n");
    return json_finish(j, err);
}

void json_member(struct json_out *j, const char *key, json_t *value)
{
    sink_printf(j->sink, ",\"%s\":", key);
    write_value(j, value);
}

json_t *json_frame(struct json_out *j, const struct grl_frame *f)
{
    json_t *o = NULL;

    if (f == NULL)
        return json_null();
    o = json_object();
    json_put(j, o, "function", json_text(j, f->function));
    json_put(j, o, "file", json_text(j, f->file));
    json_put(j, o, "line", json_count(f->line));
    return o;
}

json_t *json_frames(struct json_out *j, const struct grl_cluster *c)
{
    json_t *a = json_array();

    for (size_t i = 0; i < c->frame_count; i++)
        json_push(j, a, json_frame(j, c->frames[i]));
    return a;
}

json_t *json_waits(struct json_out *j, const struct grl_waits *w)
{
    json_t *o = NULL;

    if (w->known == 0)
        return json_null();
    o = json_object();
    json_put(j, o, "min", json_integer(w->min));
    json_put(j, o, "median", json_integer(w->median));
    json_put(j, o, "max", json_integer(w->max));
    return o;
}

json_t *json_time(int64_t seconds)
{
    char text[MOMENT_BYTES];

    return moment_exact(text, seconds) ? json_string(text) : json_null();
}

static json_t *json_memory(struct json_out *j, const struct grl_memory *m)
{
    json_t *o = m != NULL ? json_object() : json_null();

    if (m == NULL)
        return o;
    json_put(j, o, "heap_inuse", json_count(m->heap_inuse));
    json_put(j, o, "stack_inuse", json_count(m->stack_inuse));
    json_put(j, o, "sys", json_count(m->sys));
    json_put(j, o, "num_gc", json_count(m->num_gc));
    return o;
}

json_t *json_dump_info(struct json_out *j, const struct grl_dump *d)
{
    json_t *o = json_object();

    json_put(j, o, "source", json_text(j, d->source));
    json_put(j, o, "index", json_count(d->index));
    json_put(j, o, "time", json_time(d->time));
    json_put(j, o, "form", json_text(j, d->form));
    json_put(j, o, "goroutines", json_count(d->goroutines));
    json_put(j, o, "clusters", json_count(d->clusters));
    json_put(j, o, "truncated", json_boolean(d->truncated));
    json_put(j, o, "damaged", json_count(d->damaged));
    json_put(j, o, "skipped_lines", json_count(d->skipped_lines));
    json_put(j, o, "ignored", json_count(d->ignored));
    json_put(j, o, "repeated", json_count(d->repeated));
    json_put(j, o, "memory", json_memory(j, d->memory));
    return o;
}

void json_dump_list(struct json_out *j, const struct grl_dumps *d)
{
    json_open_array(j, "dumps");
    for (size_t i = 0; d != NULL && i < grl_dumps_count(d); i++)
        json_element(j, json_dump_info(j, grl_dumps_get(d, i)));
    json_close_array(j);
}

static json_t *json_ids(struct json_out *j, const struct grl_cluster *c)
{
    json_t *a = json_array();

    for (size_t i = 0; i < c->id_count && i < LIMIT_LISTED_IDS; i++)
        json_push(j, a, json_count(c->ids[i]));
    return a;
}

/* The values of KEY on O, made when new; keys that differ only in bytes that
 * are no UTF-8 are one. */
static json_t *label_values(struct json_out *j, json_t *o, const json_t *key)
{
    const char *name = key != NULL ? json_string_value(key) : "";
    json_t *values = json_object_get(o, name);

    if (values == NULL)
        json_put(j, o, name, json_object());
    return json_object_get(o, name); /* NULL when memory ran out */
}

/* Values that differ only in bytes that are no UTF-8 add up. */
static void add_label(struct json_out *j, json_t *values, const char *value,
                      uint64_t count)
{
    json_int_t before = json_integer_value(json_object_get(values, value));

    json_put(j, values, value, json_count(count + (uint64_t)before));
}

static json_t *json_labels(struct json_out *j, const struct grl_cluster *c)
{
    json_t *o = json_object();
    json_t *values = NULL;

    for (size_t i = 0; i < c->label_count; i++) {
        const struct grl_label_count *l = &c->labels[i];
        json_t *key = json_text(j, l->key);
        json_t *value = json_text(j, l->value);

        if (i == 0 || l->key != c->labels[i - 1].key)
            values = label_values(j, o, key);
        add_label(j, values, value != NULL ? json_string_value(value) : "",
                  l->count);
        json_decref(key);
        json_decref(value);
    }
    return o;
}

static json_t *json_states(struct json_out *j, const struct grl_cluster *c)
{
    json_t *o = json_object();

    for (size_t i = 0; i < c->state_count; i++) {
        json_t *state = json_text(j, c->states[i].state);

        json_put(j, o, state != NULL ? json_string_value(state) : "",
                 json_count(c->states[i].count));
        json_decref(state);
    }
    return o;
}

void json_put_cluster(struct json_out *j, json_t *o,
                      const struct grl_cluster *c)
{
    json_put(j, o, "signature", json_text(j, c->signature));
    json_put(j, o, "count", json_count(c->count));
    json_put(j, o, "state", json_state(j, c->state));
    json_put(j, o, "wait_minutes", json_waits(j, &c->waits));
    json_put(j, o, "locked", json_count(c->locked));
    json_put(j, o, "leaked", json_count(c->leaked));
    json_put(j, o, "frames", json_frames(j, c));
    json_put(j, o, "elided", json_boolean(c->elided));
    json_put(j, o, "created_by", json_frame(j, c->created_by));
    json_put(j, o, "ids", json_ids(j, c));
    json_put(j, o, "labels", json_labels(j, c));
    json_put(j, o, "states", json_states(j, c));
    json_put(j, o, "suspicion", json_words(j, grl_suspicion(c)));
}
