/*
 * goroleak: find goroutine leaks from goroutine dumps.
 *
 * This is the only installed header.  It compiles alone, as C11 and as C++.
 *
 * The short way:
 *
 *     struct grl_dumps *d = NULL;
 *     struct grl_trend *t = NULL;
 *     if (grl_dumps_new(&d, NULL, &err) == GRL_OK &&
 *         grl_dumps_read(d, "dumps/", &err) == GRL_OK &&
 *         grl_trend_new(&t, d, &err) == GRL_OK)
 *             printf("%zu stacks leak\n", grl_trend_leaks(t));
 *
 * Rules that hold for every function here:
 *
 *   errors   a function that can fail returns enum grl_status and fills *ERR,
 *            which may be NULL.  Outputs are written only on success.
 *   owns     what a *_new function gives you is yours to give to *_free;
 *            *_free accept NULL.  All other pointers stay the library's and
 *            live as long as the object they were asked from.
 *   threads  objects share nothing; one thread at a time per object.
 *   structs  handed out by pointer, never by value: they may grow at the end.
 *            Callers fill only structs that have an *_init function.
 *   never    the library never exits, prints, reads the environment or sets
 *            the locale.
 */
#ifndef GOROLEAK_H
#define GOROLEAK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GRL_VERSION "0.1.0"

#if defined(__GNUC__)
#define GRL_API __attribute__((visibility("default")))
#else
#define GRL_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the library at run time, as "0.1.0". */
GRL_API const char *grl_version(void);

/* ------------------------------------------------------------- failures */

/* New codes may be added; numbers never change. */
enum grl_status {
    GRL_OK = 0,
    GRL_ENOMEM = 1,   /* out of memory */
    GRL_EIO = 2,      /* cannot open, read or write; see grl_error.sys */
    GRL_ELIMIT = 3,   /* a stated limit was reached */
    GRL_EPATTERN = 4, /* a pattern does not compile, or gave up matching */
    GRL_EINVAL = 5,   /* an argument makes no sense */
    GRL_ENODUMP = 6,  /* the input holds no goroutine */
    GRL_EMIXED = 7,   /* dumps of several processes where one is judged */
};

struct grl_error {
    enum grl_status code; /* stable across releases; switch on this */
    const char *what;     /* static text: never NULL after a failure */
    uint64_t line;        /* 1-based; 0 when not about a line */
    uint64_t offset;      /* bytes from the start of the pattern or input */
    int sys;              /* errno at the failure, or 0 */
    char detail[200];     /* more words, such as a pattern compiler's; or "" */
};

/* ----------------------------------------------------- what a dump holds */

/* Borrowed bytes, not NUL-terminated; len is bytes. */
struct grl_text {
    const char *ptr;
    size_t len;
};

/* One call on a stack.  Strings are NUL-terminated. */
struct grl_frame {
    const char *function; /* full name; %xx of import paths decoded */
    const char *file;     /* as the dump printed it; "" when unknown */
    uint32_t line;        /* 0 when unknown */
    bool stdlib;          /* the function belongs to Go's standard library */
};

/* One goroutine as parsed; everything in it lives only until the callback
 * returns, frames as long as their parser or dumps. */
struct grl_goroutine {
    uint64_t id;
    struct grl_text state;  /* without annotations: "chan receive (nil chan)" */
    struct grl_text labels; /* text between the braces, or empty */
    int64_t wait_minutes;   /* -1 when the dump gives none */
    uint64_t parent;        /* N of "in goroutine N"; 0 when not given */
    uint64_t line;          /* 1-based line of the header in its input */
    bool locked;            /* ", locked to thread" */
    bool leaked;            /* "(leaked)" */
    bool durable;           /* "(durable)" */
    bool elided;            /* "...N frames elided..." or a frame limit */
    bool cut;               /* the stack could not be read to its end */
    bool unavailable;       /* "stack unavailable" */
    bool observer; /* first of its dump and running: it took the dump */
    const struct grl_frame *const *frames; /* innermost first */
    size_t frame_count;
    const struct grl_frame *created_by; /* NULL when not given */
    uint64_t count; /* how many it stands for: 1, or more in a profile, which
                       gives no id (0) and no state */
};

/* What runtime.MemStats told at the end of a heap profile in text. */
struct grl_memory {
    uint64_t heap_inuse;  /* bytes, as are the next two */
    uint64_t stack_inuse; /* the stacks of goroutines */
    uint64_t sys;         /* all that the process has from the system */
    uint64_t num_gc;      /* collections since it began */
};

/* -------------------------------------------------------------- parser */

struct grl_parser;

/* Callbacks of a parser; NULL ones are skipped. */
struct grl_parser_events {
    /* Once for each goroutine, in order.  A result other than GRL_OK stops
     * the parser, which returns it. */
    enum grl_status (*goroutine)(void *user, const struct grl_goroutine *g);
    /* A dump begins, FORM as in grl_dump.form; called before its first
     * goroutine. */
    enum grl_status (*dump)(void *user, const char *form);
    /* Something could not be read; LINE is 1-based, WHAT static text. */
    void (*damage)(void *user, uint64_t line, const char *what);
    /* A heap profile ended with what the runtime says of its memory. */
    enum grl_status (*memory)(void *user, const struct grl_memory *m);
};

struct grl_parser_stats {
    uint64_t lines;         /* lines read */
    uint64_t goroutines;    /* goroutines reported */
    uint64_t repeated;      /* seen before in the same crash output, skipped */
    uint64_t damaged;       /* goroutines whose stack is not all there */
    uint64_t skipped_lines; /* lines inside stacks that fit no known form */
    uint64_t long_lines;    /* lines cut at the line limit */
    bool truncated;         /* the input ends inside a goroutine */
};

/*
 * A push parser for text goroutine dumps.  Feed it any pieces of one input in
 * order: the goroutines reported depend on the bytes, never on how they were
 * cut up.  EVENTS is copied; USER is passed to each callback.
 */
GRL_API enum grl_status grl_parser_new(struct grl_parser **out,
                                       const struct grl_parser_events *events,
                                       void *user, struct grl_error *err);

/*
 * Feed LEN bytes at BYTES, the next piece of the input, to P.
 *
 *   owns     BYTES stays the caller's; P keeps no pointer into it.
 *   returns  GRL_OK, GRL_ENOMEM, GRL_ELIMIT or what a callback returned.
 *            After a failure P accepts only grl_parser_free().  Text that is
 *            not a dump is no failure.
 */
GRL_API enum grl_status grl_parser_feed(struct grl_parser *p, const void *bytes,
                                        size_t len, struct grl_error *err);

/* The input has ended: report the last goroutine. */
GRL_API enum grl_status grl_parser_finish(struct grl_parser *p,
                                          struct grl_error *err);

/* Counts so far; valid until the next call on P. */
GRL_API const struct grl_parser_stats *
grl_parser_stats(const struct grl_parser *p);

GRL_API void grl_parser_free(struct grl_parser *p);

/* --------------------------------------------------------------- rules */

struct grl_rules;

enum grl_rule_action {
    GRL_IGNORE = 0, /* leave matching goroutines out */
    GRL_ONLY = 1,   /* leave all others out */
};

/* One rule as listed; see grl_rules_get(). */
struct grl_rule {
    const char *name;   /* of a built-in rule, such as "main"; else "" */
    const char *text;   /* KIND:PATTERN as given, or what a built-in does */
    const char *source; /* "goleak, gleak", a file name, or "" */
    bool enabled;
    uint64_t matched; /* goroutines it took so far */
    uint64_t most;    /* it excuses an assertion from so many, or from none;
                         UINT64_MAX: it ignores all, however many */
    uint64_t line;    /* of a suppression file, or 0 */
    bool expired;     /* its until= is over, so it is not enabled */
};

GRL_API enum grl_status grl_rules_new(struct grl_rules **out,
                                      struct grl_error *err);

/*
 * Add "KIND:PATTERN".  KIND is top, any, creator, state, file, label or
 * signature; PATTERN is PCRE2, found anywhere in the text, or "=text" for the
 * exact text.  On GRL_EPATTERN err->offset is the byte of RULE to point at.
 */
GRL_API enum grl_status grl_rules_add(struct grl_rules *r,
                                      enum grl_rule_action action,
                                      const char *rule, struct grl_error *err);

/* Add the rules that `goroleak assert` starts with, all named. */
GRL_API enum grl_status grl_rules_add_builtin(struct grl_rules *r,
                                              struct grl_error *err);

/*
 * Add the lines of a suppression file: "KIND:PATTERN", then optionally max=N
 * and until=YYYY-MM-DD; blank lines and those that begin with # are passed
 * over. SOURCE is its name and must outlive R, TEXT its text, TODAY seconds
 * since 1970.  err->line is the line that is wrong.
 */
GRL_API enum grl_status grl_rules_add_suppressions(struct grl_rules *r,
                                                   const char *source,
                                                   const char *text,
                                                   int64_t today,
                                                   struct grl_error *err);

/* Excuse an assertion from what RULE matches as long as there are at most MOST
 * goroutines of it, and from none when there are more. */
GRL_API enum grl_status grl_rules_allow(struct grl_rules *r, const char *rule,
                                        uint64_t most, struct grl_error *err);

/* Switch the built-in rule NAME; GRL_EINVAL when there is none. */
GRL_API enum grl_status grl_rules_enable(struct grl_rules *r, const char *name,
                                         bool on, struct grl_error *err);

GRL_API size_t grl_rules_count(const struct grl_rules *r);
GRL_API const struct grl_rule *grl_rules_get(const struct grl_rules *r,
                                             size_t i);
GRL_API void grl_rules_free(struct grl_rules *r);

/* --------------------------------------------------------------- dumps */

enum grl_group {
    GRL_GROUP_STACK = 0,    /* wait reason, whole stack, creator */
    GRL_GROUP_FUNCTION = 1, /* the same without line numbers */
    GRL_GROUP_LOCATION = 2, /* wait reason, first frame of non-library code */
    GRL_GROUP_CREATOR = 3,
    GRL_GROUP_STATE = 4,
    GRL_GROUP_LABEL = 5, /* the value of one label */
    GRL_GROUP_CALLS =
        6, /* the functions of the stack alone: what a profile,
              which has no states and creators, shares with text */
};

/* What to read and how.  Fill with grl_options_init() first. */
/* How dumps are asked for by HTTP.  Zero is a good default. */
struct grl_http {
    const char *const *headers; /* "Name: value" each */
    size_t header_count;
    const char *netrc; /* path of a file with credentials, or NULL */
    unsigned seconds;  /* until an answer must be complete; 0: 60 */
};

struct grl_options {
    size_t size;                /* sizeof this struct, set by init */
    enum grl_group group_by;    /* default GRL_GROUP_STACK */
    const char *group_label;    /* the key, for GRL_GROUP_LABEL */
    struct grl_rules *rules;    /* borrowed; NULL: every goroutine is kept */
    int64_t min_wait_minutes;   /* leave out goroutines below; 0: none */
    const char *dump_separator; /* PCRE2: a matching line starts a new dump */
    const char *instance; /* PCRE2 on the path of a source: its first capture,
                             or the match, names the process; NULL: one */
    bool merge;           /* sum the clusters over all dumps, as scan does */
    bool keep_ids;        /* keep all goroutine ids, as diff and trend need */
    bool verbose;         /* call notice for each damaged place too */
    /*
     * Called for what is not a failure of the whole job: a file that cannot
     * be read, a dump cut short, damage.  SOURCE names the input; LINE is 0
     * when not about a line; ERR is set when a source could not be read at
     * all, and then the source counts in grl_dumps_failed().
     */
    void (*notice)(void *user, const char *source, uint64_t line,
                   const char *text, const struct grl_error *err);
    /* Called now and then while SOURCE is read: BYTES of it were, of SIZE,
     * which is 0 when not known. */
    void (*progress)(void *user, const char *source, uint64_t bytes,
                     uint64_t size);
    void *user;
    struct grl_http http; /* copied; what it points to is borrowed */
    unsigned threads; /* that read one source, the caller's among them; 0: as
                         many as help, 1: no others.  The result is the same */
    const char *line_prefix; /* PCRE2: what a log puts before every line of a
                                dump; lines without it are passed over.  NULL:
                                found out from the headers */
    bool lineage;            /* note who created whom, for grl_assert_tests() */
    bool redact; /* for sharing: results hold no labels, and of the paths of
                    dumps and files no more than the last name */
    bool heap;   /* judge heap profiles in place of goroutine dumps: a stack is
                    one that allocated, its count the bytes of it in use, which
                    Go's sampling has estimated */
    bool races;  /* also reports of the race detector, form "race", which hold
                    the goroutines that raced and no others; else they are
                    passed over */
};

GRL_API void grl_options_init(struct grl_options *o);

#define GRL_NO_TIME INT64_MIN

enum grl_time_source {
    GRL_TIME_NONE = 0,
    GRL_TIME_NAME = 1,  /* a timestamp in the file's name */
    GRL_TIME_MTIME = 2, /* the file's modification time, or, better, when a
                           pprof profile says that it was taken */
};

/* One dump that was read. */
struct grl_dump {
    const char *source; /* path as given, or "-" */
    size_t index;       /* place among the dumps of its source, from 0 */
    int64_t time;       /* seconds since 1970 UTC, or GRL_NO_TIME */
    enum grl_time_source time_source;
    const char *form;       /* "debug2", "sigquit", "panic", "timeout",
                               "debug1", "pprof", "goleak", "gleak", "race",
                               "go-deadlock", "delve"; "heap" */
    uint64_t goroutines;    /* found in the dump, ignored ones included */
    uint64_t ignored;       /* left out by rules or min_wait_minutes */
    size_t clusters;        /* distinct signatures among the others */
    uint64_t damaged;       /* goroutines whose stack is not all there */
    uint64_t skipped_lines; /* lines inside stacks that fit no known form */
    uint64_t repeated;      /* goroutines that a crash printed again */
    uint64_t max_id;        /* largest goroutine id */
    bool truncated;         /* the input ends inside this dump */
    const char *instance;   /* the process it is of; "" when there is one */
    const struct grl_memory *memory; /* of a heap profile in the same file, or
                                        in one whose name differs only in its
                                        kind (01_heap.txt, 01_goroutine.txt);
                                        or NULL */
};

/* How long the goroutines of a cluster have waited, in whole minutes as the
 * runtime prints them; those without a figure do not count. */
struct grl_waits {
    uint64_t known; /* goroutines with a figure; 0: min.. mean nothing */
    int64_t min, median, max;
};

struct grl_state_count {
    const char *state;
    uint64_t count;
};

struct grl_label_count {
    const char *key;
    const char *value;
    uint64_t count;
};

/* The goroutines of one dump (or of all, when merged) that share a
 * signature. */
struct grl_cluster {
    char signature[33]; /* 32 hex digits and a NUL */
    uint64_t count;
    const char *state; /* the commonest */
    struct grl_waits waits;
    uint64_t locked; /* goroutines locked to a thread */
    uint64_t leaked; /* goroutines the runtime marked "(leaked)" */
    bool elided;     /* frames were elided, or the stack cut or unavailable */
    const struct grl_frame *const *frames; /* innermost first */
    size_t frame_count;
    const struct grl_frame *created_by; /* or NULL */
    const struct grl_frame *blocked_in; /* first frame of non-library code, or
                                           the first; NULL without frames */
    const uint64_t *ids; /* the first 20 to appear; with keep_ids all */
    size_t id_count;     /* ascending when there are as many as count */
    const struct grl_state_count *states; /* commonest first */
    size_t state_count;
    const struct grl_label_count *labels; /* by key, then commonest first */
    size_t label_count;
    bool labels_cut; /* more distinct labels than the limit */
};

struct grl_dumps;

/* OPTIONS may be NULL for defaults with keep_ids; it is copied, what it points
 * to is borrowed until grl_dumps_free(). */
GRL_API enum grl_status grl_dumps_new(struct grl_dumps **out,
                                      const struct grl_options *options,
                                      struct grl_error *err);

/*
 * Read all dumps of PATH: a file, a folder (the files in it, by name, without
 * hidden ones and without going deeper), "-" for standard input, or a URL:
 * http, https, or unix:///SOCKET[:/PATH].
 *
 *   returns  GRL_OK also when a file could not be read or holds no goroutine:
 *            notice tells of it and grl_dumps_failed() counts it.  A failure
 *            is GRL_ENOMEM, GRL_ELIMIT or GRL_EPATTERN, after which D accepts
 *            only grl_dumps_free().
 */
GRL_API enum grl_status grl_dumps_read(struct grl_dumps *d, const char *path,
                                       struct grl_error *err);

/* The same of COUNT PATHS in order, of which several small files may be read at
 * once, by the threads that options.threads allows. */
GRL_API enum grl_status grl_dumps_read_all(struct grl_dumps *d,
                                           const char *const *paths,
                                           size_t count, struct grl_error *err);

/* The same from memory, in pieces: begin, feed as often as needed, end.
 * NAME is copied.  grl_dumps_end() returns GRL_ENODUMP when there was no
 * goroutine in it, nor a heap profile that tells the memory of a process (with
 * the heap option: nor a heap profile, nor a dump to pass over); D stays
 * usable. */
GRL_API enum grl_status grl_dumps_begin(struct grl_dumps *d, const char *name,
                                        struct grl_error *err);
GRL_API enum grl_status grl_dumps_feed(struct grl_dumps *d, const void *bytes,
                                       size_t len, struct grl_error *err);
GRL_API enum grl_status grl_dumps_end(struct grl_dumps *d,
                                      struct grl_error *err);

enum grl_order {
    GRL_ORDER_AUTO = 0, /* timestamps in the names if all have one, else mtime
                           if they differ, else names */
    GRL_ORDER_ARGS = 1, /* as read */
    GRL_ORDER_NAME = 2, /* by name, numbers in it by value */
    GRL_ORDER_MTIME = 3,
};

/* Put the dumps in time order; dumps of one source keep theirs.  Returns the
 * order used (AUTO resolved).  Without it dumps stay as read. */
GRL_API enum grl_order grl_dumps_sort(struct grl_dumps *d,
                                      enum grl_order order);

GRL_API size_t grl_dumps_count(const struct grl_dumps *d);
GRL_API const struct grl_dump *grl_dumps_get(const struct grl_dumps *d,
                                             size_t i);
/* Sources that could not be read or that hold no goroutine. */
GRL_API size_t grl_dumps_failed(const struct grl_dumps *d);
/* Lines between snapshots, or at their end, that are none. */
GRL_API uint64_t grl_dumps_lost(const struct grl_dumps *d);

/* The clusters of dump I, largest first.  Of those with one count, here and in
 * every list of them, the longest wait is first and what runs or is in a system
 * call last; then the signature decides.  With the merge option I is 0 and they
 * are those of all dumps. */
GRL_API size_t grl_cluster_count(const struct grl_dumps *d, size_t i);
GRL_API const struct grl_cluster *grl_cluster_get(const struct grl_dumps *d,
                                                  size_t i, size_t k);
GRL_API void grl_dumps_free(struct grl_dumps *d);

/* ---------------------------------------------------------------- diff */

enum grl_change_kind {
    GRL_NEW = 0,
    GRL_GONE = 1,
    GRL_GREW = 2,
    GRL_SHRANK = 3,
    GRL_SAME = 4,
};

struct grl_change {
    enum grl_change_kind kind;
    uint64_t before, after; /* goroutines */
    int64_t delta;
    int64_t survivors; /* in both with this signature; -1: cannot be known */
    const struct grl_cluster *cluster; /* of the later dump that has it */
};

struct grl_diff;

/* Compare dump BEFORE with dump AFTER of D, which needs keep_ids. */
GRL_API enum grl_status grl_diff_new(struct grl_diff **out,
                                     const struct grl_dumps *d, size_t before,
                                     size_t after, struct grl_error *err);
/* True when the ids say that the two are of different processes; survivors
 * are then unknown. */
GRL_API bool grl_diff_restarted(const struct grl_diff *f);
/* Changes, GRL_SAME left out: largest growth first, then largest fall. */
GRL_API size_t grl_diff_count(const struct grl_diff *f);
GRL_API const struct grl_change *grl_diff_get(const struct grl_diff *f,
                                              size_t i);
GRL_API void grl_diff_free(struct grl_diff *f);

/* --------------------------------------------------------------- trend */

enum grl_verdict {
    GRL_LEAKING = 0,
    GRL_GROWING = 1,
    GRL_PLATEAUED = 2,
    GRL_OSCILLATING = 3,
    GRL_FALLING = 4,
    GRL_GONE_AWAY = 5,
    GRL_STEADY = 6,
};

/* "leaking", "growing", ... */
GRL_API const char *grl_verdict_name(enum grl_verdict v);

/* What a series says of one signature. */
struct grl_finding {
    enum grl_verdict verdict;
    const uint64_t *counts; /* goroutines per dump, in order */
    size_t count_count;     /* as many as there are dumps */
    uint64_t first, last;   /* the first and the last of counts */
    double per_dump;        /* Theil-Sen slope, goroutines per dump */
    double per_hour;        /* the same by time; NaN when times are unknown */
    double p_value;  /* the chance that it is an accident, corrected for the
                        number of signatures: of a leak by the sign test on
                        who stayed or by the counts, else one-sided
                        Mann-Kendall; NaN where dumps are too few to tell */
    double survival; /* share of the added goroutines still there at the end;
                        NaN when none was added or ids are unknown */
    uint64_t added, survived;          /* that share's parts */
    const struct grl_cluster *cluster; /* of the last dump that has it */
    const char *const *evidence;       /* plain sentences */
    size_t evidence_count;
    const char *instance; /* the process judged; "" when there is one */
    double rms; /* root mean square over all instances of the goroutines that
                   leak with this signature, as LeakProf ranks */
};

struct grl_trend;

/*
 * Judge the dumps of D, a series in time order, which needs keep_ids.  With
 * the instance option each instance is judged alone.  GRL_EMIXED when dumps
 * that should be of one process are of several: err->detail names two.
 */
GRL_API enum grl_status grl_trend_new(struct grl_trend **out,
                                      const struct grl_dumps *d,
                                      struct grl_error *err);
/* Processes that were judged. */
GRL_API size_t grl_trend_instances(const struct grl_trend *t);
/* Runs of dumps between restarts, over all instances. */
GRL_API size_t grl_trend_segments(const struct grl_trend *t);
/* Every signature of each instance: by verdict, then by rms and growth. */
GRL_API size_t grl_trend_count(const struct grl_trend *t);
GRL_API const struct grl_finding *grl_trend_get(const struct grl_trend *t,
                                                size_t i);
/* Findings with GRL_LEAKING. */
GRL_API size_t grl_trend_leaks(const struct grl_trend *t);
GRL_API void grl_trend_free(struct grl_trend *t);

/* -------------------------------------------------------------- assert */

struct grl_assertion;

/*
 * Judge dump DUMP of D as a test's last word: every cluster that the rules of
 * D's options left is a leak.  BASELINE is the index of an earlier dump, or
 * -1: its goroutines are excused by id within one process, and otherwise as
 * many of each signature as it had; D then needs keep_ids.  GRL_EMIXED when the
 * two have no code in common.
 */
GRL_API enum grl_status grl_assert_new(struct grl_assertion **out,
                                       const struct grl_dumps *d, size_t dump,
                                       ptrdiff_t baseline,
                                       struct grl_error *err);
/* Adds a dump of the process that is judged to the end of D; what it returns
 * other than GRL_OK ends the judging, with *ERR as it leaves it. */
typedef enum grl_status grl_take_fn(void *user, struct grl_dumps *d,
                                    struct grl_error *err);

/*
 * The same of the last dump of D, after goroutines that are on their way out
 * had time to end: TAKE is called, and its dump judged, until one shows no leak
 * or was asked for after SECONDS; 0 means one dump.  The pauses between are of
 * 1 ms, 2 ms, 4 ms ... and at most 100 ms, as goleak's, or of a twentieth of
 * the time that is gone when that is more.  Fails as grl_assert_new() and TAKE
 * do.
 */
GRL_API enum grl_status grl_assert_settled(struct grl_assertion **out,
                                           struct grl_dumps *d,
                                           ptrdiff_t baseline, double seconds,
                                           grl_take_fn *take, void *user,
                                           struct grl_error *err);

/* Goroutines excused: by rules, and by the baseline. */
GRL_API uint64_t grl_assert_ignored(const struct grl_assertion *a);
GRL_API uint64_t grl_assert_in_baseline(const struct grl_assertion *a);

/* What the baseline turned out to be. */
enum grl_baseline {
    GRL_BASELINE_NONE,
    GRL_BASELINE_SAME_PROCESS, /* excuses goroutines, by id */
    GRL_BASELINE_NO_IDS,       /* a profile: so many of each signature; ... */
    GRL_BASELINE_OTHER_RUN,    /* ... as do those of another process ... */
    GRL_BASELINE_OTHER_BUILD   /* ... also one with other lines in its stacks,
                                  which excuses none of those */
};
GRL_API enum grl_baseline grl_assert_baseline(const struct grl_assertion *a);

/* What is left, largest first.  Where the baseline excuses some goroutines of
 * a cluster, count and ids are of the others and the rest is of all, but for
 * the waits, which are not known when they are of the excused ones rather;
 * there are no ids where it excuses by count, as which ones it means is not
 * known. */
GRL_API size_t grl_assert_count(const struct grl_assertion *a);
GRL_API const struct grl_cluster *grl_assert_get(const struct grl_assertion *a,
                                                 size_t i);

struct grl_test_count {
    const char *test; /* "example.com/cart.TestAdd" */
    uint64_t count;
};

/* The tests that leak I comes from, *COUNT of them, most goroutines first, 20
 * at most: those of whom functions of tests are among the creators that the
 * dump still has.  Needs the lineage option. */
GRL_API const struct grl_test_count *
grl_assert_tests(const struct grl_assertion *a, size_t i, size_t *count);

GRL_API void grl_assert_free(struct grl_assertion *a);

/* ------------------------------------------------------------- explain */

/* A usual reason why goroutines in a state leak. */
struct grl_cause {
    const char *what;    /* one line */
    const char *example; /* a few lines of Go that show it */
    const char *fix;     /* one line */
};

struct grl_explanation {
    const char *state;              /* the wait reason */
    const char *what;               /* what such a goroutine waits for */
    const struct grl_cause *causes; /* commonest first */
    size_t cause_count;
};

/* What STATE means, such as "chan send"; NULL when it is not known. */
GRL_API const struct grl_explanation *grl_explain_state(const char *state);

/* All states that are explained: index from 0; NULL past the end. */
GRL_API const struct grl_explanation *grl_explain_get(size_t i);

/* One sentence on what the stack of C tells of the likely cause, such as a
 * response body that is never closed; NULL when it tells nothing. */
GRL_API const char *grl_explain_stack(const struct grl_cluster *c);

/* Why C is worth a look in a single dump, or NULL: it can never wake, or its
 * waits spread as those of a leak do.  No verdict: that takes a series. */
GRL_API const char *grl_suspicion(const struct grl_cluster *c);

/* ------------------------------------------------------------- history */

/* Snapshots of dumps in one file, and what was told of them.  Not to be shared
 * between threads; processes wait for each other. */
struct grl_history;

/*
 * Open the history at PATH, made if CREATE, for its owner only, when it is not
 * there.  Another process at it is waited for, WAIT_SECONDS at most. GRL_EINVAL
 * when the file is a database, but no history or of a later release.
 */
GRL_API enum grl_status grl_history_open(struct grl_history **out,
                                         const char *path, bool create,
                                         double wait_seconds,
                                         struct grl_error *err);
GRL_API void grl_history_close(struct grl_history *h);

/* What is done in between happens whole or not at all, and alone. */
GRL_API enum grl_status grl_history_begin(struct grl_history *h,
                                          struct grl_error *err);
GRL_API enum grl_status grl_history_commit(struct grl_history *h,
                                           struct grl_error *err);

/* Call EACH with the number of every snapshot of INSTANCE, oldest first.  What
 * it returns other than GRL_OK ends that and is returned. */
GRL_API enum grl_status grl_history_numbers(
    struct grl_history *h, const char *instance,
    enum grl_status (*each)(void *user, int64_t number, struct grl_error *err),
    void *user, struct grl_error *err);

/* When a dump that is like one before counts: the same goroutines, in the same
 * states. */
enum grl_copies {
    GRL_COPIES_ALL = 0,    /* never: it is a copy of that one */
    GRL_COPIES_NEWEST = 1, /* when that one is not the newest: it was just
                              taken, and the process is as it was before */
    GRL_COPIES_TIME = 2,   /* when that one is of another time */
};

/*
 * Add dump I of D, which needs keep_ids, to INSTANCE.  TIME is when it was
 * taken; GRL_NO_TIME: when it says, or now.  *FRESH says whether it was new, by
 * COPIES.
 */
GRL_API enum grl_status grl_history_record(struct grl_history *h,
                                           const struct grl_dumps *d, size_t i,
                                           const char *instance, int64_t time,
                                           enum grl_copies copies, bool *fresh,
                                           struct grl_error *err);

/* Read the snapshots of INSTANCE into D as dumps, oldest first: MOST at most,
 * the newest and, of the others, some that lie evenly. */
GRL_API enum grl_status grl_history_load(struct grl_history *h,
                                         const char *instance, size_t most,
                                         struct grl_dumps *d,
                                         struct grl_error *err);

/* How the times of the snapshots of a process go with the order in which they
 * were recorded. */
struct grl_clock {
    uint64_t snapshots;
    uint64_t contrary; /* how many of them at least have a wrong time */
    int64_t newest;    /* the latest time of all */
    bool set_back;     /* the last is of an earlier time than the one before */
};

/*
 * The same, but without what a wrong clock has put out of order: as many stay
 * as can be whose times do not fall from each to the one recorded after it, up
 * to the one recorded last.
 */
GRL_API enum grl_status
grl_history_load_recorded(struct grl_history *h, const char *instance,
                          size_t most, struct grl_dumps *d,
                          struct grl_clock *clock, struct grl_error *err);

/* Read the snapshot with NUMBER, as grl_report_history() tells it, into D.
 * *FOUND says whether there is one. */
GRL_API enum grl_status grl_history_load_one(struct grl_history *h,
                                             int64_t number,
                                             struct grl_dumps *d, bool *found,
                                             struct grl_error *err);

/* Take the snapshot with NUMBER out.  *FOUND says whether there was one. */
GRL_API enum grl_status grl_history_drop(struct grl_history *h, int64_t number,
                                         bool *found, struct grl_error *err);

/* *SECONDS are between the oldest and the newest snapshot, of all processes,
 * that is of a time from FIRST to LAST. */
GRL_API enum grl_status grl_history_span(struct grl_history *h, int64_t first,
                                         int64_t last, int64_t *seconds,
                                         struct grl_error *err);

/* Drop snapshots before OLDEST, and thin the older half until all take no more
 * than BYTES (0: any number); *DROPPED is how many went. */
GRL_API enum grl_status grl_history_prune(struct grl_history *h, int64_t oldest,
                                          uint64_t bytes, uint64_t *dropped,
                                          struct grl_error *err);

/* Give what was dropped back to the file system; outside of begin and commit.
 */
GRL_API enum grl_status grl_history_compact(struct grl_history *h,
                                            struct grl_error *err);

/* Is every snapshot readable?  GRL_EIO says what is not. */
GRL_API enum grl_status grl_history_verify(struct grl_history *h,
                                           struct grl_error *err);

struct grl_history_instance {
    const char *name;
    uint64_t snapshots;
    int64_t first, last; /* times of the oldest and the newest; of the gaps
                            where there is no snapshot */
    uint64_t bytes;
    uint64_t gaps; /* times that no dump could be had for a while */
};

/* Call EACH for every instance, by name. */
GRL_API enum grl_status
grl_history_list(struct grl_history *h,
                 void (*each)(void *user, const struct grl_history_instance *i),
                 void *user, struct grl_error *err);

/* A time in which no dump could be had. */
struct grl_gap {
    int64_t first, last; /* tries that failed: the first and the last */
    uint64_t missed;     /* how many; 0: there is no such time */
};

/* No dump of INSTANCE could be had at NOW. */
GRL_API enum grl_status grl_history_missed(struct grl_history *h,
                                           const char *instance, int64_t now,
                                           struct grl_error *err);
/* Since when none can be had, in *OUT. */
GRL_API enum grl_status grl_history_gap(struct grl_history *h,
                                        const char *instance,
                                        struct grl_gap *out,
                                        struct grl_error *err);
/* A dump came: that time is over. */
GRL_API enum grl_status grl_history_reached(struct grl_history *h,
                                            const char *instance,
                                            struct grl_error *err);

/* What was told of a leak. */
struct grl_told {
    char signature[33];
    char name[200]; /* the function it is blocked in */
    int64_t since;  /* when it was first told */
    int64_t told;   /* when it was told last */
    uint64_t count; /* goroutines it had then */
    bool open;      /* it was not gone since */
};

/* *KNOWN says whether SIGNATURE was told for INSTANCE, as *OUT says. */
GRL_API enum grl_status grl_history_told(struct grl_history *h,
                                         const char *instance,
                                         const char *signature,
                                         struct grl_told *out, bool *known,
                                         struct grl_error *err);
GRL_API enum grl_status grl_history_tell(struct grl_history *h,
                                         const char *instance,
                                         const struct grl_told *t,
                                         struct grl_error *err);

/* The open ones, COUNT of them, malloc'd in *OUT for the caller to free. */
GRL_API enum grl_status grl_history_open_leaks(struct grl_history *h,
                                               const char *instance,
                                               struct grl_told **out,
                                               size_t *count,
                                               struct grl_error *err);

/* Was a leak told of any instance that has SIGNATURE, or that it begins? */
GRL_API enum grl_status grl_history_is_told(struct grl_history *h,
                                            const char *signature, bool *told,
                                            struct grl_error *err);

/* Say nothing of SIGNATURE, or those it begins, until UNTIL (INT64_MAX: ever);
 * WHY is for people. */
GRL_API enum grl_status grl_history_silence(struct grl_history *h,
                                            const char *signature,
                                            int64_t until, const char *why,
                                            struct grl_error *err);
GRL_API enum grl_status grl_history_unsilence(struct grl_history *h,
                                              const char *signature, bool *was,
                                              struct grl_error *err);
GRL_API enum grl_status grl_history_is_silent(struct grl_history *h,
                                              const char *signature,
                                              int64_t now, bool *silent,
                                              struct grl_error *err);

/* ------------------------------------------------------------- reports */

enum grl_format {
    GRL_TEXT = 0,
    GRL_JSON = 1,
    /* Of assertions only; elsewhere they are text. */
    GRL_JUNIT = 2,
    GRL_TAP = 3,         /* version 14 */
    GRL_SARIF = 4,       /* 2.1.0 */
    GRL_GITHUB = 5,      /* workflow commands: annotations */
    GRL_OPENMETRICS = 6, /* of scan and trend only: gauges for Prometheus, of
                            the last dump of each process */
    GRL_SNAPSHOT = 7, /* of scan only, whose dumps must not be merged and keep
                         ids: a line of JSON each, which can be read again */
    GRL_TAP13 =
        8, /* of assertions only: for consumers that refuse version 14 */
};

/* Where a report goes: LEN bytes at BYTES, in order.  False stops it, and the
 * report returns GRL_EIO. */
typedef bool grl_write_fn(void *user, const char *bytes, size_t len);

/* How a report looks.  Fill with grl_report_init() first. */
struct grl_report {
    size_t size; /* sizeof this struct, set by init */
    enum grl_format format;
    grl_write_fn *write;
    void *user;
    size_t width;       /* columns of the terminal; 0: lines are not cut */
    bool color;         /* ANSI colours; never the only carrier of meaning */
    bool ascii;         /* no characters outside ASCII */
    bool all;           /* trend: every signature, not only findings; history:
                           every snapshot */
    size_t top;         /* at most this many clusters; 0: all */
    uint64_t min_count; /* only clusters of at least this many goroutines */
    enum grl_group group_by; /* as in grl_options: groups that hold several
                                stacks show one "for example" */
    const char *path_from; /* SARIF, JUnit and GitHub: what stands at the front
                              of files' paths, or NULL, */
    const char *path_to;   /* and what takes its place */
    const char *order;   /* trend: words for how dumps were ordered, or NULL */
    const char *process; /* OpenMetrics, snapshots: its name where dumps tell
                            none, or NULL */
    /* OpenMetrics: is F no leak to tell of?  NULL: all are told. */
    bool (*silent)(void *silent_user, const struct grl_finding *f);
    void *silent_user;
};

GRL_API void grl_report_init(struct grl_report *r);

GRL_API enum grl_status grl_report_scan(const struct grl_report *r,
                                        const struct grl_dumps *d,
                                        struct grl_error *err);
GRL_API enum grl_status grl_report_diff(const struct grl_report *r,
                                        const struct grl_dumps *d,
                                        const struct grl_diff *f, size_t before,
                                        size_t after, struct grl_error *err);
GRL_API enum grl_status grl_report_trend(const struct grl_report *r,
                                         const struct grl_dumps *d,
                                         const struct grl_trend *t,
                                         struct grl_error *err);
/* What H has of INSTANCE, "" for all: a line or an object for each process, or
 * with R's all for each snapshot, with its number. */
GRL_API enum grl_status grl_report_history(const struct grl_report *r,
                                           struct grl_history *h,
                                           const char *instance,
                                           struct grl_error *err);

/* What H is silent about, a line or an object each; what is over by NOW, in
 * seconds since 1970, says so. */
GRL_API enum grl_status grl_report_silences(const struct grl_report *r,
                                            struct grl_history *h, int64_t now,
                                            struct grl_error *err);

/* What a check has to tell of a leak. */
enum grl_news_kind {
    GRL_NEWS_FOUND = 0,    /* not told before */
    GRL_NEWS_WORSE = 1,    /* twice as many goroutines as when it was told */
    GRL_NEWS_STILL = 2,    /* told long ago, and still there */
    GRL_NEWS_RESOLVED = 3, /* told before, and gone */
};

struct grl_news {
    enum grl_news_kind kind;
    const char *instance;
    struct grl_told told; /* for FOUND what is to be told; else what was */
    const struct grl_finding
        *finding; /* NULL where the series has it no more */
};

/* "found", "worse", "still open", "resolved". */
GRL_API const char *grl_news_name(enum grl_news_kind kind);

/* Tell COUNT news; nothing at all where there are none, but in JSON. */
GRL_API enum grl_status grl_report_check(const struct grl_report *r,
                                         const struct grl_news *news,
                                         size_t count, struct grl_error *err);
/* Explain what D has, which is merged and mostly of one signature: the clusters
 * and the state of the first; where D is NULL explain E, and where that is NULL
 * list all states that are explained.  GRL_ENODUMP when D has no cluster. */
GRL_API enum grl_status grl_report_explain(const struct grl_report *r,
                                           const struct grl_explanation *e,
                                           const struct grl_dumps *d,
                                           struct grl_error *err);

GRL_API enum grl_status grl_report_assert(const struct grl_report *r,
                                          const struct grl_dumps *d,
                                          const struct grl_assertion *a,
                                          size_t dump, struct grl_error *err);

#ifdef __cplusplus
}
#endif

#endif
