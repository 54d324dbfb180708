/* Dumps for tests, made with what goroleak.h offers. */
#ifndef TESTS_API_MADE_H
#define TESTS_API_MADE_H

#include <goroleak.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static inline struct grl_dumps *made_dumps(const struct grl_options *o)
{
    struct grl_dumps *d = NULL;

    assert_int_equal(grl_dumps_new(&d, o, NULL), GRL_OK);
    return d;
}

/* A source NAME that holds TEXT. */
static inline enum grl_status made_source(struct grl_dumps *d, const char *name,
                                          const char *text)
{
    assert_int_equal(grl_dumps_begin(d, name, NULL), GRL_OK);
    assert_int_equal(grl_dumps_feed(d, text, strlen(text), NULL), GRL_OK);
    return grl_dumps_end(d, NULL);
}

/* In the source that was begun, a goroutine that waits in main.FUNCTION. */
static inline void made_goroutine(struct grl_dumps *d, int id,
                                  const char *function, int line)
{
    char text[128];
    int n = snprintf(text, sizeof text,
                     "goroutine %d [select]:\nmain.%s(0x1)\n"
                     "\t/src/main.go:%d +0x1\n\n",
                     id, function, line);

    assert_int_equal(grl_dumps_feed(d, text, (size_t)n, NULL), GRL_OK);
}

/* The goroutines of "A2-9" or "A20,21,30-32", in main.A; returns its end. */
static inline const char *made_part(struct grl_dumps *d, const char *part)
{
    const char function[] = {*part++, '\0'};
    char *end = NULL;

    for (;; part = end + 1) {
        int from = (int)strtol(part, &end, 10);
        int to = *end == '-' ? (int)strtol(end + 1, &end, 10) : from;

        for (int id = from; id <= to; id++)
            made_goroutine(d, id, function, function[0]);
        if (*end != ',')
            return end;
    }
}

/* A dump written down shortly: "M1 A2-9 B20,21" has goroutine 1 in main.M, 2 to
 * 9 in main.A, and 20 and 21 in main.B. */
static inline void made_dump(struct grl_dumps *d, const char *parts)
{
    assert_int_equal(grl_dumps_begin(d, "dump", NULL), GRL_OK);
    while (*parts != '\0') {
        parts = made_part(d, parts);
        parts += *parts == ' ';
    }
    assert_int_equal(grl_dumps_end(d, NULL), GRL_OK);
}

#endif
