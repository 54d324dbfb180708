/*
 * Lines no wider than the terminal: longer ones go on, indented, on the next.
 * Sits between a page and the caller's write function.
 */
#ifndef REPORT_WRAP_H
#define REPORT_WRAP_H

#include "goroleak.h"

struct wrap {
    grl_write_fn *write;
    void *user;
    size_t width; /* columns, at least 20 */
    size_t len;
    char line[4096]; /* the line so far; a longer one is passed on as it is */
};

void wrap_init(struct wrap *w, const struct grl_report *r);

/* A grl_write_fn; USER is the struct wrap. */
bool wrap_write(void *user, const char *bytes, size_t len);

/* What is left without a newline. */
bool wrap_finish(struct wrap *w);

#endif
