/*
 * Many signatures are tested at once, and some rise by chance: the
 * Benjamini-Hochberg step-up, which bounds the share of false findings.
 *
 * Benjamini and Hochberg (1995), "Controlling the False Discovery Rate".
 */
#ifndef ANALYSE_MULTIPLE_H
#define ANALYSE_MULTIPLE_H

#include "goroleak.h"

/* Replace each of the COUNT p-values by its adjusted one; NaN is not counted
 * and stays.  GRL_ENOMEM. */
enum grl_status adjust_p_values(double *p, size_t count);

#endif
