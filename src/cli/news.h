/* What is newly wrong with a process, by what was told of it before. */
#ifndef CLI_NEWS_H
#define CLI_NEWS_H

#include "settings.h"

struct news {
    const struct settings *settings;
    struct grl_history *history;
    const struct grl_dumps *taken; /* whole, whatever rules leave out */
    struct grl_news *list;
    struct grl_told *kept; /* what the history is to have of each once told */
    size_t count;
    size_t open; /* leaks that are open now */
};

/* Each complains and returns false on failure.  TREND must outlive N. */
bool news_find(struct news *n, const struct grl_trend *trend);

/* No news; whether leaks are open is as when the series was judged last. */
bool news_none(struct news *n);

/* Piece I was told. */
bool news_keep(const struct news *n, size_t i);

bool news_is_silent(const struct news *n, const char *signature, bool *silent);

void news_free(struct news *n);

#endif
