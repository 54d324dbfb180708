/* What the name of a Go function tells. */
#ifndef MODEL_NAMES_H
#define MODEL_NAMES_H

#include "base/text.h"

/* The import path: "net/http" of "net/http.(*conn).serve"; empty without one.
 */
struct grl_text name_package(struct grl_text function);

/* True for packages of Go's standard library, vendored ones included. */
bool name_is_stdlib(struct grl_text function);

/* True for wrappers the compiler makes: ".gowrap1", ".deferwrap2", "-fm". */
bool name_is_wrapper(struct grl_text function);

/*
 * Write FUNCTION with the %xx escapes of its import path decoded to OUT, which
 * holds FUNCTION.len bytes, and return how many were written.  Escapes of
 * control bytes stay as they are.
 */
size_t name_unescape(struct grl_text function, char *out);

/* Take the build's hash out of "_cgoexp_0123456789ab_name", in place; returns
 * the new length. */
size_t name_drop_cgo_hash(char *function, size_t len);

/* The last element of a path with either kind of slash. */
struct grl_text path_basename(struct grl_text path);

#endif
