/* PCRE2 behind three answers: yes, no, and could not tell. */
#ifndef RULES_PATTERN_H
#define RULES_PATTERN_H

#include "base/text.h"

enum hit { HIT_NO, HIT_YES, HIT_FAILED };

struct pattern;

/*
 * Compile SOURCE, NUL-terminated: PCRE2, found anywhere, or "=text" for the
 * exact text.  On GRL_EPATTERN err->offset is a byte of SOURCE and err->detail
 * the compiler's words.
 */
enum grl_status pattern_new(struct pattern **out, const char *source,
                            struct grl_error *err);

/* HIT_FAILED, with *ERR filled, when the match gave up at its limits: never
 * taken for "no". */
enum hit pattern_test(const struct pattern *p, struct grl_text subject,
                      struct grl_error *err);

/* The same, and *OUT is the first capture of P in SUBJECT, or the whole match
 * when P captures nothing; empty text when it does not match. */
enum hit pattern_capture(const struct pattern *p, struct grl_text subject,
                         struct grl_text *out, struct grl_error *err);

/* The same for a match at the very beginning of SUBJECT; *LEN is its length. */
enum hit pattern_begins(const struct pattern *p, struct grl_text subject,
                        size_t *len, struct grl_error *err);

/* Accepts NULL. */
void pattern_free(struct pattern *p);

#endif
