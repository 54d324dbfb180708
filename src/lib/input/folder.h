/* The files of a folder. */
#ifndef INPUT_FOLDER_H
#define INPUT_FOLDER_H

#include "base/text.h"
#include "goroleak.h"

bool folder_is(const char *path);

struct folder_list {
    char **paths; /* each malloc'd */
    size_t count;
    size_t capacity;
};

/* The regular files of folder PATH, by name as people sort them; hidden ones
 * and folders left out.  Free the list with folder_list_free() in any case. */
enum grl_status folder_list(const char *path, struct folder_list *out,
                            struct grl_error *err);
void folder_list_free(struct folder_list *list);

#endif
