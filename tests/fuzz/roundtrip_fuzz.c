/*
 * A dump made up from the bytes and printed as Go prints it is read back as
 * exactly the goroutines that were made, line ends and all.
 */
#include "goroleak.h"

#include "fuzz/print_dump.h"

enum { MOST_MADE = 6 };

struct dump {
    struct made made[MOST_MADE];
    struct notes notes[MOST_MADE];
    uint64_t lines[MOST_MADE]; /* of the headers */
    size_t count;
    const char *form;
    size_t seen; /* how many were read back */
    size_t dumps;
};

static const char *print_banner(FILE *out, struct choices *c)
{
    static const char *const banners[][2] = {
        {"", "debug2"},
        {"SIGQUIT: quit\nPC=0x46e0e1 m=0 sigcode=0\n\n", "sigquit"},
        {"panic: test timed out after 2s\nrunning tests:\n\tTestHang (2s)\n\n",
         "timeout"},
        {"fatal error: all goroutines are asleep - deadlock!\n\n", "panic"},
        {"some log line: \n\n", "debug2"},
    };
    unsigned i = choose(c, sizeof banners / sizeof banners[0]);

    fputs(banners[i][0], out);
    return banners[i][1];
}

static uint64_t lines_of(const char *text, size_t len)
{
    uint64_t lines = 0;

    for (size_t i = 0; i < len; i++)
        lines += text[i] == '\n';
    return lines;
}

/* The caller frees the text. */
static char *make(struct dump *d, struct choices *c, size_t *len)
{
    char *text = NULL;
    FILE *out = open_memstream(&text, len);
    uint64_t id = number(c, 4);

    CHECK(out != NULL);
    d->form = print_banner(out, c);
    d->count = 1 + choose(c, MOST_MADE);
    for (size_t i = 0; i < d->count; i++) {
        id += 1 + number(c, 7); /* never 0, never twice */
        if (i > 0 && yes(c)) {  /* stacks that were read before */
            d->made[i] = d->made[i - 1];
            d->made[i].id = id;
        } else {
            d->made[i] = make_goroutine(c, id);
        }
        if (i == 0 && strcmp(d->form, "debug2") != 0) /* else text of a panic */
            strcpy(d->made[i].state, "running");
        d->notes[i] = make_notes(c);
        fflush(out);
        d->lines[i] = lines_of(text, *len) + 1;
        print_made(out, &d->made[i], &d->notes[i], false, c);
    }
    fclose(out);
    return text;
}

/* ------------------------------------------------------------- reading */

static bool equals(struct grl_text t, const char *word)
{
    return t.len == strlen(word) && memcmp(t.ptr, word, t.len) == 0;
}

static void check_frame(const struct grl_frame *f, const struct call *call)
{
    size_t file = strlen(f->file);
    size_t base = strlen(call->file);

    CHECK(strcmp(f->function, call->function) == 0);
    CHECK(file >= base && strcmp(f->file + file - base, call->file) == 0);
    CHECK(f->line == call->line);
}

static void check_header(const struct grl_goroutine *g, const struct made *m,
                         const struct notes *n)
{
    CHECK(g->id == m->id);
    CHECK(equals(g->state, m->state));
    CHECK(equals(g->labels, n->labels));
    CHECK(g->wait_minutes == n->minutes);
    CHECK(g->locked == n->locked);
    CHECK(g->leaked == n->leaked);
    CHECK(g->durable == n->durable);
}

static enum grl_status on_goroutine(void *user, const struct grl_goroutine *g)
{
    struct dump *d = user;
    const struct made *m = &d->made[d->seen];

    CHECK(d->seen < d->count && d->dumps == 1);
    check_header(g, m, &d->notes[d->seen]);
    CHECK(g->line == d->lines[d->seen]);
    CHECK(g->elided == m->elided && g->unavailable == m->unavailable);
    CHECK(!g->cut);
    CHECK(g->frame_count == m->call_count);
    for (size_t i = 0; i < g->frame_count; i++)
        check_frame(g->frames[i], &m->calls[i]);
    CHECK((g->created_by != NULL) == m->created);
    if (m->created)
        check_frame(g->created_by, &m->creator);
    CHECK(g->parent == (m->created ? d->notes[d->seen].parent : 0));
    d->seen++;
    return GRL_OK;
}

static enum grl_status on_dump(void *user, const char *form)
{
    struct dump *d = user;

    CHECK(strcmp(form, d->form) == 0);
    d->dumps++;
    return GRL_OK;
}

/* Whole, or with CR LF and byte by byte. */
static void feed(struct grl_parser *p, const char *text, size_t len, bool crlf)
{
    for (size_t i = 0; crlf && i < len; i++) {
        if (text[i] == '\n')
            CHECK(grl_parser_feed(p, "\r", 1, NULL) == GRL_OK);
        CHECK(grl_parser_feed(p, text + i, 1, NULL) == GRL_OK);
    }
    if (!crlf)
        CHECK(grl_parser_feed(p, text, len, NULL) == GRL_OK);
    CHECK(grl_parser_finish(p, NULL) == GRL_OK);
}

static void check_read(struct dump *d, const char *text, size_t len, bool crlf)
{
    static const struct grl_parser_events events = {on_goroutine, on_dump, NULL,
                                                    NULL};
    const struct grl_parser_stats *s = NULL;
    struct grl_parser *p = NULL;

    d->seen = d->dumps = 0;
    CHECK(grl_parser_new(&p, &events, d, NULL) == GRL_OK);
    feed(p, text, len, crlf);
    s = grl_parser_stats(p);
    CHECK(d->seen == d->count && s->goroutines == d->count);
    CHECK(s->damaged == 0 && s->repeated == 0 && s->skipped_lines == 0);
    CHECK(!s->truncated && s->long_lines == 0);
    grl_parser_free(p);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct choices c = {bytes, len};
    struct dump d = {.count = 0};
    size_t size = 0;
    char *text = make(&d, &c, &size);

    if (getenv("SHOW") != NULL) /* what a finding was made into */
        fwrite(text, 1, size, stderr);
    check_read(&d, text, size, false);
    check_read(&d, text, size, true);
    free(text);
    return 0;
}
