/* The argument list of a call: "0x1, {0x2, 0x3}, ...". */
#ifndef PARSE_ARGUMENTS_H
#define PARSE_ARGUMENTS_H

/* The first byte from P on that no argument list holds, or END.  Lists hold
 * hex words, '?', '_', "...", braces, the horizontal ellipsis that prose tools
 * make of "...", and NUL from damage; never a parenthesis. */
const char *arguments_end(const char *p, const char *end);

/* The last byte before P, but not before BEGIN, that no argument list holds;
 * NULL when there is none. */
const char *arguments_begin(const char *p, const char *begin);

#endif
