/* Texts in files, and pieces that are read of them. */
#ifndef SUPPORT_PIECES_H
#define SUPPORT_PIECES_H

#include "input/piece.h"

/* LEN bytes of lines of which some are blank, another text by SEED; free it. */
char *make_text(size_t len, unsigned seed);

/* A file of its own that holds LEN bytes, opened with FLAGS, and gone when it
 * is closed. */
int file_of(const char *text, size_t len, int flags);

/* PIECE is what TEXT has at AT, with others behind. */
void check_piece(const struct piece *piece, const char *text, size_t at);

#endif
