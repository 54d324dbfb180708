/* The lines of a text, whatever way they come: one by one, in strings, in
 * parts, of several processes in turn, last one first. */
#include "parse/text.h"

#include "parse/assemble.h"
#include "parse/leak_report.h"
#include "parse/shortcut.h"
#include "parse/step.h"

/* HEADER and, below it, what stood above it from the bottom up. */
static enum grl_status read_reversed(struct text_parser *p,
                                     struct grl_text header)
{
    struct grl_text line;
    enum grl_status st = step_line(p, header, false);

    while (st == GRL_OK && reversed_take(&p->reversed, &line))
        st = step_line(p, line, false);
    return st == GRL_OK ? assemble_end(p) : st;
}

/* Where the header in RAW begins that, last line first, has what belongs to it
 * above it; RAW.len if there is none. */
static size_t find_header(const struct reversed *r, struct grl_text raw)
{
    const struct grl_text race = TEXT("WARNING: DATA RACE");

    return r->order == REVERSED_YES && text_ends(raw, race)
               ? raw.len - race.len
               : prefix_find_header(raw);
}

/* RAW, which is no header, as it comes or when its turn comes. */
static enum grl_status keep_either_way(struct text_parser *p,
                                       struct grl_text raw, bool last)
{
    bool known = p->reversed.order == REVERSED_YES;
    bool reversed = known || reversed_decide_race(&p->reversed, raw);
    enum grl_status st = known == reversed ? GRL_OK : assemble_end(p);

    if (st == GRL_OK && !reversed_keep(&p->reversed, raw))
        return GRL_ENOMEM;
    return st != GRL_OK || reversed ? st : step_line(p, raw, last);
}

/* RAW as it comes, while it is not known that lines come last first, or is
 * known. */
static enum grl_status read_either_way(struct text_parser *p,
                                       struct grl_text raw, bool last)
{
    size_t at = find_header(&p->reversed, raw);
    enum grl_status st = GRL_OK;

    if (at == raw.len)
        return keep_either_way(p, raw, last);
    if (p->reversed.order == REVERSED_YES)
        return read_reversed(p, raw);
    if (!reversed_decide(&p->reversed, raw, at))
        return step_line(p, raw, last);
    st = assemble_end(p);
    return st == GRL_OK ? read_reversed(p, raw) : st;
}

/* A line whose order among the others tells. */
static enum grl_status read_line(struct text_parser *p, struct grl_text raw,
                                 bool last)
{
    return p->reversed.order == REVERSED_NO ? step_line(p, raw, last)
                                            : read_either_way(p, raw, last);
}

/* The lines of a string that a line carried.  Several are a whole dump, which
 * ends with them, and in order. */
static enum grl_status read_lines(struct text_parser *p, struct grl_text t)
{
    size_t lines = 0;
    enum grl_status st = GRL_OK;

    for (; t.len > 0 && st == GRL_OK; lines++) {
        size_t end = text_find_byte(t, '\n');

        st = step_line(p, text_sub(t, 0, end), false);
        t = text_sub(t, end + (end < t.len), t.len);
    }
    return st == GRL_OK && lines > 2 ? assemble_end(p) : st;
}

/* The same; one line may carry a string in its turn, as when Docker writes the
 * log of a program that logs JSON. */
static enum grl_status read_carried(struct text_parser *p, struct grl_text t)
{
    size_t end = text_find_byte(t, '\n');
    struct grl_text line = text_sub(t, 0, end);
    struct grl_text inner;

    if (end + 1 < t.len)
        return read_lines(p, t);
    if (!text_starts(line, TEXT("{")) || !carrier_open(&p->inner, line, &inner))
        return read_line(p, line, false);
    end = text_find_byte(inner, '\n');
    return end + 1 < inner.len ? read_lines(p, inner)
                               : read_line(p, text_sub(inner, 0, end), false);
}

/* RAW, without colours, is of the process that is read. */
static enum grl_status on_own_line(struct text_parser *p, struct grl_text raw,
                                   bool last)
{
    struct grl_text carried;
    bool cut_joined = false;

    if (!partial_join(&p->partial, &raw, last, &cut_joined))
        return GRL_OK;
    p->stats.long_lines += cut_joined;
    if (carrier_open(&p->carrier, raw, &carried))
        return read_carried(p, carried);
    return read_line(p, raw, last);
}

/* A line of the log of one process or of several. */
static enum grl_status on_any_line(struct text_parser *p, struct grl_text raw,
                                   bool last)
{
    switch (streams_take(&p->streams, raw, p->stats.lines, last)) {
    case STREAM_READ:
        return on_own_line(p, raw, last);
    case STREAM_LOST:
        assemble_skip_line(p, p->stats.lines);
        break;
    case STREAM_HELD:
        break;
    }
    return GRL_OK;
}

static enum grl_status on_line(void *user, struct grl_text raw, bool cut_line,
                               bool last)
{
    struct text_parser *p = user;

    p->stats.lines++;
    p->stats.long_lines += cut_line;
    if (p->stats.lines == 1)
        text_eat(&raw, TEXT("\xef\xbb\xbf"));
    raw = carrier_uncolour(&p->carrier, raw);
    if (p->strips == NULL)
        return on_any_line(p, raw, last);
    return p->strips(p->lines_user, &raw) ? on_own_line(p, raw, last) : GRL_OK;
}

static enum grl_status on_bytes(void *user, const char *bytes, const char *end,
                                size_t *taken)
{
    return shortcut_take(user, bytes, end, taken);
}

void text_parser_init(struct text_parser *p,
                      const struct grl_parser_events *events, void *user,
                      struct frame_source frames, struct fast *fast)
{
    p->lines =
        (struct lines){.on_line = on_line, .on_bytes = on_bytes, .user = p};
    p->stats = (struct grl_parser_stats){0};
    p->frames = frames;
    p->separates = NULL;
    p->strips = NULL;
    p->soon = NULL;
    p->reads_heap = false;
    p->hint = (struct look){.words = NULL};
    p->fast = fast;
    p->prefix.len = 0;
    p->profile = (struct profile){0};
    p->carrier = (struct carrier){0};
    p->inner = (struct carrier){0};
    p->partial = (struct partial){0};
    p->streams = (struct streams){.name_len = 0};
    p->reversed = (struct reversed){.count = 0};
    p->near = (struct sightings){.count = 0};
    p->glued_len = 0;
    p->glued_report = NO_LEAK_REPORT;
    p->race.open = false;
    p->delve = (struct delve){.open = false};
    p->gleak = false;
    p->at = PLACE_OUTSIDE;
    p->doubled = false;
    p->bare = false;
    p->name_len = 0;
    delivery_init(&p->delivery, events, user, &p->stats);
}

enum grl_status text_parser_feed(struct text_parser *p,
                                 const struct piece *piece)
{
    p->slack = piece->slack;
    return lines_feed(&p->lines, piece->bytes, piece->len);
}

/* Last line first, what is left above the end.  A report of the race detector
 * is read without its first lines. */
static enum grl_status read_rest(struct text_parser *p)
{
    struct grl_text line;
    bool report = false;
    enum grl_status st = GRL_OK;

    if (!reversed_is_cut(&p->reversed, &p->prefix, &report))
        return GRL_OK;
    p->stats.truncated = true;
    while (report && st == GRL_OK && reversed_take(&p->reversed, &line))
        st = step_line(p, line, false);
    return st;
}

/* Whether it ended within a goroutine is counted, so that its dump is told and
 * not that of the next process. */
static enum grl_status end_process(struct text_parser *p)
{
    enum grl_status st = read_rest(p);

    if (st == GRL_OK)
        st = step_end(p);
    p->delivery.cuts += p->stats.truncated;
    return st;
}

/* The lines of another process, with a dump of its own. */
static enum grl_status read_stream(struct text_parser *p)
{
    struct grl_text raw;
    bool last = false;
    enum grl_status st = GRL_OK;

    p->stats.truncated = false;
    delivery_restart(&p->delivery);
    reversed_restart(&p->reversed);
    p->prefix.len = 0;
    while (st == GRL_OK &&
           streams_line(&p->streams, &raw, &p->stats.lines, &last))
        st = on_any_line(p, raw, last);
    return st == GRL_OK ? end_process(p) : st;
}

enum grl_status text_parser_finish(struct text_parser *p)
{
    enum grl_status st = lines_finish(&p->lines);
    uint64_t lines = p->stats.lines;

    if (st == GRL_OK)
        st = end_process(p);
    while (st == GRL_OK && streams_next(&p->streams))
        st = read_stream(p);
    p->stats.lines = lines;
    p->stats.truncated = p->delivery.cuts > 0;
    p->stats.skipped_lines += streams_left(&p->streams) + p->reversed.lost;
    return st;
}

void text_parser_free(struct text_parser *p)
{
    sightings_free(&p->near);
    streams_free(&p->streams);
    reversed_free(&p->reversed);
    lines_free(&p->lines);
    carrier_free(&p->carrier);
    carrier_free(&p->inner);
    partial_free(&p->partial);
    delivery_free(&p->delivery);
}
