/* Bytes of one source, from memory or from api/read.c, to dumps. */
#include "api/dumps.h"
#include "base/error.h"
#include "input/name_time.h"
#include "model/names.h"

#include <stdio.h>

static bool separates(void *user, struct grl_text line)
{
    struct grl_dumps *d = user;

    return d->error.code == GRL_OK &&
           pattern_test(d->separator, line, &d->error) == HIT_YES;
}

static bool strips(void *user, struct grl_text *line)
{
    struct grl_dumps *d = user;
    size_t len = 0;

    if (d->error.code != GRL_OK ||
        pattern_begins(d->line_prefix, *line, &len, &d->error) != HIT_YES)
        return false;
    *line = text_sub(*line, len, line->len);
    return true;
}

/* What of PATH may be shared: of a URL nothing. */
static struct grl_text shared_part(struct grl_text path)
{
    return text_find(path, TEXT("://")) < path.len ? TEXT("url")
                                                   : path_basename(path);
}

enum grl_status grl_dumps_begin(struct grl_dumps *d, const char *name,
                                struct grl_error *err)
{
    struct grl_text path = text_of(name);
    struct grl_text captured = TEXT("");
    const struct string *source = strings_intern(&d->names, path);
    const struct string *shown = source;
    const struct string *process = NULL;

    if (d->instance != NULL &&
        pattern_capture(d->instance, path, &captured, err) == HIT_FAILED)
        return GRL_EPATTERN;
    if (d->instance != NULL && captured.len == 0 && d->options.notice != NULL)
        d->options.notice(d->options.user, name, 0,
                          "its path names no instance", NULL);
    process = strings_intern(&d->names, captured);
    if (d->options.redact)
        shown = strings_intern(&d->names, shared_part(path));
    if (source == NULL || shown == NULL || process == NULL ||
        !memory_begin(d, name))
        return fail_memory(err);
    d->source = source->text;
    d->shown = shown->text;
    d->process = process->text;
    d->name_time = name_time(name);
    d->packed = NULL;
    d->first = d->count;
    d->bytes = 0;
    d->before = (struct counted){.cuts = 0};
    d->head_len = 0;
    d->kind = UNDECIDED;
    d->inner_time = GRL_NO_TIME;
    d->error = (struct grl_error){.code = GRL_OK};
    text_parser_init(&d->parser, &dumps_events, d, frames_source(&d->frames),
                     &d->fast);
    d->parser.separates = d->separator != NULL ? separates : NULL;
    d->parser.strips = d->line_prefix != NULL ? strips : NULL;
    d->parser.lines_user = d;
    d->parser.soon = dumps_soon;
    d->parser.reads_heap = d->options.heap;
    d->passing = false;
    d->passed = false;
    d->open = true;
    return GRL_OK;
}

/* The parser's failure, with the words of the callback that caused it. */
static enum grl_status stopped(struct grl_dumps *d, enum grl_status st,
                               struct grl_error *err)
{
    if (d->error.code == GRL_OK)
        return st == GRL_OK ? st : fail_memory(err);
    if (err != NULL)
        *err = d->error;
    return d->error.code;
}

/* Text in another form, of which the parser gets what it knows. */
static enum grl_status feed_converted(struct grl_dumps *d, const char *bytes,
                                      size_t len)
{
    enum { PIECE = 2048 };
    char text[2 * PIECE + UTF16_MOST];
    enum grl_status st = GRL_OK;

    while (st == GRL_OK && len > 0) {
        size_t piece = len < PIECE ? len : PIECE;
        size_t n = d->kind == IS_UTF16
                       ? utf16_convert(&d->utf16, bytes, piece, text)
                       : returns_convert(&d->after_return, bytes, piece, text);

        st = text_parser_feed(&d->parser, &(struct piece){text, n, 0});
        bytes += piece;
        len -= piece;
    }
    return st;
}

static enum grl_status feed_kind(struct grl_dumps *d, const struct piece *p,
                                 const struct sightings *seen)
{
    if (d->kind == IS_PPROF)
        return pprof_feed(&d->pprof, p->bytes, p->len);
    if (d->kind == IS_SNAPSHOTS)
        return snapshots_feed(&d->snapshots, d, p->bytes, p->len);
    if (d->kind == IS_UTF16 || d->kind == IS_RETURNS)
        return feed_converted(d, p->bytes, p->len);
    return seen != NULL ? text_parser_feed_scouted(&d->parser, p, seen)
                        : text_parser_feed(&d->parser, p);
}

/* What it is shows in its first bytes, however small the pieces are. */
static void decide(struct grl_dumps *d)
{
    struct grl_text head = {d->head, d->head_len};

    d->utf16 = (struct utf16){.big = false};
    d->after_return = false;
    d->kind = snapshots_begin(head)               ? IS_SNAPSHOTS
              : pprof_begins(head)                ? IS_PPROF
              : utf16_begins(head, &d->utf16.big) ? IS_UTF16
              : returns_begin(head)               ? IS_RETURNS
                                                  : IS_TEXT;
}

/* Would more of the head change what decide() says? */
static bool can_decide(const struct grl_dumps *d)
{
    struct grl_text head = {d->head, d->head_len};
    bool big = false;

    if (head.len < UTF16_HEAD_BYTES || snapshots_may_begin(head))
        return false;
    return head.len == sizeof d->head || pprof_begins(head) ||
           utf16_begins(head, &big) || text_find_byte(head, '\n') < head.len;
}

static enum grl_status feed_head(struct grl_dumps *d)
{
    return feed_kind(d, &(struct piece){d->head, d->head_len, 0}, NULL);
}

/* Take what is missing of the head; how many bytes that was. */
static size_t fill_head(struct grl_dumps *d, const char *bytes, size_t len)
{
    size_t room = sizeof d->head - d->head_len;
    size_t take = len < room ? len : room;

    if (take > 0)
        memcpy(d->head + d->head_len, bytes, take);
    d->head_len += take;
    return take;
}

enum grl_status dumps_feed(struct grl_dumps *d, const struct piece *piece,
                           const struct sightings *seen, struct grl_error *err)
{
    enum grl_status st = GRL_OK;
    struct piece rest = *piece;
    size_t took = fill_head(d, rest.bytes, rest.len);

    d->bytes += rest.len;
    if (d->kind == UNDECIDED) {
        if (!can_decide(d))
            return GRL_OK;
        decide(d);
        if (took < d->head_len) { /* some came before */
            st = feed_head(d);
            seen = NULL;
            rest.bytes += took;
            rest.len -= took;
        }
    }
    if (st == GRL_OK)
        st = feed_kind(d, &rest, seen);
    if (st == GRL_ELIMIT && d->kind == IS_PPROF)
        return fail(err, st, "pprof profile of more than 256 MiB", 0);
    return stopped(d, st, err);
}

enum grl_status grl_dumps_feed(struct grl_dumps *d, const void *bytes,
                               size_t len, struct grl_error *err)
{
    return dumps_feed(d, &(struct piece){bytes, len, 0}, NULL, err);
}

static enum grl_status finish(struct grl_dumps *d, const char **what)
{
    int64_t nanos = 0;
    enum grl_status st = GRL_OK;

    if (d->kind == UNDECIDED) {
        decide(d);
        st = feed_head(d);
    }
    if (st == GRL_OK && d->kind == IS_PPROF) {
        st = pprof_finish(&d->pprof, &dumps_events, d, &d->parser.stats,
                          frames_source(&d->frames), d->options.heap, &nanos,
                          what);
        d->inner_time = nanos > 0 ? nanos / 1000000000 : GRL_NO_TIME;
    } else if (st == GRL_OK && d->kind == IS_SNAPSHOTS) {
        st = snapshots_finish(&d->snapshots, d);
    } else if (st == GRL_OK) {
        st = text_parser_finish(&d->parser);
    }
    return st;
}

void dumps_stop(struct grl_dumps *d)
{
    if (d->open)
        text_parser_free(&d->parser);
    pprof_free(&d->pprof);
    snapshots_free(&d->snapshots);
    d->open = false;
}

/* What a source without a goroutine may be. */
static struct look seems(const struct grl_dumps *d)
{
    struct look look = {.words = NULL};

    if (dumps_current(d) == NULL)
        look = looks_like((struct grl_text){d->head, d->head_len});
    if (look.words == NULL)
        look = d->parser.hint;
    if (look.kind == LOOK_RACE && !d->options.races)
        look.words = "a race detector report; scan reads it, and nothing else";
    return look;
}

/* That there is nothing in it: "gzip of an HTML page", or WHAT, if that says
 * more. */
static enum grl_status found_nothing(const struct grl_dumps *d,
                                     const char *what, struct grl_error *err)
{
    const struct look look = seems(d);
    const char *words = look.words != NULL ? look.words : "";
    char all[sizeof err->detail] = "";

    if (d->packed != NULL && words[0] != '\0' && look.kind != LOOK_SENTENCE)
        snprintf(all, sizeof all, "%s of ", d->packed);
    strncat(all, words, sizeof all - strlen(all) - 1);
    return fail_detail(err, GRL_ENODUMP,
                       d->options.heap ? "no heap profile in it"
                                       : "no goroutine in it",
                       what[0] != '\0' ? what : all);
}

enum grl_status grl_dumps_end(struct grl_dumps *d, struct grl_error *err)
{
    const char *what = "";
    enum grl_status st = finish(d, &what);
    struct snapshot *s = dumps_current(d);

    if (st == GRL_OK && s != NULL) {
        s->info.truncated = !d->passing && d->bytes == PPROF_CAP_BYTES;
        s->bytes = d->bytes;
        dumps_close_current(d);
    }
    memory_settle(d);
    dumps_stop(d);
    if ((st != GRL_OK && st != GRL_ENODUMP) || d->error.code != GRL_OK)
        return stopped(d, st, err);
    if (dumps_current(d) != NULL || d->memories.told || d->passed)
        return GRL_OK;
    return found_nothing(d, what, err);
}
