/* xxHash, compiled in: its streaming state may then live on the stack, and no
 * layout is shared with whatever version of the library is installed. */
#ifndef BASE_XXH_H
#define BASE_XXH_H

#define XXH_INLINE_ALL
#include <xxhash.h>

#endif
