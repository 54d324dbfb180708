/* What the goroutines of a site look like in a dump. */
#ifndef EVALUATE_SITE_H
#define EVALUATE_SITE_H

#include "series.h"

/* Choose names, wait reason and stack of SITE, for each build. */
void site_write(struct series *s, struct site *site);

const char *site_reason(const struct site *site);

/* The index that is part of FUNCTION, or SIZE_MAX. */
size_t site_of_function(const char *function);

#endif
