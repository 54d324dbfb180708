/* The JSON forms of DESIGN, schema 1, over jansson. */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include "base/sink.h"

#include <jansson.h>

enum { JSON_SCHEMA = 1 };

/*
 * One JSON text being written.  Objects are built one at a time and written
 * out, so memory does not grow with the report.  Out of memory is remembered.
 */
struct json_out {
    struct sink *sink;
    bool lost;
    bool comma; /* an element was written before in the open array */
    char *text; /* of the value being written; freed by json_finish() */
    size_t len;
    size_t capacity;
};

/* Put VALUE, which is taken over and may be NULL when memory ran out. */
void json_put(struct json_out *j, json_t *object, const char *key,
              json_t *value);
void json_push(struct json_out *j, json_t *array, json_t *value);

/* Text from a dump; what is no valid UTF-8 becomes U+FFFD. */
json_t *json_text(struct json_out *j, const char *text);

/* The wait reason of a cluster; null where the dump gives none. */
json_t *json_state(struct json_out *j, const char *state);

/* WORDS, or null for NULL. */
json_t *json_words(struct json_out *j, const char *words);

/* A count: JSON integers are signed, so beyond them it stops. */
json_t *json_count(uint64_t n);

/* A number with six digits, or null for NaN. */
json_t *json_number(double x);

/* Write VALUE, which is taken over, as an element of the open array. */
void json_element(struct json_out *j, json_t *value);

/* The same without a comma and a line of its own. */
void json_inline(struct json_out *j, json_t *value);

/* Write what is left.  GRL_ENOMEM when a value was lost. */
enum grl_status json_finish(struct json_out *j, struct grl_error *err);

/* "key":[ after what is already open, and its end. */
void json_open_array(struct json_out *j, const char *key);
void json_close_array(struct json_out *j);

/* {"schema":1,"command":NAME and its end. */
void json_begin(struct json_out *j, struct sink *s, const char *command);
enum grl_status json_end(struct json_out *j, struct grl_error *err);

/* The whole of a text of another form: ROOT, which is taken over. */
enum grl_status json_whole(struct json_out *j, json_t *root,
                           struct grl_error *err);

/* ,"key":VALUE, which is taken over. */
void json_member(struct json_out *j, const char *key, json_t *value);

json_t *json_frame(struct json_out *j, const struct grl_frame *f);
json_t *json_frames(struct json_out *j, const struct grl_cluster *c);
json_t *json_waits(struct json_out *j, const struct grl_waits *w);
json_t *json_dump_info(struct json_out *j, const struct grl_dump *d);

/* ,"dumps":[ all of D, which may be NULL, ]. */
void json_dump_list(struct json_out *j, const struct grl_dumps *d);

/* As the element of a trend's findings. */
json_t *json_finding(struct json_out *j, const struct grl_finding *f);

/* Seconds since 1970 as RFC 3339, or null. */
json_t *json_time(int64_t time);

/* Put the members of C on OBJECT. */
void json_put_cluster(struct json_out *j, json_t *object,
                      const struct grl_cluster *c);

#endif
