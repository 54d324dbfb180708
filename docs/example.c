/* Print what leaks in the dumps of a folder: example FOLDER */
#include <goroleak.h>
#include <stdio.h>

static void print(const struct grl_finding *f)
{
    const struct grl_frame *at = f->cluster->blocked_in;

    printf("%llu -> %llu  %s", (unsigned long long)f->first,
           (unsigned long long)f->last, f->cluster->state);
    if (at != NULL)
        printf("  %s  %s:%u", at->function, at->file, (unsigned)at->line);
    printf("\n");
}

int main(int argc, char **argv)
{
    struct grl_dumps *dumps = NULL;
    struct grl_trend *trend = NULL;
    struct grl_error err = {GRL_OK, "needs one argument", 0, 0, 0, ""};
    int status = 2;

    if (argc == 2 && grl_dumps_new(&dumps, NULL, &err) == GRL_OK &&
        grl_dumps_read(dumps, argv[1], &err) == GRL_OK) {
        grl_dumps_sort(dumps, GRL_ORDER_AUTO);
        if (grl_trend_new(&trend, dumps, &err) == GRL_OK) {
            status = grl_trend_leaks(trend) > 0;
            for (size_t i = 0; i < grl_trend_leaks(trend); i++)
                print(grl_trend_get(trend, i));
        }
    }
    if (status == 2)
        fprintf(stderr, "example: %s\n", err.what);
    grl_trend_free(trend);
    grl_dumps_free(dumps);
    return status;
}
