/* glibc asks for it: struct winsize is no POSIX. */
#define _DEFAULT_SOURCE /* NOLINT(bugprone-reserved-identifier) */

#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

static bool is_terminal(const struct settings *s)
{
    return s->output == NULL && isatty(STDOUT_FILENO) == 1;
}

static size_t width(void)
{
    const char *columns = getenv("COLUMNS");
    int n = columns != NULL ? atoi(columns) : 0;
    struct winsize size;

    if (n <= 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        n = size.ws_col;
    return n >= 20 ? (size_t)n : 80;
}

/* The flag, then NO_COLOR, then a dumb terminal, then whether it is one. */
static bool color(const struct settings *s)
{
    const char *no = getenv("NO_COLOR");
    const char *term = getenv("TERM");

    if (s->color != COLOR_AUTO)
        return s->color == COLOR_ALWAYS;
    if (no != NULL && no[0] != '\0')
        return false;
    if (term != NULL && strcmp(term, "dumb") == 0)
        return false;
    return is_terminal(s);
}

/* POSIX: the first of these that is set decides the character set. */
static bool is_utf8(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};

    for (size_t i = 0; i < 3; i++) {
        const char *value = getenv(names[i]);
        const char *dot = value != NULL ? strchr(value, '.') : NULL;

        if (value != NULL && value[0] != '\0')
            return dot != NULL && (strncasecmp(dot, ".utf-8", 6) == 0 ||
                                   strncasecmp(dot, ".utf8", 5) == 0);
    }
    return false;
}

void terminal_adapt(struct settings *s)
{
    s->report.width = is_terminal(s) ? width() : 0;
    s->report.color = color(s);
    s->report.ascii = !is_utf8();
}
