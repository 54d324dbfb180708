#include "suppress.h"

#include "message.h"
#include "output.h"

#include <stdio.h>

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

bool suppress_write(const char *path, const struct grl_assertion *a)
{
    struct output out;

    if (!output_open(&out, path, 0))
        return false;
    fputs("# Suppressions for goroleak, a KIND:PATTERN a line; max=N and\n"
          "# until=YYYY-MM-DD may follow.  Why each is no leak belongs here.\n",
          out.file);
    for (size_t i = 0; i < grl_assert_count(a); i++)
        write_leak(out.file, grl_assert_get(a, i));
    return output_close(&out, true);
}
