/* glibc asks for it: d_type is not POSIX's. */
#define _DEFAULT_SOURCE /* NOLINT(bugprone-reserved-identifier) */

#include "input/folder.h"

#include "base/error.h"
#include "base/grow.h"
#include "input/natural.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool folder_is(const char *path)
{
    struct stat s;

    return strcmp(path, "-") != 0 && stat(path, &s) == 0 && S_ISDIR(s.st_mode);
}

/* Most file systems say what an entry is, which takes half the time of listing
 * off. */
static bool is_file(int folder, const struct dirent *e)
{
    struct stat s;

    if (e->d_name[0] == '.')
        return false;
    if (e->d_type != DT_UNKNOWN && e->d_type != DT_LNK)
        return e->d_type == DT_REG;
    return fstatat(folder, e->d_name, &s, 0) == 0 && S_ISREG(s.st_mode);
}

static bool add_path(struct folder_list *l, const char *folder,
                     const char *name)
{
    size_t len = strlen(folder);
    bool slash = len > 0 && folder[len - 1] == '/';
    size_t size = len + strlen(name) + 2;
    char *path = malloc(size);

    if (path == NULL || !GROW(l->paths, l->capacity, l->count + 1)) {
        free(path);
        return false;
    }
    snprintf(path, size, "%s%s%s", folder, slash ? "" : "/", name);
    l->paths[l->count++] = path;
    return true;
}

static int compare_paths(const void *a, const void *b)
{
    return natural_compare(*(char *const *)a, *(char *const *)b);
}

enum grl_status folder_list(const char *path, struct folder_list *out,
                            struct grl_error *err)
{
    DIR *dir = opendir(path);
    enum grl_status st = GRL_OK;

    *out = (struct folder_list){0};
    if (dir == NULL)
        return errno == ENOMEM
                   ? fail_memory(err)
                   : fail(err, GRL_EIO, "cannot open folder", errno);
    for (struct dirent *e = readdir(dir); e != NULL && st == GRL_OK;
         e = readdir(dir))
        if (is_file(dirfd(dir), e) && !add_path(out, path, e->d_name))
            st = fail_memory(err);
    closedir(dir);
    if (out->count > 0)
        qsort(out->paths, out->count, sizeof out->paths[0], compare_paths);
    return st;
}

void folder_list_free(struct folder_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->paths[i]);
    free(list->paths);
    *list = (struct folder_list){0};
}
