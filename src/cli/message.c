#include "message.h"

#include "settings.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* The length of the UTF-8 character at TEXT, or 0 when it is none or steers a
 * terminal. */
static size_t printable(const char *text)
{
    unsigned char c = (unsigned char)text[0];
    size_t n = c < 0x80                ? 1
               : c >= 0xc2 && c < 0xe0 ? 2
               : c >= 0xe0 && c < 0xf0 ? 3
               : c >= 0xf0 && c < 0xf5 ? 4
                                       : 0;

    for (size_t i = 1; i < n; i++)
        if (((unsigned char)text[i] & 0xc0) != 0x80)
            return 0;
    if (c < 0x20 || c == 0x7f || (c == 0xc2 && (unsigned char)text[1] < 0xa0))
        return 0;
    return n;
}

/* Names of files may hold anything; nothing may steer the terminal. */
static void put_safe(const char *text)
{
    while (*text != '\0') {
        size_t n = printable(text);

        if (n > 0)
            fwrite(text, 1, n, stderr);
        else
            fputc('?', stderr);
        text += n > 0 ? n : 1;
    }
}

/* What stands between "://" and "@" of a URL may be a password, and messages
 * end in logs. */
static void hide_credentials(char *text)
{
    for (char *at = strstr(text, "://"); at != NULL; at = strstr(at, "://")) {
        size_t len = 0;

        at += 3;
        len = strcspn(at, "/?# @");
        while (at[len] == '@') {
            size_t more = strcspn(at + len + 1, "/?# @");

            memset(at, '*', len);
            at += len + 1;
            len = more;
        }
    }
}

void complain(const char *format, ...)
{
    char text[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    hide_credentials(text);
    fputs("goroleak: ", stderr);
    if (text[0] == ':') /* no name, as of a variable that is not set */
        fputs("''", stderr);
    put_safe(text);
    fputc('\n', stderr);
}

/* CSI K takes away what stood there before. */
void overwrite(const char *format, ...)
{
    char text[256];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    fputs("\r", stderr);
    put_safe(text);
    fputs("\033[K\r", stderr);
    fflush(stderr);
}

const char *source_shown(const char *source)
{
    return strcmp(source, "-") == 0 ? "standard input" : source;
}

const char *instance_shown(const char *instance)
{
    return instance[0] != '\0' ? instance : "(no name)";
}

void complain_error(const char *where, const struct grl_error *err)
{
    bool detail = err->detail[0] != '\0';

    complain("%s%s%s%s%s%s%s", where != NULL ? where : "",
             where != NULL ? ": " : "", err->what,
             detail || err->sys != 0 ? ": " : "", detail ? err->detail : "",
             detail && err->sys != 0 ? ": " : "",
             err->sys != 0 ? strerror(err->sys) : "");
}

void complain_pattern(const char *option, const char *pattern,
                      const struct grl_error *err)
{
    complain_error(option, err);
    if (err->code != GRL_EPATTERN)
        return;
    fputs("    ", stderr);
    put_safe(pattern);
    fputs("\n    ", stderr);
    for (uint64_t i = 0; i < err->offset; i++)
        if (((unsigned char)pattern[i] & 0xc0) != 0x80)
            fputc(' ', stderr);
    fputs("^\n", stderr);
}

/* "localhost:6060", "10.0.0.1:6060/debug/pprof/": no file, and not meant to be
 * one. */
static bool is_address(const char *name)
{
    size_t host = strcspn(name, ":/");
    size_t port = name[host] == ':' ? strspn(name + host + 1, "0123456789") : 0;
    char after = name[host] == ':' ? name[host + 1 + port] : 'x';

    return host > 0 && port > 0 && (after == '\0' || after == '/');
}

static void complain_source(const char *name, const struct grl_error *err)
{
    complain_error(name, err);
    if (err->sys == ENOENT && is_address(name))
        complain("%s: the URL of a server begins with http://", name);
    else if (err->sys == ENOENT && strstr(name, "://") != NULL &&
             strncmp(name, "unix://", 7) != 0)
        complain("%s: of URLs, http://, https:// and unix:// are read", name);
}

void notice(void *user, const char *source, uint64_t line, const char *text,
            const struct grl_error *err)
{
    struct settings *s = user;
    const char *name = source_shown(source);

    progress_clear(&s->progress);
    if (s->muted)
        return;
    if (err != NULL)
        complain_source(name, err);
    else if (line > 0)
        complain("%s:%llu: %s", name, (unsigned long long)line, text);
    else
        complain("%s: %s", name, text);
}
