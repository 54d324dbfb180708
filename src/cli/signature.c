#include "signature.h"

#include "message.h"

#include <stdio.h>
#include <string.h>

const char *signature_of(const char *text)
{
    size_t n = 0;

    text += text[0] == '#';
    n = strspn(text, "0123456789abcdef");
    return n >= 6 && n <= 32 && text[n] == '\0' ? text : NULL;
}

bool signature_only(struct settings *s, const char *signature)
{
    char rule[48];
    struct grl_error err;

    snprintf(rule, sizeof rule, "signature:^%s", signature);
    if (grl_rules_add(s->options.rules, GRL_ONLY, rule, &err) == GRL_OK)
        return true;
    complain_error(NULL, &err);
    return false;
}
