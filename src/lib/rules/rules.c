#include "rules/rules.h"

#include "base/error.h"
#include "base/grow.h"

#include <stdlib.h>

struct kind_name {
    const char *name;
    enum rule_kind kind;
};

static const struct kind_name kind_names[] = {
    {"top", RULE_TOP},
    {"any", RULE_ANY},
    {"creator", RULE_CREATOR},
    {"state", RULE_STATE},
    {"file", RULE_FILE},
    {"label", RULE_LABEL},
    {"signature", RULE_SIGNATURE},
};

enum grl_status grl_rules_new(struct grl_rules **out, struct grl_error *err)
{
    struct grl_rules *r = calloc(1, sizeof *r);

    if (r == NULL)
        return fail_memory(err);
    *out = r;
    return GRL_OK;
}

struct rule *rules_append(struct grl_rules *r)
{
    if (!GROW(r->list, r->capacity, r->count + 1))
        return NULL;
    r->list[r->count] = (struct rule){.pub = {.name = "",
                                              .text = "",
                                              .source = "",
                                              .enabled = true,
                                              .most = UINT64_MAX}};
    return &r->list[r->count++];
}

static const struct kind_name *find_kind(const char *rule, size_t len)
{
    for (size_t i = 0; i < sizeof kind_names / sizeof kind_names[0]; i++)
        if (strlen(kind_names[i].name) == len &&
            memcmp(kind_names[i].name, rule, len) == 0)
            return &kind_names[i];
    return NULL;
}

enum grl_status grl_rules_add(struct grl_rules *r, enum grl_rule_action action,
                              const char *rule, struct grl_error *err)
{
    size_t colon = strcspn(rule, ":");
    const struct kind_name *kind = find_kind(rule, colon);
    struct pattern *pattern = NULL;
    struct rule *added = NULL;
    enum grl_status st = GRL_OK;

    if (kind == NULL || rule[colon] == '\0')
        return fail_detail(err, GRL_EPATTERN, "not KIND:PATTERN",
                           "KIND is top, any, creator, state, file, label or "
                           "signature");
    if (rule[colon + 1] == '\0')
        return fail_detail(err, GRL_EPATTERN, "no pattern behind the colon",
                           "it would match everything, which '.' does");
    st = pattern_new(&pattern, rule + colon + 1, err);
    if (st != GRL_OK) {
        if (err != NULL && st == GRL_EPATTERN)
            err->offset += colon + 1;
        return st;
    }
    added = rules_append(r);
    if (added == NULL || (added->text = strdup(rule)) == NULL) {
        r->count -= added != NULL;
        pattern_free(pattern);
        return fail_memory(err);
    }
    added->pub.text = added->text;
    added->action = action;
    added->kind = kind->kind;
    added->pattern = pattern;
    return GRL_OK;
}

enum grl_status grl_rules_enable(struct grl_rules *r, const char *name, bool on,
                                 struct grl_error *err)
{
    bool found = false;

    for (size_t i = 0; i < r->count; i++)
        if (r->list[i].pub.name[0] != '\0' &&
            strcmp(r->list[i].pub.name, name) == 0) {
            r->list[i].pub.enabled = on;
            found = true;
        }
    return found ? GRL_OK
                 : fail_detail(err, GRL_EINVAL, "no built-in rule", name);
}

size_t grl_rules_count(const struct grl_rules *r)
{
    return r->count;
}

const struct grl_rule *grl_rules_get(const struct grl_rules *r, size_t i)
{
    return &r->list[i].pub;
}

void grl_rules_free(struct grl_rules *r)
{
    if (r == NULL)
        return;
    for (size_t i = 0; i < r->count; i++) {
        pattern_free(r->list[i].pattern);
        pattern_free(r->list[i].state);
        free(r->list[i].text);
    }
    free(r->list);
    free(r);
}
