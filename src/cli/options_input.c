/* How dumps are read. */
#include "file.h"
#include "message.h"
#include "option.h"

#include <stdlib.h>
#include <string.h>

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

static bool set_line_prefix(struct settings *s, const char *value)
{
    s->options.line_prefix = value;
    return true;
}

static bool add_header(struct settings *s, const char *header)
{
    const char **more = NULL;

    if (strchr(header, ':') == NULL)
        return bad_value("header", header, "'Name: value' or @FILE");
    more = realloc(s->headers, (s->header_count + 1) * sizeof *more);
    if (more == NULL) {
        complain("out of memory");
        return false;
    }
    s->headers = more;
    s->headers[s->header_count++] = header;
    s->options.http.headers = s->headers;
    s->options.http.header_count = s->header_count;
    return true;
}

/* The lines of FILE, where other users cannot read what they say. */
static bool add_headers_of(struct settings *s, const char *file)
{
    char *rest = NULL;

    if (s->header_text != NULL) {
        complain("--header: only one file of headers");
        return false;
    }
    s->header_text = file_read(file);
    if (s->header_text == NULL)
        return false;
    for (char *line = strtok_r(s->header_text, "\r\n", &rest); line != NULL;
         line = strtok_r(NULL, "\r\n", &rest))
        if (line[0] != '#' && !add_header(s, line))
            return false;
    return true;
}

static bool set_header(struct settings *s, const char *value)
{
    return value[0] == '@' ? add_headers_of(s, value + 1)
                           : add_header(s, value);
}

static bool set_netrc(struct settings *s, const char *value)
{
    s->options.http.netrc = value;
    return true;
}

static bool set_timeout(struct settings *s, const char *value)
{
    double seconds = 0;

    if (!read_duration(value, &seconds) || seconds < 1 || seconds > 86400)
        return bad_value("timeout", value, "a duration such as 30s or 2m");
    s->options.http.seconds = (unsigned)seconds;
    return true;
}

static bool set_heap(struct settings *s, const char *value)
{
    (void)value;
    s->options.heap = true;
    return true;
}

static bool set_redact(struct settings *s, const char *value)
{
    (void)value;
    s->options.redact = true;
    return true;
}

static const struct option_spec specs[] = {
    {"heap", NULL, FOR_SCAN | FOR_DIFF | FOR_TREND, '\0',
     "judge heap profiles: bytes in use by the stack that allocated them",
     set_heap},
    {"redact", NULL, FOR_READING & ~FOR_EXPLAIN, '\0',
     "for sharing: leave out labels, and the folders and hosts of files",
     set_redact},
    {"dump-separator", "REGEX", FOR_READING, '\0',
     "a line that matches starts a new dump", set_dump_separator},
    {"line-prefix", "REGEX", FOR_READING, '\0',
     "what a log puts before each line of a dump, when it is not found out; "
     "other lines are passed over",
     set_line_prefix},
    {"threads", "N", FOR_READING, '\0',
     "read large files with N threads (default: as many as help)", set_threads},
    {"header", "LINE", FOR_READING, '\0',
     "send 'Name: value' to URLs; @FILE has such lines", set_header},
    {"netrc", "FILE", FOR_READING, '\0', "log in to URLs as FILE says",
     set_netrc},
    {"timeout", "DURATION", FOR_READING & ~(FOR_ASSERT | FOR_CHECK), '\0',
     "how long a URL may take to answer (default 60s)", set_timeout},
    {"timeout", "DURATION", FOR_ASSERT, '\0',
     "how long a URL or --exec may take to answer (default 60s)", set_timeout},
    {"timeout", "DURATION", FOR_CHECK, '\0',
     "how long a URL may take to answer, and --notify to end (default 60s)",
     set_timeout},
};

const struct option_group options_input = {"Reading", specs,
                                           sizeof specs / sizeof specs[0]};
