/* A history that is open. */
#ifndef API_HISTORY_H
#define API_HISTORY_H

#include "store/database.h"

struct grl_history {
    sqlite3 *db;
};

#endif
