/* Where bytes come from: a file, standard input, the files of a folder. */
#ifndef INPUT_SOURCE_H
#define INPUT_SOURCE_H

#include "base/text.h"

/* LEN bytes, in order; lives until this returns.  Anything but GRL_OK stops
 * the reading and is what source_read() returns. */
typedef enum grl_status source_fn(void *user, const char *bytes, size_t len);

/*
 * Read PATH ("-" is standard input) to its end.  *MTIME is the modification
 * time of a regular file in seconds since 1970, else GRL_NO_TIME.  GRL_EIO
 * when it cannot be opened or read.
 */
enum grl_status source_read(const char *path, source_fn *fn, void *user,
                            int64_t *mtime, struct grl_error *err);

bool source_is_folder(const char *path);

struct source_list {
    char **paths; /* each malloc'd */
    size_t count;
    size_t capacity;
};

/* The regular files of folder PATH, by name as people sort them; hidden ones
 * and folders left out.  Free the list with source_list_free() in any case. */
enum grl_status source_list_folder(const char *path, struct source_list *out,
                                   struct grl_error *err);
void source_list_free(struct source_list *list);

#endif
