/* The library's word on a series. */
#ifndef EVALUATE_JUDGE_H
#define EVALUATE_JUDGE_H

#include "dump.h"
#include "goroleak.h"

enum { VERDICTS = 7, UNSEEN = VERDICTS };

struct judgement {
    unsigned verdict;  /* enum grl_verdict, or UNSEEN */
    unsigned findings; /* with this verdict */
    const struct grl_finding *finding;
};

struct judge {
    const struct series *series;
    struct grl_dumps *dumps;
    struct grl_trend *trend;
    struct judgement *sites;
    bool failed; /* the library refused; every site is UNSEEN */
    struct grl_error error;
};

void judge_init(struct judge *j, const struct series *s);
/* The library found as many processes as there were dumps of. */
bool judge_found_restarts(const struct judge *j);
dump_fn judge_dump; /* USER is the judge */
void judge_decide(struct judge *j);
void judge_free(struct judge *j);

#endif
