/* What the command line asks for. */
#ifndef CLI_SETTINGS_H
#define CLI_SETTINGS_H

#include "progress.h"

#include <goroleak.h>

/* Never renumbered; see EXIT STATUS in the manual. */
enum exit_status { EXIT_CLEAN = 0, EXIT_LEAKS = 1, EXIT_TROUBLE = 2 };

/* One bit a command, so that an option can say which take it. */
enum command_bit {
    FOR_SCAN = 1 << 0,
    FOR_DIFF = 1 << 1,
    FOR_TREND = 1 << 2,
    FOR_ASSERT = 1 << 3,
    FOR_EXPLAIN = 1 << 4,
    FOR_RUN = 1 << 5,
    FOR_RECORD = 1 << 6,
    FOR_CHECK = 1 << 7,
    FOR_HISTORY = 1 << 8,
    FOR_SILENCE = 1 << 9,
    FOR_UNSILENCE = 1 << 10,
};

enum color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

struct settings {
    const char *command;
    struct grl_options options; /* rules are owned by this struct */
    struct grl_report report;
    const char *output;    /* NULL: standard output */
    unsigned mode;         /* of that file; 0: for its owner only */
    const char *baseline;  /* NULL: none */
    const char *history;   /* path of the database, or NULL */
    const char *instance;  /* record, check: of which process */
    double keep;           /* seconds that snapshots are kept; 0: ever */
    uint64_t max_size;     /* bytes that they may take; 0: any */
    double remind;         /* seconds until an open leak is told again */
    double lock_timeout;   /* seconds that another process is waited for */
    const char *notify;    /* a shell command that gets news, or NULL */
    uint64_t max_failures; /* check: in a row, before one is told; 0: each is */
    bool muted;            /* what cannot be read is not told */
    int64_t until;         /* silence: GRL_NO_TIME for ever */
    const char *why;
    int64_t now;      /* seconds since 1970: the clock, or what stands for it */
    const char *exec; /* assert: a shell command that prints the dump */
    const char *pprof; /* run: the URL that is asserted on */
    double settle;     /* seconds that goroutines have to end; -1: by default */
    const char *write_suppressions; /* FILE, or NULL */
    char *path_from;                /* owns report.path_from */
    const char **headers;           /* of HTTP requests */
    size_t header_count;
    char *header_text; /* the file that some of them are from */
    struct progress progress;
    char **files; /* the arguments that are no options */
    unsigned command_bit;
    enum grl_order order;
    enum color color;
    int file_count;
    bool exit_news;  /* check: 1 on news only */
    bool now_given;  /* by --now */
    bool before;     /* run: what is there before is excused */
    bool on_failure; /* run: a command that fails is followed by a report */
    bool strict_suppressions;
    bool other_process; /* the baseline may be of another run or build */
    bool fail;          /* diff: growth is an exit status of 1 */
    bool quiet;
    bool help;
    bool version;
    bool list_rules;
};

/*
 * Read the arguments behind the name of COMMAND, whose bit is BIT.  On failure
 * a message was printed, and the caller ends with EXIT_TROUBLE.  Free with
 * settings_free() in any case.
 */
bool settings_parse(struct settings *s, const char *command, unsigned bit,
                    int argc, char **argv);
void settings_free(struct settings *s);

#endif
