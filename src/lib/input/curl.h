/* libcurl, loaded when the first URL is read. */
#ifndef INPUT_CURL_H
#define INPUT_CURL_H

#include "goroleak.h"

#include <curl/curl.h>

/* The functions of libcurl that are used, by their names without "curl_". */
#define CURL_FUNCTIONS(X)                                                      \
    X(global_init)                                                             \
    X(easy_init)                                                               \
    X(easy_setopt)                                                             \
    X(easy_getinfo)                                                            \
    X(easy_strerror)                                                           \
    X(easy_cleanup)                                                            \
    X(multi_init)                                                              \
    X(multi_add_handle)                                                        \
    X(multi_remove_handle)                                                     \
    X(multi_perform)                                                           \
    X(multi_poll)                                                              \
    X(multi_info_read)                                                         \
    X(multi_strerror)                                                          \
    X(multi_cleanup)                                                           \
    X(slist_append)                                                            \
    X(slist_free_all)

/* curl/typecheck-gcc.h makes some of the names macros. */
#undef curl_easy_setopt
#undef curl_easy_getinfo

struct curl {
#define X(name) __typeof__(curl_##name) *(name);
    CURL_FUNCTIONS(X)
#undef X
};

/* Fill *OUT.  GRL_EIO when there is no libcurl that has all of these. */
enum grl_status curl_load(struct curl *out, struct grl_error *err);

#endif
