#include "input/libarchive.h"

#include "base/error.h"
#include "base/library.h"

static bool find_all(struct libarchive *a, void *library)
{
#define X(name)                                                                \
    if (!library_find(library, "archive_" #name, &a->name, sizeof a->name))    \
        return false;
    LIBARCHIVE_FUNCTIONS(X)
#undef X
    return true;
}

enum grl_status libarchive_load(struct libarchive *out, struct grl_error *err)
{
    static const char *const names[] = {"libarchive.so.13",
                                        "libarchive.13.dylib",
                                        "/usr/lib/libarchive.2.dylib", NULL};
    void *library = library_load(names);

    if (library != NULL && find_all(out, library))
        return GRL_OK;
    return fail(err, GRL_EIO, "reading archives needs libarchive 3", 0);
}
