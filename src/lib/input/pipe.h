/* Pipes hold 64 KiB, some microseconds of work: who reads and who writes would
 * have to wait for each other, and to be woken, all the time. */
#ifndef INPUT_PIPE_H
#define INPUT_PIPE_H

/* Have pipe FD hold as much as any user may have it hold, if it can. */
void pipe_widen(int fd);

#endif
