#include "suppress.h"

#include "file.h"
#include "message.h"
#include "output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool suppress_tell(const struct settings *s)
{
    bool good = true;

    for (size_t i = 0; i < grl_rules_count(s->options.rules); i++) {
        const struct grl_rule *r = grl_rules_get(s->options.rules, i);

        if (r->line == 0 || (r->matched > 0 && !r->expired))
            continue;
        complain("%s:%llu: %s: %s", r->source, (unsigned long long)r->line,
                 r->expired ? "expired suppression" : "unused suppression",
                 r->text);
        good = false;
    }
    return good || !s->strict_suppressions;
}

/* Names of functions may hold anything but line ends, which the parser cuts. */
static void write_leak(FILE *f, const struct grl_cluster *c)
{
    const struct grl_frame *at = c->blocked_in;

    fprintf(f, "\n# %llu goroutine%s, %s", (unsigned long long)c->count,
            c->count == 1 ? "" : "s",
            c->state[0] != '\0' ? c->state : "state unknown");
    if (at != NULL)
        fprintf(f, ", in %s at %s:%u", at->function, at->file,
                (unsigned)at->line);
    if (c->created_by != NULL)
        fprintf(f, ", created by %s", c->created_by->function);
    fprintf(f, "\nsignature:=%s\n", c->signature);
}

/* The text of PATH, "" when it is not there, and its permissions.  NULL, with a
 * message, when it cannot be read. */
static char *read_old(const char *path, unsigned *mode)
{
    struct stat st;

    *mode = 0;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
        return calloc(1, 1);
    *mode = (unsigned)st.st_mode & 07777u;
    return file_read(path);
}

/* What OLD has stays, and is not written again: whoever keeps the file has put
 * reasons and limits into it. */
static void write_new(FILE *f, const char *old, const struct grl_assertion *a)
{
    size_t len = strlen(old);

    if (len == 0)
        fputs("# Suppressions for goroleak, a KIND:PATTERN a line; max=N and\n"
              "# until=YYYY-MM-DD may follow.  Why each is no leak belongs "
              "here.\n",
              f);
    fputs(old, f);
    if (len > 0 && old[len - 1] != '\n')
        fputc('\n', f);
    for (size_t i = 0; i < grl_assert_count(a); i++)
        if (strstr(old, grl_assert_get(a, i)->signature) == NULL)
            write_leak(f, grl_assert_get(a, i));
}

bool suppress_write(const char *path, const struct grl_assertion *a)
{
    struct output out;
    unsigned mode = 0;
    char *old = read_old(path, &mode);
    bool open = old != NULL && output_open(&out, path, mode);

    if (open)
        write_new(out.file, old, a);
    free(old);
    return open && output_close(&out, true);
}
