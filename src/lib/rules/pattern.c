#include "rules/pattern.h"

#include "base/error.h"

#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* Names and states are short, so an honest pattern stays far below these. */
enum { MATCH_LIMIT = 100000, DEPTH_LIMIT = 1000, HEAP_LIMIT_KIB = 1024 };

/* Code that is made at run time reads whole words, which Valgrind takes for
 * uninitialised bytes: `make check-valgrind` builds without it. */
#ifndef USE_JIT
#define USE_JIT 1
#endif

struct pattern {
    pcre2_code *code; /* NULL: exact */
    pcre2_match_data *data;
    pcre2_match_context *limits;
    char *exact;
};

static enum grl_status explain(struct grl_error *err, int code, size_t offset)
{
    char words[160] = "";

    pcre2_get_error_message(code, (PCRE2_UCHAR *)words, sizeof words);
    fail_detail(err, GRL_EPATTERN, "bad pattern", words);
    if (err != NULL)
        err->offset = offset;
    return GRL_EPATTERN;
}

static enum grl_status compile(struct pattern *p, const char *source,
                               struct grl_error *err)
{
    int code = 0;
    PCRE2_SIZE offset = 0;

    p->code = pcre2_compile((PCRE2_SPTR)source, PCRE2_ZERO_TERMINATED,
                            PCRE2_UTF | PCRE2_MATCH_INVALID_UTF, &code, &offset,
                            NULL);
    if (p->code == NULL)
        return code == PCRE2_ERROR_HEAP_FAILED ? fail_memory(err)
                                               : explain(err, code, offset);
    p->data = pcre2_match_data_create_from_pattern(p->code, NULL);
    p->limits = pcre2_match_context_create(NULL);
    if (p->data == NULL || p->limits == NULL)
        return fail_memory(err);
    pcre2_set_match_limit(p->limits, MATCH_LIMIT);
    pcre2_set_depth_limit(p->limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(p->limits, HEAP_LIMIT_KIB);
    /* Without JIT, or memory for it, matching is only slower. */
    if (USE_JIT)
        (void)pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE);
    return GRL_OK;
}

enum grl_status pattern_new(struct pattern **out, const char *source,
                            struct grl_error *err)
{
    struct pattern *p = calloc(1, sizeof *p);
    enum grl_status st = GRL_OK;

    if (p == NULL)
        return fail_memory(err);
    if (source[0] == '=') {
        p->exact = strdup(source + 1);
        st = p->exact != NULL ? GRL_OK : fail_memory(err);
    } else {
        st = compile(p, source, err);
    }
    if (st == GRL_OK)
        *out = p;
    else
        pattern_free(p);
    return st;
}

enum hit pattern_test(const struct pattern *p, struct grl_text subject,
                      struct grl_error *err)
{
    int rc = 0;

    if (p->exact != NULL)
        return text_equal(subject, text_of(p->exact)) ? HIT_YES : HIT_NO;
    rc = pcre2_match(p->code, (PCRE2_SPTR)subject.ptr, subject.len, 0, 0,
                     p->data, p->limits);
    if (rc >= 0)
        return HIT_YES;
    if (rc == PCRE2_ERROR_NOMATCH)
        return HIT_NO;
    explain(err, rc, 0);
    if (err != NULL)
        err->what = "pattern gave up";
    return HIT_FAILED;
}

enum hit pattern_capture(const struct pattern *p, struct grl_text subject,
                         struct grl_text *out, struct grl_error *err)
{
    enum hit hit = pattern_test(p, subject, err);
    const PCRE2_SIZE *at = NULL;
    size_t n = 0;

    *out = hit == HIT_YES ? subject : TEXT("");
    if (hit != HIT_YES || p->exact != NULL)
        return hit;
    at = pcre2_get_ovector_pointer(p->data);
    n = pcre2_get_ovector_count(p->data) > 1 && at[2] != PCRE2_UNSET ? 2 : 0;
    if (at[n] <= at[n + 1])
        *out = text_sub(subject, at[n], at[n + 1]);
    return hit;
}

/* PCRE2_ANCHORED at match time would switch its JIT off; the leftmost match is
 * the one at the beginning if there is one. */
enum hit pattern_begins(const struct pattern *p, struct grl_text subject,
                        size_t *len, struct grl_error *err)
{
    enum hit hit = HIT_NO;
    const PCRE2_SIZE *at = NULL;

    if (p->exact != NULL) {
        *len = strlen(p->exact);
        return text_starts(subject, text_of(p->exact)) ? HIT_YES : HIT_NO;
    }
    hit = pattern_test(p, subject, err);
    if (hit != HIT_YES)
        return hit;
    at = pcre2_get_ovector_pointer(p->data);
    if (at[0] != 0)
        return HIT_NO;
    *len = at[1];
    return HIT_YES;
}

void pattern_free(struct pattern *p)
{
    if (p == NULL)
        return;
    pcre2_code_free(p->code);
    pcre2_match_data_free(p->data);
    pcre2_match_context_free(p->limits);
    free(p->exact);
    free(p);
}
