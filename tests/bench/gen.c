/*
 * gen: write a realistic debug=2 goroutine dump, of any size, to standard
 * output, and tell the truth about it in files.
 *
 *     gen --bytes 256M --signatures 300 --frames 11 --seed 1 \
 *         --table truth.txt --counts counts.txt >dump.txt
 *
 *   --bytes N       stop after the goroutine that reaches N bytes; K, M, G
 *   --signatures N  how many different stacks there are to draw from
 *   --frames N      mean frames a stack; 11 is 26 lines with header, creator
 *                   and the blank line between
 *   --seed N        another seed, other arguments, ids, minutes and draws; the
 *                   stacks stay, so two dumps can be compared
 *   --spread KIND   zipf (few stacks are most of the dump) or even (each in
 *                   turn: the way to have a million in 1.6 GiB)
 *   --table FILE    write what the dump holds, the observer included
 *   --counts FILE   write "signature count" a line, most common first under
 *                   zipf; the observer is "observer 1"
 *
 * A stack is computed from its signature's number whenever it is printed, so
 * a million of them take no memory but their counts.  Two numbers never give
 * one stack: each has a frame that no other has (see frame_of).
 */
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "words.h"

#define BUFFER_BYTES ((size_t)1 << 18)
#define LINE_ROOM ((size_t)2048) /* more than any two lines take */
#define FUNCTIONS (COUNT(packages) * COUNT(receivers) * COUNT(verbs))
#define LIMIT_FRAMES 100u /* as Go: more would be elided */
#define LIMIT_SIGNATURES 100000000u

struct options {
    uint64_t bytes;
    uint64_t signatures;
    uint64_t frames;
    uint64_t seed;
    bool even;
    const char *table;
    const char *counts;
};

/* What is written, and how much of it there was. */
struct out {
    char *buf;
    size_t used;
    uint64_t bytes; /* written out before BUF */
    uint64_t lines;
    uint64_t random; /* state of the generator of numbers */
};

/* One frame of the user's code. */
struct frame {
    const struct package *package;
    const struct receiver *receiver;
    const struct word *verb;
    const struct word *suffix;
    const struct word *shape;
    uint64_t line;
};

static void die(const char *what, const char *which)
{
    fprintf(stderr, "gen: %s: %s\n", which, what);
    exit(2);
}

/* --------------------------------------------------------------- numbers */

/* The finaliser of splitmix64: spreads numbers that differ in few bits. */
static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

static uint64_t draw(struct out *o)
{
    o->random += 0x9e3779b97f4a7c15u;
    return mix(o->random);
}

/* ---------------------------------------------------------------- output */

static void out_flush(struct out *o)
{
    size_t done = 0;

    while (done < o->used) {
        ssize_t n = write(STDOUT_FILENO, o->buf + done, o->used - done);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            die(strerror(errno), "standard output");
        done += (size_t)n;
    }
    o->bytes += o->used;
    o->used = 0;
}

/* Everything is put between two calls of this, so puts need not look. */
static void out_reserve(struct out *o)
{
    if (BUFFER_BYTES - o->used < LINE_ROOM)
        out_flush(o);
}

static void put_bytes(struct out *o, const char *s, size_t len)
{
    memcpy(o->buf + o->used, s, len);
    o->used += len;
}

#define PUT(o, lit) put_bytes(o, "" lit, sizeof(lit) - 1)

static void put(struct out *o, const struct word *w)
{
    put_bytes(o, w->s, w->len);
}

static void put_char(struct out *o, char c)
{
    o->buf[o->used++] = c;
}

static void put_newline(struct out *o)
{
    put_char(o, '\n');
    o->lines++;
}

static void put_decimal(struct out *o, uint64_t v)
{
    char digits[20];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + v % 10);
    } while ((v /= 10) != 0);
    put_bytes(o, digits + at, sizeof digits - at);
}

static void put_hex(struct out *o, uint64_t v)
{
    char digits[18];
    size_t at = sizeof digits;

    do {
        digits[--at] = "0123456789abcdef"[v & 15];
    } while ((v >>= 4) != 0);
    digits[--at] = 'x';
    digits[--at] = '0';
    put_bytes(o, digits + at, sizeof digits - at);
}

/* ---------------------------------------------------------------- frames */

static void put_argument(struct out *o, char kind)
{
    static const uint64_t constants[] = {0,      1, 2, 0x10,
                                         0x1000, 1, 0, UINT64_MAX};
    uint64_t r = draw(o);

    if (kind == 'p')
        put_hex(o, 0xc000000000u | (r & 0x3fffffff8u));
    else if (kind == 's')
        put_hex(o, (r & 3) != 0 ? 0x1000000 | ((r >> 8) & 0xfffff8)
                                : 0x7f0000000000 | ((r >> 8) & 0xfffffffff8));
    else if (kind == 'n')
        put_hex(o, (r >> 8) & (((uint64_t)1 << (r & 15)) - 1));
    else
        put_hex(o, constants[r & 7]);
}

static void put_args(struct out *o, const struct word *shape)
{
    put_char(o, '(');
    for (size_t i = 0; i < shape->len; i++) {
        if (strchr("psnc", shape->s[i]) != NULL)
            put_argument(o, shape->s[i]);
        else
            put_char(o, shape->s[i]);
    }
    put_char(o, ')');
    put_newline(o);
}

static void put_offset(struct out *o)
{
    PUT(o, " +");
    put_hex(o, 0x10 + (draw(o) & 0xfff));
}

static bool is_inlined(const struct word *shape)
{
    return shape->len == sizeof INLINED - 1 &&
           memcmp(shape->s, INLINED, shape->len) == 0;
}

static void put_fixed(struct out *o, const struct fixed *f)
{
    out_reserve(o);
    put(o, &f->name);
    put_args(o, &f->shape);
    put_char(o, '\t');
    put(o, &f->position);
    if (!is_inlined(&f->shape))
        put_offset(o);
    put_newline(o);
}

/*
 * The user's frame number N.  Different numbers are different frames: 7919 has
 * no factor in common with FUNCTIONS, so FUNCTIONS numbers in a row are as many
 * functions, and the next row has them at other lines.
 */
static struct frame frame_of(uint64_t n)
{
    uint64_t function = n * 7919 % FUNCTIONS;
    uint64_t rest = function;
    uint64_t r = mix(function + 1);
    struct frame f = {0};

    f.package = &packages[rest % COUNT(packages)];
    rest /= COUNT(packages);
    f.receiver = &receivers[rest % COUNT(receivers)];
    rest /= COUNT(receivers);
    f.verb = &verbs[rest];
    f.suffix = &suffixes[r % COUNT(suffixes)];
    f.shape = &shapes[(r >> 16) % COUNT(shapes)];
    f.line = 20 + (r >> 32) % 600 + n / FUNCTIONS * 7;
    return f;
}

_Static_assert(FUNCTIONS % 7919 != 0, "frame_of needs coprime numbers");

static void put_name(struct out *o, const struct frame *f)
{
    put(o, &f->package->path);
    put(o, &f->receiver->name);
    put(o, f->verb);
    put(o, f->suffix);
}

static void put_position(struct out *o, const struct frame *f)
{
    put_char(o, '\t');
    put(o, &f->package->folder);
    put(o, &f->receiver->file);
    put_char(o, ':');
    put_decimal(o, f->line);
}

static void put_frame(struct out *o, uint64_t n)
{
    struct frame f = frame_of(n);

    out_reserve(o);
    put_name(o, &f);
    put_args(o, f.shape);
    put_position(o, &f);
    if (!is_inlined(f.shape))
        put_offset(o);
    put_newline(o);
}

/* ---------------------------------------------------------------- stacks */

/* Everything of a stack that does not vary between its goroutines. */
struct stack {
    const struct wait *wait;
    const struct root *root;
    uint64_t number;
    uint64_t top;    /* frames of WAIT, innermost first */
    uint64_t middle; /* frames of the user, the stack's own one first */
    uint64_t bottom; /* frames of ROOT */
    uint64_t pool;   /* frames that stacks share */
};

/* Depths differ by about a third, and their mean is FRAMES also where each of
 * the first few stacks is a large part of the dump. */
static uint64_t stack_depth(uint64_t number, uint64_t frames)
{
    static const int by_number[] = {0, -3, 4, -1, 2, -4, 3, -1};
    int64_t mean = (int64_t)frames;
    int64_t depth = mean + by_number[number & 7] * mean / 11;

    if (depth < 1)
        return 1;
    return depth > (int64_t)LIMIT_FRAMES ? LIMIT_FRAMES : (uint64_t)depth;
}

static struct stack stack_of(uint64_t number, const struct options *opt)
{
    uint64_t depth = stack_depth(number, opt->frames);
    uint64_t r = mix(~number);
    struct stack s = {.number = number};

    /* Common stacks are in common states: the first rows are not shuffled. */
    s.wait = &waits[(number < COUNT(waits) ? number : r) % COUNT(waits)];
    s.root = &roots[(r >> 32) % COUNT(roots)];
    s.top = s.wait->depth < depth ? s.wait->depth : depth - 1;
    s.bottom = s.root->depth < depth - s.top ? s.root->depth : 0;
    s.middle = depth - s.top - s.bottom;
    s.pool = opt->signatures * 3 < 50000 ? opt->signatures * 3 : 50000;
    return s;
}

/* Numbers up to opt->signatures are frames of one stack only. */
static uint64_t shared_frame(const struct stack *s, const struct options *opt,
                             uint64_t at)
{
    return opt->signatures + mix(s->number * LIMIT_FRAMES + at) % s->pool;
}

static void put_creator(struct out *o, const struct stack *s,
                        const struct options *opt)
{
    struct frame f = frame_of(shared_frame(s, opt, LIMIT_FRAMES - 1));
    bool fixed = s->root->creator.len != 0;

    out_reserve(o);
    PUT(o, "created by ");
    if (fixed)
        put(o, &s->root->creator);
    else
        put_name(o, &f);
    PUT(o, " in goroutine ");
    put_decimal(o, 1 + draw(o) % 100000);
    put_newline(o);
    if (fixed) {
        put_char(o, '\t');
        put(o, &s->root->position);
    } else {
        put_position(o, &f);
    }
    put_offset(o);
    put_newline(o);
}

/* ------------------------------------------------------------ goroutines */

/*
 * The id of goroutine K.  Never one twice, in no order, in the runs of 16 that
 * the runtime hands out: K's run is K's place among RUNS, a power of two,
 * multiplied by an odd number; half of each run has ended already.  Run 0 is
 * left to main and to the runtime.
 */
static uint64_t id_of(uint64_t k, uint64_t runs, uint64_t seed)
{
    uint64_t run = ((1 + k / 8) * (mix(seed) | 1)) & (runs - 1);

    return run * 16 + k % 8 * 2 + (mix(k) & 1);
}

static uint64_t id_runs(const struct options *opt)
{
    uint64_t runs = 4096;

    /* No goroutine is shorter than 128 bytes. */
    while (runs < opt->bytes / 128 / 8 * 4)
        runs *= 2;
    return runs;
}

/* Most waits are short, and some as long as the process is old. */
static void put_minutes(struct out *o)
{
    uint64_t r = draw(o);

    if (r % 10 < 3)
        return;
    PUT(o, ", ");
    put_decimal(o, 1 + (r >> 16) % ((uint64_t)1 << (r >> 8) % 13));
    PUT(o, " minutes");
}

static void put_header(struct out *o, uint64_t id, const struct wait *wait)
{
    out_reserve(o);
    PUT(o, "goroutine ");
    put_decimal(o, id);
    PUT(o, " [");
    put(o, &wait->state);
    if (wait->timed)
        put_minutes(o);
    if (draw(o) % 256 == 0)
        PUT(o, ", locked to thread");
    PUT(o, "]:");
    put_newline(o);
}

static void put_goroutine(struct out *o, uint64_t id, const struct stack *s,
                          const struct options *opt)
{
    put_newline(o);
    put_header(o, id, s->wait);
    for (uint64_t i = 0; i < s->top; i++)
        put_fixed(o, &s->wait->frames[i]);
    put_frame(o, s->number);
    for (uint64_t i = 1; i < s->middle; i++)
        put_frame(o, shared_frame(s, opt, i));
    for (uint64_t i = 0; i < s->bottom; i++)
        put_fixed(o, &s->root->frames[i]);
    put_creator(o, s, opt);
}

static void put_observer(struct out *o, uint64_t id)
{
    static const struct wait running = {.state = W("running")};

    put_header(o, id, &running);
    for (size_t i = 0; i < COUNT(observer); i++)
        put_fixed(o, &observer[i]);
    PUT(o, "created by net/http.(*Server).Serve in goroutine 1");
    put_newline(o);
    PUT(o, "\t" GO "net/http/server.go:3493 +0x485");
    put_newline(o);
}

/* -------------------------------------------------------------- the dump */

/* Zipf with exponent 1, by the inverse of its continuous form. */
static uint64_t pick(struct out *o, uint64_t k, const struct options *opt)
{
    double u = (double)(draw(o) >> 11) * 0x1p-53;
    uint64_t n = 0;

    if (opt->even)
        return k % opt->signatures;
    n = (uint64_t)exp(u * log((double)opt->signatures + 1)) - 1;
    return n < opt->signatures ? n : opt->signatures - 1;
}

/* The number of goroutines; COUNTS gets how many each signature had. */
static uint64_t put_dump(struct out *o, const struct options *opt,
                         uint64_t *counts)
{
    uint64_t runs = id_runs(opt);
    uint64_t k = 0;

    put_observer(o, runs * 16 + 3);
    while (o->bytes + o->used < opt->bytes) {
        uint64_t number = pick(o, k, opt);
        struct stack s = stack_of(number, opt);

        put_goroutine(o, id_of(k, runs, opt->seed), &s, opt);
        counts[number]++;
        k++;
    }
    out_flush(o);
    return k + 1;
}

/* ------------------------------------------------------------- the truth */

static FILE *truth_open(const char *path)
{
    FILE *f = fopen(path, "w");

    if (f == NULL)
        die(strerror(errno), path);
    return f;
}

static void truth_close(FILE *f, const char *path)
{
    bool bad = ferror(f) != 0;

    if (fclose(f) != 0 || bad)
        die("cannot write", path);
}

static void write_counts(const struct options *opt, const uint64_t *counts)
{
    FILE *f = truth_open(opt->counts);

    fprintf(f, "observer 1\n");
    for (uint64_t i = 0; i < opt->signatures; i++)
        if (counts[i] != 0)
            fprintf(f, "%llu %llu\n", (unsigned long long)i,
                    (unsigned long long)counts[i]);
    truth_close(f, opt->counts);
}

static void write_table(const struct options *opt, const struct out *o,
                        const uint64_t *counts, uint64_t goroutines)
{
    FILE *f = truth_open(opt->table);
    uint64_t signatures = 1;

    for (uint64_t i = 0; i < opt->signatures; i++)
        signatures += counts[i] != 0;
    fprintf(f, "goroutines %llu\n", (unsigned long long)goroutines);
    fprintf(f, "signatures %llu\n", (unsigned long long)signatures);
    fprintf(f, "bytes %llu\n", (unsigned long long)o->bytes);
    fprintf(f, "lines %llu\n", (unsigned long long)o->lines);
    truth_close(f, opt->table);
}

/* --------------------------------------------------------------- options */

/* TEXT as a number from MIN to MAX, with K, M or G for powers of 1024. */
static uint64_t number(const char *name, const char *text, uint64_t min,
                       uint64_t max)
{
    static const char units[] = "KMG";
    char *end = NULL;
    uint64_t v = 0;
    const char *unit = NULL;

    errno = 0;
    v = strtoull(text, &end, 10);
    if (*end != '\0' && (unit = strchr(units, *end)) != NULL) {
        v <<= 10 * (unit - units + 1);
        end++;
    }
    if (errno != 0 || end == text || *end != '\0' || v < min || v > max)
        die("not a number that makes sense", name);
    return v;
}

static void set_option(struct options *opt, const char *name, const char *value)
{
    if (strcmp(name, "--bytes") == 0)
        opt->bytes = number(name, value, 1, (uint64_t)1 << 44);
    else if (strcmp(name, "--signatures") == 0)
        opt->signatures = number(name, value, 1, LIMIT_SIGNATURES);
    else if (strcmp(name, "--frames") == 0)
        opt->frames = number(name, value, 1, LIMIT_FRAMES / 2);
    else if (strcmp(name, "--seed") == 0)
        opt->seed = number(name, value, 0, UINT32_MAX);
    else if (strcmp(name, "--table") == 0)
        opt->table = value;
    else if (strcmp(name, "--counts") == 0)
        opt->counts = value;
    else if (strcmp(name, "--spread") == 0 && strcmp(value, "even") == 0)
        opt->even = true;
    else if (strcmp(name, "--spread") != 0 || strcmp(value, "zipf") != 0)
        die("no such option; the top of gen.c lists them", name);
}

int main(int argc, char **argv)
{
    struct options opt = {
        .bytes = 1 << 20, .signatures = 300, .frames = 11, .seed = 1};
    struct out o = {0};
    uint64_t *counts = NULL;
    uint64_t goroutines = 0;

    for (int i = 1; i < argc; i += 2) {
        if (i + 1 == argc)
            die("needs a value", argv[i]);
        set_option(&opt, argv[i], argv[i + 1]);
    }
    o.random = mix(opt.seed);
    o.buf = malloc(BUFFER_BYTES);
    counts = calloc(opt.signatures, sizeof *counts);
    if (o.buf == NULL || counts == NULL)
        die("out of memory", "--signatures");
    goroutines = put_dump(&o, &opt, counts);
    if (opt.table != NULL)
        write_table(&opt, &o, counts, goroutines);
    if (opt.counts != NULL)
        write_counts(&opt, counts);
    free(counts);
    free(o.buf);
    return 0;
}
