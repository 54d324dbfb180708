/*
 * The lower tail of the binomial distribution: exact up to 4,000 trials, behind
 * that the normal one with the correction for continuity (Feller 1968, "An
 * introduction to probability theory", section VII.3).
 */
#ifndef ANALYSE_BINOMIAL_H
#define ANALYSE_BINOMIAL_H

/* P(Bin(N, SHARE) <= K), where N may be an effective number and not whole; 1
 * where K is N or more. */
double binomial_tail(double k, double n, double share);

#endif
