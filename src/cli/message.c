#include "message.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Names of files may hold anything; nothing may steer the terminal. */
static void put_safe(const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;

        if (c == 0xc2 && ((unsigned char)text[1] & 0xe0) == 0x80) {
            text++;
            c = '?'; /* a C1 control character, in two bytes */
        }
        fputc(c < 0x20 || c == 0x7f ? '?' : c, stderr);
    }
}

void complain(const char *format, ...)
{
    char text[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    fputs("goroleak: ", stderr);
    put_safe(text);
    fputc('\n', stderr);
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

void notice(void *user, const char *source, uint64_t line, const char *text,
            const struct grl_error *err)
{
    const char *name = strcmp(source, "-") == 0 ? "standard input" : source;

    (void)user;
    if (err != NULL)
        complain_error(name, err);
    else if (line > 0)
        complain("%s:%llu: %s", name, (unsigned long long)line, text);
    else
        complain("%s: %s", name, text);
}
