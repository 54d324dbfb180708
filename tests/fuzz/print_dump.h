/* Goroutines as Go prints them, with what may differ each time. */
#ifndef FUZZ_PRINT_DUMP_H
#define FUZZ_PRINT_DUMP_H

#include "fuzz/make_dump.h"

/* What a header says beside the state. */
struct notes {
    bool locked, leaked, durable;
    int64_t minutes;    /* -1: none */
    const char *labels; /* between the braces; "" for none */
    uint64_t parent;    /* 0: none */
};

static inline struct notes make_notes(struct choices *c)
{
    static const char *const labels[] = {
        "",
        "\"tenant\": \"acme corp]\", \"worker\": \"ingest\"",
        "\"a}\": \"b\\\"]: {\"",
        "\"\": \"\"",
        "\"k\": \"\\u00e9 \\xff, \\\\\"",
    };
    struct notes n = {.locked = yes(c), .leaked = yes(c), .durable = yes(c)};

    n.minutes = yes(c) ? (int64_t)number(c, 7) : -1;
    n.labels = PICK(c, labels);
    n.parent = number(c, 8);
    return n;
}

static inline void print_header(FILE *out, const struct made *m,
                                const struct notes *n, struct choices *c)
{
    bool new_form = yes(c);

    fprintf(out, "goroutine %llu", (unsigned long long)m->id);
    if (yes(c))
        fprintf(out, yes(c) ? " gp=0xc000082540 m=nil"
                            : " gp=0xc000082540 m=4 mp=0xc000080008");
    fprintf(out, " [%s%s%s%s", m->state, n->leaked ? " (leaked)" : "",
            yes(c) ? " (scan)" : "", n->durable ? " (durable)" : "");
    if (n->minutes >= 0)
        fprintf(out, ", %lld minutes", (long long)n->minutes);
    fputs(n->locked ? ", locked to thread" : "", out);
    if (yes(c))
        fprintf(out, ", synctest bubble %u", choose(c, 9));
    if (n->labels[0] != '\0' && !new_form)
        fprintf(out, " labels:{%s}", n->labels);
    fputs("]", out);
    if (n->labels[0] != '\0' && new_form)
        fprintf(out, " {%s}", n->labels);
    fputs(":\n", out);
}

static inline void print_position(FILE *out, const struct call *call,
                                  struct choices *c)
{
    static const char *const folders[] = {
        "",
        "./",
        "/home/u/p/",
        "C:/Program Files (x86)/a:1/",
        "\\\\host\\s\\",
        "example.com/mod@v1.2.3/",
        "/a b/goroutine 1 [running]:/",
    };

    fprintf(out, "\t%s%s:%u", PICK(c, folders), call->file,
            (unsigned)call->line);
    if (yes(c))
        fprintf(out, " +0x%llx", (unsigned long long)number(c, 3));
}

static inline void print_call(FILE *out, const struct call *call,
                              struct choices *c)
{
    static const char *const arguments[] = {
        "",
        "...",
        "0x1, 0xffffffffffffffff",
        "0x0?, {0x54f1f8, _}, ...",
        "{}",
        "{{{{{...}}}}}",
        "0xc000014008?",
    };

    fprintf(out, "%s(%s)\n", call->printed, PICK(c, arguments));
    print_position(out, call, c);
    if (yes(c))
        fputs(" fp=0xc00006e750 sp=0xc00006e730 pc=0x43d3ce", out);
    fputs("\n", out);
}

static inline void print_creator(FILE *out, const struct made *m,
                                 const struct notes *n, struct choices *c)
{
    fprintf(out, "created by %s", m->creator.printed);
    if (n->parent != 0)
        fprintf(out, " in goroutine %llu", (unsigned long long)n->parent);
    fputs("\n", out);
    print_position(out, &m->creator, c);
    fputs("\n", out);
}

static inline void print_ancestors(FILE *out, const struct made *m,
                                   struct choices *c)
{
    for (unsigned n = choose(c, 3); n > 0; n--) {
        fprintf(out, "[originating from goroutine %llu]:\n",
                (unsigned long long)number(c, 8));
        print_call(out, &m->creator, c);
        if (yes(c))
            fputs("...additional frames elided...\n", out);
        fprintf(out, "created by %s\n", m->creator.printed);
        print_position(out, &m->creator, c);
        fputs("\n", out);
    }
}

static inline void print_elided(FILE *out, struct choices *c)
{
    if (yes(c))
        fputs("...additional frames elided...\n", out);
    else
        fprintf(out, "...%u frames elided...\n", 1 + choose(c, 250));
}

/* Frames that only some levels print; they are not part of a signature. */
static inline void print_noise(FILE *out, const char *const *names, size_t n,
                               struct choices *c)
{
    struct call call = {.file = "proc.go", .line = choose(c, 250)};

    if (choose(c, 4) != 1)
        return;
    append(call.printed, names[choose(c, (unsigned)n)]);
    print_call(out, &call, c);
}

#define NOISE(out, list, c)                                                    \
    print_noise(out, list, sizeof(list) / sizeof((list)[0]), c)

/* M with the notes N; NOISY: with frames that do not count. */
static inline void print_made(FILE *out, const struct made *m,
                              const struct notes *n, bool noisy,
                              struct choices *c)
{
    static const char *const leading[] = {"runtime.gopark", "runtime.Gosched",
                                          "internal/runtime/syscall.Syscall6"};
    static const char *const between[] = {"main.f.gowrap1",
                                          "main.g.deferwrap12",
                                          "main.(*T).M-fm", "runtime.mcall"};
    static const char *const trailing[] = {"runtime.goexit", "runtime.main"};

    print_header(out, m, n, c);
    if (m->unavailable)
        fputs("\tgoroutine running on other thread; stack unavailable\n", out);
    noisy = noisy && !m->unavailable;
    if (noisy)
        NOISE(out, leading, c);
    for (size_t i = 0; i < m->call_count; i++) {
        print_call(out, &m->calls[i], c);
        if (noisy)
            NOISE(out, between, c);
        if (m->elided && i == m->call_count / 2)
            print_elided(out, c);
    }
    if (noisy)
        NOISE(out, trailing, c);
    if (m->created)
        print_creator(out, m, n, c);
    if (m->created)
        print_ancestors(out, m, c);
    fputs("\n", out);
}

#endif
