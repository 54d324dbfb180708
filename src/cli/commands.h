/* The commands: each is a struct next to its function. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "settings.h"

struct command {
    const char *name;
    unsigned bit;          /* of enum command_bit */
    const char *arguments; /* for "usage:" */
    const char *summary;   /* one line */
    const char *details;   /* more, for --help */
    /* Returns the exit status. */
    int (*run)(struct settings *s);
};

/* Print the built-in rules; an exit status. */
int list_rules(const struct grl_rules *rules);

extern const struct command command_scan;
extern const struct command command_diff;
extern const struct command command_trend;
extern const struct command command_assert;
extern const struct command command_run;
extern const struct command command_record;
extern const struct command command_check;
extern const struct command command_history;
extern const struct command command_silence;
extern const struct command command_unsilence;
extern const struct command command_explain;

#endif
