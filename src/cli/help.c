#include "help.h"

#include "option.h"

#include <string.h>

enum { HELP_INDENT = 26, HELP_WIDTH = 79 };

/* TEXT from the column of the indent on, broken between words. */
static void help_text(FILE *out, const char *text)
{
    int column = HELP_INDENT;

    while (*text != '\0') {
        int word = (int)strcspn(text, " ");

        if (column > HELP_INDENT && column + 1 + word > HELP_WIDTH) {
            fprintf(out, "\n%*s", HELP_INDENT, "");
            column = HELP_INDENT;
        }
        column += fprintf(out, "%s%.*s", column > HELP_INDENT ? " " : "", word,
                          text);
        text += word;
        text += *text == ' ' ? 1 : 0;
    }
    fputc('\n', out);
}

static void help_option(FILE *out, const struct option_spec *spec)
{
    char left[64];
    int n = snprintf(left, sizeof left, "  %s%c%s --%s%s%s",
                     spec->brief != '\0' ? "-" : " ",
                     spec->brief != '\0' ? spec->brief : ' ',
                     spec->brief != '\0' ? "," : " ", spec->name,
                     spec->argument != NULL ? "=" : "",
                     spec->argument != NULL ? spec->argument : "");

    fprintf(out, "%-*s", HELP_INDENT, left);
    if (n >= HELP_INDENT)
        fprintf(out, "\n%*s", HELP_INDENT, "");
    help_text(out, spec->help);
}

void help_options(FILE *out, unsigned bit)
{
    for (int g = 0; g < OPTION_GROUPS; g++) {
        struct taken taken = {.count = 0};

        option_take(&taken, option_groups[g], bit);
        if (taken.count > 0)
            fprintf(out, "\n%s:\n", option_groups[g]->title);
        for (int i = 0; i < taken.count; i++)
            help_option(out, taken.specs[i]);
    }
}
