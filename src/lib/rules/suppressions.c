/*
 * Suppression files: a rule a line, as in
 *
 *     # the pool of the metrics library
 *     top:^metrics[.]   max=8   until=2026-12-31
 */
#include "base/error.h"
#include "base/text.h"
#include "input/name_time.h"
#include "rules/rules.h"

#include <stdlib.h>

/* What stands behind the pattern. */
struct limits {
    uint64_t most;
    int64_t until; /* midnight after which it no longer counts; INT64_MAX */
};

static struct grl_text trim(struct grl_text t)
{
    while (t.len > 0 && (byte_is_blank(t.ptr[0]) || t.ptr[0] == '\r'))
        t = text_sub(t, 1, t.len);
    while (t.len > 0 &&
           (byte_is_blank(t.ptr[t.len - 1]) || t.ptr[t.len - 1] == '\r'))
        t.len--;
    return t;
}

/* "2026-12-31" counts to the end of that day, UTC. */
static bool read_date(struct grl_text t, int64_t *out)
{
    enum { DAY = 24 * 60 * 60 };
    char name[32];
    int64_t at = GRL_NO_TIME;

    if (t.len != 10 || t.ptr[4] != '-' || t.ptr[7] != '-')
        return false;
    memcpy(name, t.ptr, 10);
    memcpy(name + 10, "T00:00:00Z", 11);
    at = name_time(name);
    if (at == GRL_NO_TIME)
        return false;
    *out = at + DAY;
    return true;
}

static bool read_limit(struct grl_text word, struct limits *l, bool *bad)
{
    if (text_eat(&word, TEXT("max="))) {
        *bad = !text_eat_number(&word, &l->most) || word.len > 0;
        return true;
    }
    if (text_eat(&word, TEXT("until="))) {
        *bad = !read_date(word, &l->until);
        return true;
    }
    return false;
}

/* Take the limits off the end of *LINE; a pattern may hold blanks itself. */
static bool eat_limits(struct grl_text *line, struct limits *l)
{
    bool bad = false;

    for (;;) {
        size_t blank = line->len;

        while (blank > 0 && !byte_is_blank(line->ptr[blank - 1]))
            blank--;
        if (blank == 0 ||
            !read_limit(text_sub(*line, blank, line->len), l, &bad))
            return true;
        if (bad)
            return false;
        *line = trim(text_sub(*line, 0, blank));
    }
}

static enum grl_status add_line(struct grl_rules *r, const char *source,
                                uint64_t number, struct grl_text line,
                                int64_t today, struct grl_error *err)
{
    struct limits l = {UINT64_MAX, INT64_MAX};
    struct rule *rule = NULL;
    char *text = NULL;
    enum grl_status st = GRL_OK;

    if (!eat_limits(&line, &l))
        return fail(err, GRL_EPATTERN, "not max=N or until=YYYY-MM-DD", 0);
    text = malloc(line.len + 1);
    if (text == NULL)
        return fail_memory(err);
    memcpy(text, line.ptr, line.len);
    text[line.len] = '\0';
    st = grl_rules_add(r, GRL_IGNORE, text, err);
    free(text);
    if (st != GRL_OK)
        return st;
    rule = &r->list[r->count - 1];
    rule->pub.source = source;
    rule->pub.line = number;
    rule->pub.most = l.most;
    rule->pub.expired = today >= l.until;
    rule->pub.enabled = !rule->pub.expired;
    return GRL_OK;
}

enum grl_status grl_rules_add_suppressions(struct grl_rules *r,
                                           const char *source, const char *text,
                                           int64_t today, struct grl_error *err)
{
    struct grl_text rest = text_of(text);
    uint64_t number = 0;

    text_eat(&rest, TEXT("\xef\xbb\xbf")); /* as editors on Windows begin it */
    while (rest.len > 0) {
        size_t end = text_find_byte(rest, '\n');
        struct grl_text line = trim(text_sub(rest, 0, end));
        enum grl_status st = GRL_OK;

        number++;
        rest = text_sub(rest, end + (end < rest.len), rest.len);
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        st = add_line(r, source, number, line, today, err);
        if (st != GRL_OK && err != NULL)
            err->line = number;
        if (st != GRL_OK)
            return st;
    }
    return GRL_OK;
}

enum grl_status grl_rules_allow(struct grl_rules *r, const char *rule,
                                uint64_t most, struct grl_error *err)
{
    enum grl_status st = grl_rules_add(r, GRL_IGNORE, rule, err);

    if (st == GRL_OK)
        r->list[r->count - 1].pub.most = most;
    return st;
}
