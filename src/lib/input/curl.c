#include "input/curl.h"

#include "base/error.h"
#include "base/library.h"

static bool find_all(struct curl *c, void *library)
{
#define X(name)                                                                \
    if (!library_find(library, "curl_" #name, &c->name, sizeof c->name))       \
        return false;
    CURL_FUNCTIONS(X)
#undef X
    return true;
}

enum grl_status curl_load(struct curl *out, struct grl_error *err)
{
    static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4",
                                        "libcurl.4.dylib", NULL};
    void *library = library_load(names);

    if (library != NULL && find_all(out, library) &&
        out->global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK)
        return GRL_OK;
    return fail(err, GRL_EIO, "reading URLs needs libcurl 7.66 or later", 0);
}
