/* What goes to standard error: "goroleak: file:line: text". */
#ifndef CLI_MESSAGE_H
#define CLI_MESSAGE_H

#include <goroleak.h>

/* "goroleak: " and the text; control bytes of arguments come out as '?'. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A line that stands on the terminal until the next one takes its place. */
void overwrite(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* WHERE is a file or an option, or NULL. */
void complain_error(const char *where, const struct grl_error *err);

/* What a message calls the SOURCE of a dump. */
const char *source_shown(const char *source);

/* What a message calls an instance: one without a name as 'history list' does.
 */
const char *instance_shown(const char *instance);

/* A rule or pattern that does not compile: the text and a caret below it. */
void complain_pattern(const char *option, const char *pattern,
                      const struct grl_error *err);

/* The notice callback of grl_options; USER is the struct settings. */
void notice(void *user, const char *source, uint64_t line, const char *text,
            const struct grl_error *err);

#endif
