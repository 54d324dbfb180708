/* UTF-16, as PowerShell writes it, to UTF-8. */
#ifndef PARSE_UTF16_H
#define PARSE_UTF16_H

#include "base/text.h"

/* Where a conversion is between two pieces.  Zero-initialise but for BIG. */
struct utf16 {
    bool big;  /* high byte first */
    bool half; /* one byte of a unit came */
    unsigned char byte;
    unsigned surrogate; /* the first of a pair, or 0 */
};

/* So many bytes, or all there are, decide. */
enum { UTF16_HEAD_BYTES = 8 };

/* Does HEAD begin with a byte order mark, or as ASCII does in UTF-16?  *BIG
 * says which. */
bool utf16_begins(struct grl_text head, bool *big);

enum { UTF16_MOST = 4 }; /* bytes of UTF-8 for two of UTF-16, at most */

/* LEN bytes at BYTES as UTF-8 to OUT, which has room for 2 * LEN + UTF16_MOST:
 * how many.  A half pair becomes U+FFFD; the mark is left out. */
size_t utf16_convert(struct utf16 *u, const char *bytes, size_t len, char *out);

#endif
