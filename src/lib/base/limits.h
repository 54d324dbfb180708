/*
 * Every cap on untrusted input, its unit, and what happens past it.  Nothing
 * is dropped without being counted and reported.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#include <stddef.h>
#include <stdint.h>

/* Bytes of one line; the rest is skipped, counted in stats.long_lines. */
#define LIMIT_LINE_BYTES ((size_t)1024 * 1024)

/* Frames of one goroutine; the rest is skipped, the stack counts as elided. */
#define LIMIT_FRAMES 1024u

/* Goroutines of one report of the race detector, which prints two; lines of
 * further ones are skipped. */
#define LIMIT_RACERS 8u

/* Bytes of one frame's function and position together; a longer one is cut,
 * and the goroutine counts as damaged. */
#define LIMIT_FRAME_BYTES 8192u

/* Distinct frames, and as many states and label texts; then GRL_ENOMEM. */
#define LIMIT_STRINGS 64000000u

/* Distinct signatures over all dumps; then GRL_ELIMIT. */
#define LIMIT_SIGNATURES 16000000u

/* Goroutine ids remembered per dump to notice that the next one begins. */
#define LIMIT_WATCHED_IDS 4096u

/* Ids listed for a cluster when not all are kept. */
#define LIMIT_LISTED_IDS 20u

/* Distinct states of one cluster; the rest counts in the last one. */
#define LIMIT_STATES 64u

/* Distinct label pairs of one cluster; then cluster.labels_cut. */
#define LIMIT_LABELS 64u

/* Bytes of one label key or value as kept; a longer one is cut. */
#define LIMIT_LABEL_BYTES 256u

/* Dumps times signatures of one trend, each 8 bytes; then GRL_ELIMIT. */
#define LIMIT_TREND_CELLS 32000000u

/* What a compressed file or an archive may expand to whatever its size; then
 * LIMIT_EXPANSION times its bytes more; then GRL_ELIMIT. */
#define LIMIT_EXPANDED_BYTES ((uint64_t)1024 * 1024 * 1024)
#define LIMIT_EXPANSION 1000u

/* Bytes that unpacking one xz or zstd stream may take, most of them for what it
 * may refer back to; then GRL_ELIMIT. */
#define LIMIT_DECODER_BYTES ((size_t)256 * 1024 * 1024)

/* Bytes of one pprof profile, unpacked, which is kept in memory; then
 * GRL_ELIMIT. */
#define LIMIT_PROFILE_BYTES ((size_t)256 * 1024 * 1024)

/* Goroutines that one record of a profile may stand for, so that no sum
 * overflows; a record of more is damage. */
#define LIMIT_RECORD_COUNT ((uint64_t)1000000000)

/* The same of the bytes that one record of a heap profile stands for. */
#define LIMIT_RECORD_BYTES ((uint64_t)1 << 44)

/* Bytes of lines of other processes in the log of several that wait for their
 * turn, and as many again whose turn it is; further ones are skipped and
 * counted.
 */
#define LIMIT_HELD_BYTES ((size_t)64 * 1024 * 1024)

/* Bytes of lines above a header that may be its stack, where lines come last
 * first; of more none is. */
#define LIMIT_REVERSED_BYTES ((size_t)256 * 1024)

/* Bytes of one answer by HTTP; then GRL_ELIMIT. */
#define LIMIT_URL_BYTES ((uint64_t)1024 * 1024 * 1024)

/* Packed streams inside each other: a tar.gz with gzipped members is one in
 * one. Then GRL_ELIMIT. */
#define LIMIT_PACKED_DEPTH 4u

/* runtime/pprof stops writing a debug=2 dump here, in mid-line. */
#define PPROF_CAP_BYTES 67108864u

_Static_assert(LIMIT_LINE_BYTES >= 4096, "a Go frame line must fit");
_Static_assert(LIMIT_FRAME_BYTES <= LIMIT_LINE_BYTES, "a frame is one line");

#endif
