/*
 * Dumps by HTTP: http:// and https:// URLs, and unix:///SOCKET or
 * unix:///SOCKET:/PATH.  Without a path they are of net/http/pprof's goroutine
 * dump.  No redirect is followed, no proxy used, no environment read.
 */
#ifndef INPUT_URL_H
#define INPUT_URL_H

#include "goroleak.h"

bool url_is(const char *path);

struct url;

/* Ask for URL.  GRL_EIO when the server cannot be asked or answers with
 * anything but the dump. */
enum grl_status url_open(struct url **out, const char *url,
                         const struct grl_http *http, struct grl_error *err);

/* Up to SIZE bytes of the answer; *LEN is 0 at its end. */
enum grl_status url_read(struct url *u, char *bytes, size_t size, size_t *len,
                         struct grl_error *err);

/* Accepts NULL. */
void url_close(struct url *u);

#endif
