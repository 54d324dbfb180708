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

/* Goroutines with these ids, which wait in the function with this letter. */
struct part {
    char letter;
    int from;
    int to;
};

static inline void made_dump(struct grl_dumps *d, const struct part *parts,
                             size_t count)
{
    assert_int_equal(grl_dumps_begin(d, "dump", NULL), GRL_OK);
    for (size_t i = 0; i < count; i++)
        for (int id = parts[i].from; id <= parts[i].to; id++)
            made_goroutine(d, id, (char[]){parts[i].letter, '\0'},
                           parts[i].letter);
    assert_int_equal(grl_dumps_end(d, NULL), GRL_OK);
}

#endif
