#include "support/series_text.h"

#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>

static void put(struct grl_dumps *d, char letter, unsigned long id)
{
    char text[128];
    int n = snprintf(text, sizeof text,
                     "goroutine %lu [chan receive]:\n"
                     "main.%c(0x1)\n\t/src/main.go:%d +0x1d\n\n",
                     id, letter, letter);

    assert_int_equal(grl_dumps_feed(d, text, (size_t)n, NULL), GRL_OK);
}

/* "2-9" or "20,21,30-32" behind a letter; returns where it ends. */
static const char *put_ids(struct grl_dumps *d, char letter, const char *ids)
{
    char *end = NULL;

    do {
        unsigned long from = strtoul(ids, &end, 10);
        unsigned long to = *end == '-' ? strtoul(end + 1, &end, 10) : from;

        for (unsigned long id = from; id <= to; id++)
            put(d, letter, id);
        ids = end + 1;
    } while (*end == ',');
    return end;
}

static void put_dump(struct grl_dumps *d, const char *spec, size_t number)
{
    char name[32];

    snprintf(name, sizeof name, "dump%zu", number);
    assert_int_equal(grl_dumps_begin(d, name, NULL), GRL_OK);
    while (*spec != '\0') {
        char letter = *spec;

        spec = put_ids(d, letter, spec + 1);
        while (*spec == ' ')
            spec++;
    }
    assert_int_equal(grl_dumps_end(d, NULL), GRL_OK);
}

struct grl_dumps *series_of(const char *const *specs, size_t count)
{
    struct grl_dumps *d = NULL;

    assert_int_equal(grl_dumps_new(&d, NULL, NULL), GRL_OK);
    for (size_t i = 0; i < count; i++)
        put_dump(d, specs[i], i);
    assert_int_equal(grl_dumps_count(d), count);
    return d;
}

const struct grl_cluster *cluster_of(const struct grl_dumps *d, size_t i,
                                     char letter)
{
    for (size_t k = 0; k < grl_cluster_count(d, i); k++) {
        const struct grl_cluster *c = grl_cluster_get(d, i, k);

        if (c->frame_count > 0 && c->frames[0]->function[5] == letter)
            return c;
    }
    return NULL;
}
