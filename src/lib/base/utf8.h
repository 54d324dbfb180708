/* Text from a dump is bytes of any kind; what is printed must be UTF-8 without
 * anything that steers a terminal. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/text.h"

/* The code point at the front of T, of which *LEN bytes are its UTF-8, or -1
 * and *LEN 1 when the bytes are no valid UTF-8 (RFC 3629). */
int32_t utf8_next(struct grl_text t, size_t *len);

/* CODE as UTF-8 to AT, which has room for 4 bytes: how many.  Above U+10FFFF
 * the high bits are lost. */
size_t utf8_put(char *at, uint32_t code);

/* How many bytes of ASCII that is no control T begins with. */
size_t utf8_plain(struct grl_text t);

/* True for code points that steer a terminal or reorder text: control
 * characters, line and paragraph separators, bidirectional overrides; and for
 * U+FFFE and U+FFFF, which no XML may hold. */
bool utf8_is_control(int32_t code);

/* Columns that T takes, one for each code point. */
size_t utf8_columns(struct grl_text t);

#endif
