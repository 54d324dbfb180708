/*
 * The parser alone: what it reports depends on the bytes, never on how they
 * were cut up nor on who read ahead; it counts what it reports; every text ends
 * and is within the limits.
 */
#include "fuzz/check.h"
#include "model/frames.h"
#include "parse/text.h"

enum { MOST_FRAMES = 1024, MOST_FRAME_BYTES = 8192 };

/* What one parser reported, written down to be compared. */
struct report {
    FILE *out;
    char *text;
    size_t len;
    uint64_t bytes; /* of the text */
    uint64_t goroutines;
    uint64_t cut;
    uint64_t dumps;
    uint64_t last_line;   /* of a header */
    uint64_t last_damage; /* the largest line */
    bool first;           /* the next goroutine is the first of its dump */
};

static void put_text(struct report *r, struct grl_text t)
{
    fprintf(r->out, " %zu ", t.len);
    fwrite(t.ptr, 1, t.len, r->out);
}

static void put_frame(struct report *r, const struct grl_frame *f)
{
    if (f == NULL) {
        fputs("-\n", r->out);
        return;
    }
    CHECK(strlen(f->function) + strlen(f->file) <= MOST_FRAME_BYTES);
    fprintf(r->out, "%s %s %u %d\n", f->function, f->file, (unsigned)f->line,
            f->stdlib);
}

static bool equals(struct grl_text t, const char *word)
{
    return t.len == strlen(word) && memcmp(t.ptr, word, t.len) == 0;
}

static enum grl_status on_goroutine(void *user, const struct grl_goroutine *g)
{
    struct report *r = user;

    CHECK(r->dumps > 0);
    CHECK(g->line >= r->last_line && g->line > 0);
    CHECK(g->wait_minutes >= -1);
    CHECK(g->frame_count <= MOST_FRAMES);
    CHECK(!g->observer || (r->first && equals(g->state, "running")));
    CHECK(g->count >= 1);
    r->goroutines += g->count;
    r->cut += g->cut ? g->count : 0;
    r->last_line = g->line;
    r->first = false;
    fprintf(r->out, "goroutine %llu x %llu", (unsigned long long)g->id,
            (unsigned long long)g->count);
    put_text(r, g->state);
    put_text(r, g->labels);
    fprintf(r->out, " %lld %llu %llu %d%d%d%d%d%d%d %zu\n",
            (long long)g->wait_minutes, (unsigned long long)g->parent,
            (unsigned long long)g->line, g->locked, g->leaked, g->durable,
            g->elided, g->cut, g->unavailable, g->observer, g->frame_count);
    for (size_t i = 0; i < g->frame_count; i++)
        put_frame(r, g->frames[i]);
    put_frame(r, g->created_by);
    return GRL_OK;
}

static enum grl_status on_dump(void *user, const char *form)
{
    struct report *r = user;

    CHECK(strcmp(form, "debug2") == 0 || strcmp(form, "sigquit") == 0 ||
          strcmp(form, "panic") == 0 || strcmp(form, "timeout") == 0 ||
          strcmp(form, "debug1") == 0 || strcmp(form, "goleak") == 0 ||
          strcmp(form, "gleak") == 0 || strcmp(form, "race") == 0 ||
          strcmp(form, "go-deadlock") == 0 || strcmp(form, "delve") == 0);
    CHECK(!r->first);
    r->dumps++;
    r->first = true;
    r->last_line = 0; /* it may be of another process, whose log began before */
    fprintf(r->out, "dump %s\n", form);
    return GRL_OK;
}

static void on_damage(void *user, uint64_t line, const char *what)
{
    struct report *r = user;

    CHECK(line > 0 && what[0] != '\0');
    if (line > r->last_damage)
        r->last_damage = line;
    fprintf(r->out, "damage %llu %s\n", (unsigned long long)line, what);
}

static uint64_t count_lines(const uint8_t *bytes, size_t len)
{
    uint64_t lines = len > 0 && bytes[len - 1] != '\n';

    for (size_t i = 0; i < len; i++)
        lines += bytes[i] == '\n';
    return lines;
}

static void check_stats(struct report *r, const struct grl_parser_stats *s,
                        uint64_t lines)
{
    CHECK(s->lines == lines);
    CHECK(s->goroutines == r->goroutines);
    CHECK(s->damaged == r->cut);
    /* A line may carry many: of those no more than its bytes. */
    CHECK(s->skipped_lines <= r->bytes);
    CHECK(r->last_line <= lines && r->last_damage <= lines);
    CHECK(!r->first);
    fprintf(r->out, "%llu %llu %llu %d\n", (unsigned long long)s->repeated,
            (unsigned long long)s->skipped_lines,
            (unsigned long long)s->long_lines, s->truncated);
}

enum way { WHOLE, PIECES, BYTES };

static size_t piece(enum way way, struct cutter *c, size_t left)
{
    return way == WHOLE ? left : way == BYTES ? 1 : cut(c, left);
}

static struct report run(const uint8_t *bytes, size_t len, enum way way)
{
    static const struct grl_parser_events events = {on_goroutine, on_dump,
                                                    on_damage, NULL};
    struct report r = {.bytes = len};
    struct cutter c = cutter_of(bytes, len);
    struct grl_parser *p = NULL;
    size_t size = 0;

    r.out = open_memstream(&r.text, &r.len);
    CHECK(r.out != NULL);
    CHECK(grl_parser_new(&p, &events, &r, NULL) == GRL_OK);
    for (size_t at = 0; at < len; at += size) {
        size = piece(way, &c, len - at);
        CHECK(grl_parser_feed(p, bytes + at, size, NULL) == GRL_OK);
    }
    CHECK(grl_parser_finish(p, NULL) == GRL_OK);
    check_stats(&r, grl_parser_stats(p), count_lines(bytes, len));
    grl_parser_free(p);
    fclose(r.out);
    return r;
}

/* The next piece of the LEFT bytes at FROM: where it may be as a stream makes
 * them, behind a blank line with more to read behind it. */
static struct piece next_piece(const char *from, size_t size, size_t left)
{
    size_t whole = size - piece_rest(from, size);

    return whole > 0 && left - whole >= PIECE_SLACK_BYTES
               ? (struct piece){from, whole, PIECE_SLACK_BYTES}
               : (struct piece){from, size, 0};
}

/* The same with a scout that goes ahead, piece by piece, of most pieces.  It
 * knows what it saw before: the text comes twice, of which only the second time
 * counts. */
static struct report run_scouted(const uint8_t *bytes, size_t len)
{
    static const struct grl_parser_events events = {on_goroutine, on_dump,
                                                    on_damage, NULL};
    static const struct grl_parser_events none = {NULL, NULL, NULL, NULL};
    struct report r = {.bytes = len};
    struct cutter c = cutter_of(bytes, len);
    struct strings names;
    struct frames frames;
    struct sightings seen = {0};
    struct known *known = calloc(1, sizeof *known);
    struct fast *fast = calloc(2, sizeof *fast); /* of the parser, the scout */
    struct text_parser *p = calloc(1, sizeof *p);
    size_t size = 0;

    CHECK(known != NULL && fast != NULL && p != NULL);
    r.out = open_memstream(&r.text, &r.len);
    CHECK(r.out != NULL);
    strings_init(&names);
    frames_init(&frames, &names);
    fast[0].known = known;
    fast[1].known = known;
    text_parser_init(p, &none, NULL, frames_source(&frames), &fast[0]);
    CHECK(text_parser_feed(p, &(struct piece){(const char *)bytes, len, 0}) ==
          GRL_OK);
    text_parser_free(p);
    text_parser_init(p, &events, &r, frames_source(&frames), &fast[0]);
    for (size_t at = 0; at < len; at += size) {
        size_t left = len - at;
        size_t most = 64 * cut(&c, left); /* so that some hold goroutines */
        struct piece some = next_piece((const char *)bytes + at,
                                       most < left ? most : left, left);

        size = some.len;
        scout(&fast[1], &some, &seen);
        CHECK((size % 3 == 0
                   ? text_parser_feed(p, &some)
                   : text_parser_feed_scouted(p, &some, &seen)) == GRL_OK);
    }
    CHECK(text_parser_finish(p) == GRL_OK);
    check_stats(&r, &p->stats, count_lines(bytes, len));
    text_parser_free(p);
    sightings_free(&seen);
    frames_free(&frames);
    strings_free(&names);
    free(p);
    free(fast);
    free(known);
    fclose(r.out);
    return r;
}

static void check_same(const struct report *a, struct report b)
{
    bool same = a->len == b.len && memcmp(a->text, b.text, b.len) == 0;

    if (!same)
        fprintf(stderr, "--- whole\n%s--- in pieces\n%s", a->text, b.text);
    CHECK(same);
    free(b.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct report whole = run(bytes, len, WHOLE);

    check_same(&whole, run(bytes, len, WHOLE));
    check_same(&whole, run(bytes, len, PIECES));
    check_same(&whole, run(bytes, len, BYTES));
    check_same(&whole, run_scouted(bytes, len));
    free(whole.text);
    return 0;
}
