/* The moment a file's name tells.  The seconds in the tables are those of
 * `date -u -d ... +%s`. */
#include "input/name_time.h"

#include "support/unit.h"

#define MORNING 1714979289 /* 2024-05-06 07:08:09 UTC */
#define MINUTE 1714979280  /* 2024-05-06 07:08:00 UTC */
#define DAY 1714953600     /* 2024-05-06 00:00:00 UTC */

struct row {
    const char *path;
    int64_t time;
};

static void check(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int64_t got = name_time(rows[i].path);

        if (got != rows[i].time)
            fail_msg("%s: %lld, not %lld", rows[i].path, (long long)got,
                     (long long)rows[i].time);
    }
}

static void test_all_documented_forms(void **state)
{
    static const struct row rows[] = {
        {"20240506T070809Z", MORNING},
        {"20240506T070809Z.txt", MORNING},
        {"20240506-070809", MORNING},
        {"20240506-070809.txt", MORNING},
        {"20240506_070809.txt", MORNING},
        {"2024-05-06T07:08:09Z", MORNING},
        {"2024-05-06T07:08:09.txt", MORNING},
        {"2024-05-06_07-08-09", MORNING},
        {"2024-05-06_07-08-09.txt", MORNING},
        {"2024-05-06 07.08.09.txt", MORNING},
        {"2024_05_06_07_08_09.txt", MORNING},
        {"2024.05.06-07.08.09.txt", MORNING},
        /* without seconds */
        {"20240506T0708Z", MINUTE},
        {"20240506-0708.txt", MINUTE},
        {"2024-05-06T07:08", MINUTE},
        {"2024-05-06_07-08.txt", MINUTE},
        /* only the date */
        {"20240506", DAY},
        {"20240506.txt", DAY},
        {"2024-05-06.txt", DAY},
        {"goroutines-2024-05-06.dump.txt", DAY},
        /* since 1970 */
        {"1714979289", MORNING},
        {"dump.1714979289.txt", MORNING},
        {"dump-1714979289123.txt", MORNING},
    };

    (void)state;
    check(rows, LENGTH(rows));
}

static void test_zones_are_subtracted(void **state)
{
    static const struct row rows[] = {
        {"2024-05-06T07:08:09+00:00.txt", MORNING},
        {"2024-05-06T09:08:09+02:00.txt", MORNING},
        {"2024-05-06T02:08:09-05:00", MORNING},
        {"20240506T123809+0530", MORNING},
        {"20240506T000809-0700.txt", MORNING},
        {"2024-05-06T09:08+02:00.txt", MINUTE},
        {"2024-05-07T01:08:09+18:00.txt", MORNING + 18 * 3600}, /* no zone */
    };

    (void)state;
    check(rows, LENGTH(rows));
}

static void test_the_last_one_in_the_base_name_counts(void **state)
{
    static const struct row rows[] = {
        {"/var/2020-01-01/dump-20240506T070809Z.txt", MORNING},
        {"/var/20240506T070809Z/dump.txt", GRL_NO_TIME},
        {"2020-01-01-run-20240506T070809Z.txt", MORNING},
        {"api-7.20240506-070809.host9.txt", MORNING},
        {"/dumps/20240506T070809Z", MORNING},
    };

    (void)state;
    check(rows, LENGTH(rows));
}

static void test_calendar(void **state)
{
    static const struct row rows[] = {
        {"19900101T000000Z", 631152000},  {"20000229T000000Z", 951782400},
        {"20000301T000000Z", 951868800},  {"20231231T235959Z", 1704067199},
        {"20240101T000000Z", 1704067200}, {"20240229T120000Z", 1709208000},
        {"20261123T063012Z", 1795415412}, {"20380119T031408Z", 2147483648},
        {"21000228T000000Z", 4107456000}, {"21000301T000000Z", 4107542400},
        {"21991231T235959Z", 7258118399}, {"20161231T235960Z", 1483228800},
    };

    (void)state;
    check(rows, LENGTH(rows));
}

static void test_what_is_no_moment_is_none(void **state)
{
    static const struct row rows[] = {
        {"", GRL_NO_TIME},
        {"-", GRL_NO_TIME},
        {"dump.txt", GRL_NO_TIME},
        {"dump10.txt", GRL_NO_TIME},
        {"go1.22.3.txt", GRL_NO_TIME},
        {"pid-12345.txt", GRL_NO_TIME},
        {"127.0.0.1.txt", GRL_NO_TIME},
        /* months and days there are not */
        {"20241306.txt", GRL_NO_TIME},
        {"20240006.txt", GRL_NO_TIME},
        {"20240500.txt", GRL_NO_TIME},
        {"20240532.txt", GRL_NO_TIME},
        {"2024-13-06.txt", GRL_NO_TIME},
        /* years no dump is of */
        {"19890506.txt", GRL_NO_TIME},
        {"22000506.txt", GRL_NO_TIME},
        /* parted here and not there */
        {"2024-0506.txt", GRL_NO_TIME},
        {"202405-06.txt", GRL_NO_TIME},
        /* digits, but not 10 or 13, or of no time */
        {"123456789.txt", GRL_NO_TIME},
        {"17149792891.txt", GRL_NO_TIME},
        {"171497928912.txt", GRL_NO_TIME},
        {"0000000001.txt", GRL_NO_TIME},
        {"9999999999.txt", GRL_NO_TIME},
        {"0000000000001.txt", GRL_NO_TIME},
    };

    (void)state;
    check(rows, LENGTH(rows));
}

static void test_hours_there_are_not_leave_the_date(void **state)
{
    static const struct row rows[] = {
        {"20240506T240000Z", DAY},    {"20240506T076000Z", DAY},
        {"2024-05-06-1.txt", DAY},    {"2024-05-06-12.txt", DAY},
        {"2024-05-06-host.txt", DAY}, {"20240506T070861Z", MINUTE},
    };

    (void)state;
    check(rows, LENGTH(rows));
}

static void test_days_there_are_not(void **state)
{
    static const struct row rows[] = {
        {"20240230.txt", GRL_NO_TIME},
        {"20230229.txt", GRL_NO_TIME},
        {"2024-04-31.txt", GRL_NO_TIME},
    };

    (void)state;
    check(rows, LENGTH(rows));
}

static void test_a_date_ends_where_its_digits_end(void **state)
{
    static const struct row rows[] = {
        {"202405061.txt", GRL_NO_TIME},
        {"20240506123.txt", GRL_NO_TIME},
        {"2024-05-061.txt", GRL_NO_TIME},
    };

    (void)state;
    check(rows, LENGTH(rows));
}

/* "20240506-070809-0001" is the first of that second, not one minute on. */
static void test_a_number_behind_a_time_is_no_zone(void **state)
{
    static const struct row rows[] = {
        {"20240506-070809-0001.txt", MORNING},
        {"2024-05-06_07-08-09-0002.txt", MORNING},
    };

    (void)state;
    check(rows, LENGTH(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_documented_forms),
        cmocka_unit_test(test_zones_are_subtracted),
        cmocka_unit_test(test_the_last_one_in_the_base_name_counts),
        cmocka_unit_test(test_calendar),
        cmocka_unit_test(test_what_is_no_moment_is_none),
        cmocka_unit_test(test_hours_there_are_not_leave_the_date),
        cmocka_unit_test(test_days_there_are_not),
        cmocka_unit_test(test_a_date_ends_where_its_digits_end),
        cmocka_unit_test(test_a_number_behind_a_time_is_no_zone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
