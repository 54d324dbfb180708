/* Reading the values of options. */
#include "option.h"

#include "message.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What is a command's own comes first. */
const struct option_group *const option_groups[OPTION_GROUPS] = {
    &options_series, &options_assert, &options_history,
    &options_select, &options_input,  &options_report,
};

void option_take(struct taken *t, const struct option_group *group,
                 unsigned bit)
{
    for (size_t i = 0; i < group->count; i++)
        if ((group->specs[i].commands & bit) != 0)
            t->specs[t->count++] = &group->specs[i];
}

bool bad_value(const char *option, const char *value, const char *want)
{
    complain("--%s: '%s' is not %s", option, value, want);
    return false;
}

bool read_number(const char *value, unsigned long long *out, const char **end)
{
    char *stop = NULL;

    if (value[0] < '0' || value[0] > '9')
        return false;
    errno = 0;
    *out = strtoull(value, &stop, 10);
    *end = stop;
    return errno == 0;
}

bool choose(const char *option, const char *value, const struct word *words,
            size_t count, int *out)
{
    char all[120] = "one of";

    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i].text, value) == 0) {
            *out = words[i].value;
            return true;
        }
        strncat(all, " ", sizeof all - strlen(all) - 1);
        strncat(all, words[i].text, sizeof all - strlen(all) - 1);
    }
    return bad_value(option, value, all);
}

bool read_duration(const char *value, double *seconds)
{
    static const struct {
        const char *unit;
        double seconds;
    } units[] = {{"ms", 0.001}, {"s", 1},    {"", 1},
                 {"m", 60},     {"h", 3600}, {"d", 86400}};
    char *end = NULL;
    double n = 0;

    if (value[0] < '0' || value[0] > '9')
        return false;
    n = strtod(value, &end);
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strcmp(end, units[i].unit) == 0) {
            *seconds = n * units[i].seconds;
            return *seconds <= 100.0 * 365 * 86400;
        }
    return false;
}
