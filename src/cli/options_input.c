/* How dumps are read. */
#include "option.h"

static bool set_threads(struct settings *s, const char *value)
{
    unsigned long long n = 0;
    const char *end = value;

    if (!read_number(value, &n, &end) || *end != '\0' || n == 0 || n > 1024)
        return bad_value("threads", value, "a number from 1 to 1024");
    s->options.threads = (unsigned)n;
    return true;
}

static bool set_dump_separator(struct settings *s, const char *value)
{
    s->options.dump_separator = value;
    return true;
}

static const struct option_spec specs[] = {
    {"dump-separator", "REGEX", FOR_ALL, '\0',
     "a line that matches starts a new dump", set_dump_separator},
    {"threads", "N", FOR_ALL, '\0',
     "read large files with N threads (default: as many as help)", set_threads},
};

const struct option_group options_input = {specs,
                                           sizeof specs / sizeof specs[0]};
