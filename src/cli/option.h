/*
 * An option of the command line, and the groups they come in.  A new option
 * goes into the group it belongs to, options_*.c; a new group is listed here
 * and in option.c.
 */
#ifndef CLI_OPTION_H
#define CLI_OPTION_H

#include "settings.h"

/*
 * Commands that read dumps and report; explain reads them on demand.  An
 * option whose help depends on the command has a spec for each.
 */
enum {
    FOR_REPORTS = FOR_SCAN | FOR_DIFF | FOR_TREND | FOR_ASSERT | FOR_RUN |
                  FOR_CHECK,
    FOR_READING = FOR_REPORTS | FOR_EXPLAIN | FOR_RECORD,
    FOR_HISTORIES = FOR_RECORD | FOR_CHECK | FOR_HISTORY | FOR_SILENCE |
                    FOR_UNSILENCE,
    FOR_ASSERTIONS = FOR_ASSERT | FOR_RUN,
    FOR_ALL = FOR_READING | FOR_HISTORIES,
    FOR_PRINTING = FOR_ALL & ~(FOR_RECORD | FOR_UNSILENCE),
    /* Text or JSON alone. */
    FOR_PLAIN = FOR_DIFF | FOR_HISTORY | FOR_SILENCE | FOR_EXPLAIN,
    SET_FIRST = 1 << 15, /* no command: others go by what this option sets */
};

struct option_spec {
    const char *name;
    const char *argument; /* NULL: takes none */
    unsigned commands;    /* which take it: bits of enum command_bit, and
                             SET_FIRST */
    char brief;           /* or '\0' */
    const char *help;     /* one paragraph */
    /* False when VALUE is bad, which was complained of. */
    bool (*set)(struct settings *s, const char *value);
};

struct option_group {
    const char *title; /* in --help */
    const struct option_spec *specs;
    size_t count;
};

extern const struct option_group options_series; /* diff and trend */
extern const struct option_group options_assert;
extern const struct option_group options_history;
extern const struct option_group options_select; /* which goroutines */
extern const struct option_group options_input;  /* how dumps are read */
extern const struct option_group options_report; /* how to print */

enum { OPTION_GROUPS = 6, SPECS_MOST = 100 };

/* All of them, in the order of --help. */
extern const struct option_group *const option_groups[OPTION_GROUPS];

/* The options that a command takes. */
struct taken {
    const struct option_spec *specs[SPECS_MOST];
    int count;
};

/* Add to T what of GROUP the command with BIT takes. */
void option_take(struct taken *t, const struct option_group *group,
                 unsigned bit);

/* Is WORD a form that --format takes for the command BIT? */
bool is_form(unsigned bit, const char *word);

/* Complain that VALUE is not WANT; returns false. */
bool bad_value(const char *option, const char *value, const char *want);

/* A whole number without sign or blanks, and where it ends; false when VALUE
 * is none. */
bool read_number(const char *value, unsigned long long *out, const char **end);

struct word {
    const char *text;
    int value;
};

/* "90s", "10m", "2h", "1d", or seconds alone; with fractions: "0.5s".  False
 * when VALUE is none. */
bool read_duration(const char *value, double *seconds);

/* The value of the word that VALUE is; else complain and return false. */
bool choose(const char *option, const char *value, const struct word *words,
            size_t count, int *out);

#endif
