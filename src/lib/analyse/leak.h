/*
 * Has what is known of one signature the form of a leak: goroutines come, stay
 * and go on coming?  Whether that is more than chance is another question.
 */
#ifndef ANALYSE_LEAK_H
#define ANALYSE_LEAK_H

#include "analyse/arrivals.h"
#include "analyse/shape.h"

/* With fewer samples in a row nothing is judged, with fewer no test can tell.
 */
enum { LEAK_FEWEST_JUDGED = 3, LEAK_FEWEST_TESTED = 5 };

/* What speaks against a leak, or nothing. */
enum leak_form {
    LEAK_NOT_ASKED = 0, /* too few dumps, or no ids */
    LEAK_FORM,
    LEAK_TOO_FEW,   /* goroutines or dumps that brought some */
    LEAK_TURNOVER,  /* those that came leave again */
    LEAK_REAPED,    /* all together every so often */
    LEAK_PAUSED,    /* none came for long */
    LEAK_SLOWS,     /* ever fewer come */
    LEAK_NOT_STEADY /* few dumps: not every step brought some that stayed */
};

struct likeness {
    enum leak_form form;
    bool few;   /* dumps too few for a test: the form decides */
    bool drips; /* they come regularly, and nobody at all is gone */
};

/* By ids; AT, T and A are of the same row of S.  GRL_ENOMEM. */
enum grl_status leak_form_of(const struct series *s, const struct stay *at,
                             const struct turnover *t, const struct arrivals *a,
                             struct likeness *out);

#endif
