/*
 * Stacks as test libraries report them.  goleak writes "[Goroutine 7 in state
 * chan send, with main.f on top of the stack:" for a header; Gomega's gleak
 * "goroutine 7 [chan send]", and a frame in one line: "main.f(...) at f.go:13".
 */
#ifndef PARSE_LEAK_REPORT_H
#define PARSE_LEAK_REPORT_H

#include "base/text.h"

enum leak_report { NO_LEAK_REPORT, OF_GOLEAK, OF_GLEAK };

/* Is RAW a header of one?  Then the header as Go prints it is in OUT, of *LEN
 * bytes, at most SIZE; and *AT is where it stands in RAW. */
enum leak_report leak_report_header(struct grl_text raw, char *out, size_t size,
                                    size_t *len, size_t *at);

/* Is RAW a frame in one line?  Then the call, or "created by", is in *CALL and
 * its position in *POSITION. */
bool leak_report_frame(struct grl_text raw, struct grl_text *call,
                       struct grl_text *position);

#endif
