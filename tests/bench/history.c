/*
 * history: fill a history with the snapshots of a busy server, five minutes
 * apart, to measure what one costs.
 *
 *     history DB SNAPSHOTS [SIGNATURES [GOROUTINES [GAP]]]
 *
 * The next dump is printed.  Between two snapshots half of the goroutines are
 * replaced by ones whose ids lie up to GAP apart: with the 5000 that it is if
 * not given, of 5000 goroutines, the server starts 20000 a second.  The stacks
 * stay.
 */
#include <goroleak.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { FRAMES = 8, EVERY = 300, TOGETHER = 200 };

static const int64_t start = 1767225600; /* 2026-01-01 */

struct server {
    uint64_t *ids;
    uint64_t next_id;
    uint64_t random;
    uint64_t goroutines;
    uint64_t gap;
    unsigned signatures;
};

/* xorshift64*: the same everywhere. */
static uint64_t draw(struct server *s, uint64_t below)
{
    s->random ^= s->random >> 12;
    s->random ^= s->random << 25;
    s->random ^= s->random >> 27;
    return (s->random * 2685821657736338717U >> 20) % below;
}

static void turn_over(struct server *s)
{
    for (uint64_t i = 0; i < s->goroutines; i++)
        if (s->ids[i] == 0 || draw(s, 2) == 0)
            s->ids[i] = s->next_id += 1 + draw(s, s->gap);
}

enum { MOST_BYTES = 2048 };

/* Goroutine I, as debug=2 prints it: so many bytes. */
static size_t print(struct server *s, uint64_t i, char text[MOST_BYTES])
{
    unsigned signature = (unsigned)(i % s->signatures);
    int n = snprintf(text, MOST_BYTES,
                     "goroutine %" PRIu64 " [chan receive, %d minutes]:\n",
                     s->ids[i], (int)draw(s, 60) + 1);

    for (int f = 0; f < FRAMES; f++)
        n += snprintf(text + n, MOST_BYTES - (size_t)n,
                      "example.com/server/part%u.(*Worker).step%d(0xc000012345)"
                      "\n\t/src/server/part%u/worker.go:%d +0x1d\n",
                      signature, f, signature, 10 * f + 7);
    n += snprintf(text + n, MOST_BYTES - (size_t)n,
                  "created by example.com/server.start in goroutine 1\n"
                  "\t/src/server/main.go:%u +0x1d\n\n",
                  signature);
    return (size_t)n;
}

static bool take(struct server *s, struct grl_dumps **out)
{
    struct grl_options o;
    char text[MOST_BYTES];
    bool good = false;

    grl_options_init(&o);
    o.keep_ids = true;
    good = grl_dumps_new(out, &o, NULL) == GRL_OK &&
           grl_dumps_begin(*out, "http://localhost:6060", NULL) == GRL_OK;
    for (uint64_t i = 0; i < s->goroutines && good; i++)
        good = grl_dumps_feed(*out, text, print(s, i, text), NULL) == GRL_OK;
    return good && grl_dumps_end(*out, NULL) == GRL_OK;
}

/* The one after the last, for a check. */
static bool print_next(struct server *s)
{
    char text[MOST_BYTES];
    bool good = true;

    turn_over(s);
    for (uint64_t i = 0; i < s->goroutines && good; i++) {
        size_t len = print(s, i, text);

        good = fwrite(text, len, 1, stdout) == 1;
    }
    return good && fflush(stdout) == 0;
}

static bool record(struct server *s, struct grl_history *h, int i)
{
    struct grl_dumps *d = NULL;
    bool fresh = false;
    bool good = true;

    turn_over(s);
    if (i % TOGETHER == 0)
        good = (i == 0 || grl_history_commit(h, NULL) == GRL_OK) &&
               grl_history_begin(h, NULL) == GRL_OK;
    good = good && take(s, &d) &&
           grl_history_record(h, d, 0, "", start + (int64_t)i * EVERY,
                              GRL_COPIES_ALL, &fresh, NULL) == GRL_OK &&
           fresh;
    grl_dumps_free(d);
    return good;
}

int main(int argc, char **argv)
{
    struct server s = {.next_id = 1, .random = 88172645463325252U};
    struct grl_history *h = NULL;
    int snapshots = argc > 2 ? atoi(argv[2]) : 0;
    bool good = false;

    s.signatures = argc > 3 ? (unsigned)atoi(argv[3]) : 300;
    s.goroutines = argc > 4 ? (uint64_t)atoi(argv[4]) : 5000;
    s.gap = argc > 5 ? (uint64_t)atoi(argv[5]) : 5000;
    if (snapshots <= 0 || s.gap == 0 || s.signatures == 0 ||
        s.goroutines == 0) {
        fputs("usage: history DB SNAPSHOTS [SIGNATURES [GOROUTINES [GAP]]]\n",
              stderr);
        return 2;
    }
    s.ids = calloc(s.goroutines, sizeof *s.ids);
    good = s.ids != NULL &&
           grl_history_open(&h, argv[1], true, 10, NULL) == GRL_OK;
    for (int i = 0; i < snapshots && good; i++)
        good = record(&s, h, i);
    good = good && grl_history_commit(h, NULL) == GRL_OK && print_next(&s);
    grl_history_close(h);
    free(s.ids);
    if (!good)
        fprintf(stderr, "history: %s: cannot be filled\n", argv[1]);
    return good ? 0 : 2;
}
