#include "base/sink.h"

#include "base/error.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

void sink_init(struct sink *s, grl_write_fn *write, void *user)
{
    s->write = write;
    s->user = user;
    s->failed = false;
    s->len = 0;
}

static void flush(struct sink *s)
{
    if (s->len > 0 && !s->failed && !s->write(s->user, s->bytes, s->len)) {
        s->failed = true;
        s->sys = errno;
    }
    s->len = 0;
}

void sink_text(struct sink *s, struct grl_text t)
{
    while (t.len > 0) {
        size_t room = sizeof s->bytes - s->len;
        size_t take = t.len < room ? t.len : room;

        memcpy(s->bytes + s->len, t.ptr, take);
        s->len += take;
        t = text_sub(t, take, t.len);
        if (s->len == sizeof s->bytes)
            flush(s);
    }
}

void sink_puts(struct sink *s, const char *text)
{
    sink_text(s, text_of(text));
}

void sink_printf(struct sink *s, const char *format, ...)
{
    char text[512];
    va_list args;
    int n = 0;

    va_start(args, format);
    n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (n > 0)
        sink_puts(s, text);
}

void sink_spaces(struct sink *s, size_t count)
{
    const struct grl_text some = TEXT("                                ");

    for (; count > some.len; count -= some.len)
        sink_text(s, some);
    sink_text(s, text_sub(some, 0, count));
}

void sink_number(struct sink *s, uint64_t n)
{
    char digits[TEXT_NUMBER_BYTES];

    sink_text(s, (struct grl_text){digits, text_put_number(digits, n)});
}

static void escape(struct sink *s, struct grl_text t)
{
    for (size_t i = 0; i < t.len; i++)
        sink_printf(s, "\\x%02x", (unsigned char)t.ptr[i]);
}

void sink_safe(struct sink *s, struct grl_text t)
{
    while (t.len > 0) {
        size_t len = utf8_plain(t);
        int32_t code = len > 0 ? ' ' : utf8_next(t, &len);

        if (code < 0 || utf8_is_control(code))
            escape(s, text_sub(t, 0, len));
        else
            sink_text(s, text_sub(t, 0, len));
        t = text_sub(t, len, t.len);
    }
}

enum grl_status sink_finish(struct sink *s, struct grl_error *err)
{
    flush(s);
    if (!s->failed)
        return GRL_OK;
    return fail(err, GRL_EIO, "cannot write", s->sys);
}
