/* What must hold for reports. */
#ifndef FUZZ_CHECK_REPORTS_H
#define FUZZ_CHECK_REPORTS_H

#include "fuzz/check_clusters.h"

#include <jansson.h>

/* ------------------------------------------------------------ printing */

struct page_text {
    char *text;
    size_t len;
    FILE *out;
};

static inline bool write_page(void *user, const char *bytes, size_t len)
{
    return fwrite(bytes, 1, len, user) == len;
}

static inline struct grl_report begin_page(struct page_text *p,
                                           enum grl_format format)
{
    struct grl_report r;

    *p = (struct page_text){.text = NULL};
    p->out = open_memstream(&p->text, &p->len);
    CHECK(p->out != NULL);
    grl_report_init(&r);
    r.format = format;
    r.write = write_page;
    r.user = p->out;
    r.all = true;
    return r;
}

/* Nothing that steers a terminal: C1 controls are 0xc2 0x80 to 0xc2 0x9f. */
static inline void check_text(const char *text, size_t len)
{
    json_t *valid = json_stringn(text, len);

    CHECK(valid != NULL); /* UTF-8 */
    json_decref(valid);
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        unsigned char next = i + 1 < len ? (unsigned char)text[i + 1] : 0;

        CHECK((c >= 0x20 || c == '\n') && c != 0x7f);
        CHECK(c != 0xc2 || next >= 0xa0);
    }
}

/* Ends the page, which is checked; JSON is returned, to be given back. */
static inline json_t *end_page(struct page_text *p, const struct grl_report *r)
{
    json_t *root = NULL;

    fclose(p->out);
    CHECK(p->len > 0 && p->text[p->len - 1] == '\n');
    if (r->format == GRL_JSON) {
        root = json_loadb(p->text, p->len, JSON_REJECT_DUPLICATES, NULL);
        CHECK(root != NULL);
    } else {
        check_text(p->text, p->len);
    }
    free(p->text);
    return root;
}

/* ---------------------------------------------------------------- scan */

static inline json_int_t sum_of(json_t *counts)
{
    json_int_t sum = 0;
    const char *key = NULL;
    json_t *value = NULL;

    json_object_foreach(counts, key, value) sum +=
        json_is_object(value) ? sum_of(value) : json_integer_value(value);
    return sum;
}

/* Nothing of a cluster is lost on the way to JSON. */
static inline void check_json_clusters(const struct grl_dumps *d, json_t *root)
{
    json_t *clusters = json_object_get(root, "clusters");
    size_t n = grl_dumps_count(d) > 0 ? grl_cluster_count(d, 0) : 0;

    CHECK(json_array_size(clusters) == n);
    for (size_t i = 0; i < n; i++) {
        const struct grl_cluster *c = grl_cluster_get(d, 0, i);
        json_t *o = json_array_get(clusters, i);
        json_int_t labels = 0;

        for (size_t k = 0; k < c->label_count; k++)
            labels += (json_int_t)c->labels[k].count;
        CHECK(sum_of(json_object_get(o, "states")) == (json_int_t)of_text(c));
        CHECK(sum_of(json_object_get(o, "labels")) == labels);
    }
}

static inline json_t *scan_json(const struct grl_dumps *d)
{
    struct page_text p;
    struct grl_report r = begin_page(&p, GRL_JSON);

    CHECK(grl_report_scan(&r, d, NULL) == GRL_OK);
    return end_page(&p, &r);
}

/* AGAIN is of the same input, fed in pieces. */
static inline void check_scan(const struct grl_dumps *d,
                              const struct grl_dumps *again)
{
    json_t *one = scan_json(d);
    json_t *other = scan_json(again);
    struct page_text p;
    struct grl_report r = begin_page(&p, GRL_TEXT);

    CHECK(json_equal(one, other));
    check_json_clusters(d, one);
    json_decref(one);
    json_decref(other);
    r.width = 80;
    CHECK(grl_report_scan(&r, d, NULL) == GRL_OK);
    end_page(&p, &r);
}

#endif
