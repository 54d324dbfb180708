/* Small files that options name. */
#ifndef CLI_FILE_H
#define CLI_FILE_H

/* The text of PATH, at most 1 MiB, malloc'd; NULL when it cannot be read, which
 * was complained of. */
char *file_read(const char *path);

#endif
