/*
 * Where results go: gathered in a buffer, handed to the caller's write
 * function.  A failed write is remembered, so that it need be asked for only
 * once, at the end.
 */
#ifndef BASE_SINK_H
#define BASE_SINK_H

#include "base/text.h"

enum { SINK_BYTES = 16 * 1024 };

struct sink {
    grl_write_fn *write;
    void *user;
    bool failed;
    int sys; /* errno of the first failed write */
    size_t len;
    char bytes[SINK_BYTES];
};

void sink_init(struct sink *s, grl_write_fn *write, void *user);
void sink_text(struct sink *s, struct grl_text t);
void sink_puts(struct sink *s, const char *text);

/* At most 512 bytes come out; for numbers and short words. */
void sink_printf(struct sink *s, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

void sink_spaces(struct sink *s, size_t count);
void sink_number(struct sink *s, uint64_t n);

/* T from a dump: control bytes and what is no UTF-8 come out as \xNN. */
void sink_safe(struct sink *s, struct grl_text t);

/* Write what is left.  GRL_EIO when this or any write before failed. */
enum grl_status sink_finish(struct sink *s, struct grl_error *err);

#endif
