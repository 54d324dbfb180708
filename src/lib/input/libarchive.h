/* libarchive, loaded when the first archive is read. */
#ifndef INPUT_LIBARCHIVE_H
#define INPUT_LIBARCHIVE_H

#include "goroleak.h"

#include <archive.h>
#include <archive_entry.h>

/* The functions that are used, by their names without "archive_". */
#define LIBARCHIVE_FUNCTIONS(X)                                                \
    X(read_new)                                                                \
    X(read_open)                                                               \
    X(read_next_header)                                                        \
    X(read_data)                                                               \
    X(read_free)                                                               \
    X(read_support_filter_compress)                                            \
    X(read_support_filter_lzip)                                                \
    X(read_support_filter_lzma)                                                \
    X(read_support_filter_lz4)                                                 \
    X(read_support_format_tar)                                                 \
    X(read_support_format_zip_streamable)                                      \
    X(read_support_format_raw)                                                 \
    X(liblz4_version)                                                          \
    X(format)                                                                  \
    X(filter_code)                                                             \
    X(error_string)                                                            \
    X(set_error)                                                               \
    X(entry_filetype)                                                          \
    X(entry_mtime)                                                             \
    X(entry_mtime_is_set)                                                      \
    X(entry_pathname)                                                          \
    X(entry_pathname_utf8)

struct libarchive {
#define X(name) __typeof__(archive_##name) *(name);
    LIBARCHIVE_FUNCTIONS(X)
#undef X
};

/* Fill *OUT.  GRL_EIO when there is no libarchive that has all of these. */
enum grl_status libarchive_load(struct libarchive *out, struct grl_error *err);

#endif
