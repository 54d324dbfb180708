/* Names in the order people expect: "dump9" before "dump10". */
#ifndef INPUT_NATURAL_H
#define INPUT_NATURAL_H

/* Like strcmp, but runs of digits compare by value; equal values with
 * different zeros in front by bytes, so the order is total. */
int natural_compare(const char *a, const char *b);

#endif
