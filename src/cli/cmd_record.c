#include "commands.h"
#include "keeping.h"

static int run(struct settings *s)
{
    struct grl_dumps *d = keeping_read(s);
    int status = EXIT_TROUBLE;

    if (d != NULL && keeping_take(s, d))
        status = grl_dumps_failed(d) > 0 ? EXIT_TROUBLE : EXIT_CLEAN;
    grl_dumps_free(d);
    return status;
}

const struct command command_record = {
    "record",
    FOR_RECORD,
    "[options] --history=DB [--instance=NAME] FILE...",
    "add dumps to a history",
    "Stores the dumps of FILEs or URLs in DB, an SQLite file that is made "
    "when\n"
    "it is not there.  A dump that is in it already counts once.\n",
    run,
};
