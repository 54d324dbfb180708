#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

void *library_load(const char *const *names)
{
    void *library = NULL;

    for (size_t i = 0; names[i] != NULL && library == NULL; i++)
        library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    return library;
}

/* POSIX has dlsym() give functions as objects; copied, no cast is needed. */
bool library_find(void *library, const char *name, void *function, size_t size)
{
    void *symbol = dlsym(library, name);

    memcpy(function, &symbol, size);
    return symbol != NULL;
}
