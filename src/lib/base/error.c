#include "base/error.h"

#include <stdio.h>

enum grl_status fail(struct grl_error *err, enum grl_status code,
                     const char *what, int sys)
{
    if (err != NULL)
        *err = (struct grl_error){.code = code, .what = what, .sys = sys};
    return code;
}

enum grl_status fail_detail(struct grl_error *err, enum grl_status code,
                            const char *what, const char *detail)
{
    fail(err, code, what, 0);
    if (err != NULL)
        snprintf(err->detail, sizeof err->detail, "%s", detail);
    return code;
}

enum grl_status fail_memory(struct grl_error *err)
{
    return fail(err, GRL_ENOMEM, "out of memory", 0);
}

const char *grl_version(void)
{
    return GRL_VERSION;
}
