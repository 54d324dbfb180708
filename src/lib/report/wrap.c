#include "report/wrap.h"

#include "base/text.h"

enum { NARROWEST = 20 };

static const struct grl_text indent = {"    ", 4};

void wrap_init(struct wrap *w, const struct grl_report *r)
{
    w->write = r->write;
    w->user = r->user;
    w->width = r->width < NARROWEST ? NARROWEST : r->width;
    w->len = 0;
}

static bool put(struct wrap *w, struct grl_text t)
{
    return t.len == 0 || w->write(w->user, t.ptr, t.len);
}

/* The length of the character, or of the whole colour code, at the front of T;
 * *COLUMNS is what it takes on the screen. */
static size_t step(struct grl_text t, size_t *columns)
{
    size_t n = 1;

    *columns = 0;
    if (text_starts(t, TEXT("\x1b["))) {
        size_t end = text_find_byte(t, 'm');

        return end < t.len ? end + 1 : t.len;
    }
    *columns = 1;
    while (n < t.len && ((unsigned char)t.ptr[n] & 0xc0) == 0x80)
        n++;
    return n;
}

/* May a line end behind the blank before AT?  "7 -> 84" is one word. */
static bool may_end(struct grl_text t, size_t at)
{
    return !text_starts(text_sub(t, at, t.len), TEXT("-> ")) &&
           !text_ends(text_sub(t, 0, at), TEXT(" -> "));
}

/* Where T must end to fit into ROOM columns: behind a blank if there is one,
 * else in the middle of a word; T.len when all of it fits. */
static size_t break_at(struct grl_text t, size_t room)
{
    size_t used = 0;
    size_t blank = 0;
    size_t at = 0;

    while (at < t.len) {
        size_t columns = 0;
        size_t n = step(text_sub(t, at, t.len), &columns);

        if (used + columns > room)
            return blank > 0 ? blank : at;
        used += columns;
        at += n;
        if (t.ptr[at - 1] == ' ' && used > indent.len && may_end(t, at))
            blank = at;
    }
    return t.len;
}

static struct grl_text trim_end(struct grl_text t)
{
    while (t.len > 0 && t.ptr[t.len - 1] == ' ')
        t.len--;
    return t;
}

static bool put_line(struct wrap *w, struct grl_text line)
{
    size_t room = w->width;
    size_t at = break_at(line, room);

    while (at < line.len) {
        if (!put(w, trim_end(text_sub(line, 0, at))) || !put(w, TEXT("\n")) ||
            !put(w, indent))
            return false;
        line = text_sub(line, at, line.len);
        while (text_eat(&line, TEXT(" ")))
            ;
        room = w->width - indent.len;
        at = break_at(line, room);
    }
    return put(w, line);
}

static bool flush(struct wrap *w)
{
    struct grl_text line = {w->line, w->len};

    w->len = 0;
    return line.len == 0 || put_line(w, line);
}

bool wrap_write(void *user, const char *bytes, size_t len)
{
    struct wrap *w = user;

    for (size_t i = 0; i < len; i++) {
        if (bytes[i] == '\n') {
            if (!flush(w) || !put(w, TEXT("\n")))
                return false;
            continue;
        }
        if (w->len == sizeof w->line && !flush(w))
            return false;
        w->line[w->len++] = bytes[i];
    }
    return true;
}

bool wrap_finish(struct wrap *w)
{
    return flush(w);
}
