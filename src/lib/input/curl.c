#include "input/curl.h"

#include "base/error.h"

#include <dlfcn.h>
#include <string.h>

/* POSIX has dlsym() give functions as objects; copied, no cast is needed. */
static bool find(void *library, const char *name, void *function, size_t size)
{
    void *symbol = dlsym(library, name);

    memcpy(function, &symbol, size);
    return symbol != NULL;
}

static bool find_all(struct curl *c)
{
#define X(name)                                                                \
    if (!find(c->library, "curl_" #name, &c->name, sizeof c->name))            \
        return false;
    CURL_FUNCTIONS(X)
#undef X
    return true;
}

enum grl_status curl_load(struct curl *out, struct grl_error *err)
{
    static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4",
                                        "libcurl.4.dylib"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        out->library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
        if (out->library != NULL && find_all(out) &&
            out->global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK)
            return GRL_OK;
    }
    return fail(err, GRL_EIO, "reading URLs needs libcurl 7.66 or later", 0);
}
