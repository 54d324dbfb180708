#include "parse/leak_report.h"

#include "parse/line.h"

#include <stdio.h>

static struct grl_text trim(struct grl_text t, size_t *at)
{
    *at = 0;
    while (t.len > 0 &&
           (byte_is_blank(t.ptr[t.len - 1]) || t.ptr[t.len - 1] == '\r'))
        t.len--;
    while (*at < t.len && byte_is_blank(t.ptr[*at]))
        ++*at;
    return text_sub(t, *at, t.len);
}

/* "7 in state chan send, 2 minutes, with main.f on top of the stack:" */
static bool is_goleak(struct grl_text t, uint64_t *id, struct grl_text *status)
{
    size_t end = 0;

    if (!text_ends(t, TEXT(" on top of the stack:")) ||
        !text_eat_number(&t, id) || !text_eat(&t, TEXT(" in state ")))
        return false;
    end = text_find(t, TEXT(", with "));
    *status = text_sub(t, 0, end);
    return end < t.len && text_find_byte(*status, ']') == status->len;
}

static size_t put(char *out, size_t size, uint64_t id, struct grl_text status)
{
    int n = 0;

    if (status.len + 64 > size)
        return 0;
    n = snprintf(out, size, "goroutine %llu [%.*s]:", (unsigned long long)id,
                 (int)status.len, status.ptr);
    return n > 0 ? (size_t)n : 0;
}

enum leak_report leak_report_header(struct grl_text raw, char *out, size_t size,
                                    size_t *len, size_t *at)
{
    struct grl_text t = trim(raw, at);
    struct grl_text status;
    struct header h;
    uint64_t id = 0;
    size_t of = 0;

    *len = 0;
    if (text_ends(t, TEXT("stack:"))) {
        of = text_find(t, TEXT("Goroutine "));
        *at += of;
        if (of < t.len && is_goleak(text_sub(t, of + 10, t.len), &id, &status))
            *len = put(out, size, id, status);
        return *len > 0 ? OF_GOLEAK : NO_LEAK_REPORT;
    }
    if (!text_starts(t, TEXT("goroutine ")) || !text_ends(t, TEXT("]")) ||
        t.len + 1 > size)
        return NO_LEAK_REPORT;
    memcpy(out, t.ptr, t.len);
    out[t.len] = ':';
    *len = header_parse((struct grl_text){out, t.len + 1}, &h) ? t.len + 1 : 0;
    return *len > 0 ? OF_GLEAK : NO_LEAK_REPORT;
}

bool leak_report_frame(struct grl_text raw, struct grl_text *call,
                       struct grl_text *position)
{
    size_t at = 0;
    size_t last = 0;
    struct grl_text t = trim(raw, &at);
    struct line l;

    for (at = text_find(t, TEXT(" at ")); at < t.len;
         at += 4 + text_find(text_sub(t, at + 4, t.len), TEXT(" at ")))
        last = at;
    if (last == 0)
        return false;
    *call = text_sub(t, 0, last);
    *position = text_sub(t, last + 4, t.len);
    line_recognise(*position, &l);
    if (l.kind != LINE_POSITION)
        return false;
    line_recognise(*call, &l);
    return l.kind == LINE_CALL || l.kind == LINE_CREATED;
}
