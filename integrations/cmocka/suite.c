/*
 * A test suite in C of a server in Go: each test asks the server for something
 * and then for its goroutines, which have two seconds to end.  The second test
 * fails, as /quote leaks one.
 */
#include <goroleak_cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct server {
    pid_t pid;
    int stop; /* closing it ends the server */
    char url[100];
};

/* As a client would: here curl stands for the code under test. */
static int get(const struct server *s, const char *path, const char *answer)
{
    char command[300];

    snprintf(command, sizeof command, "curl -sS '%s%s' >%s", s->url, path,
             answer);
    return system(command) == 0 ? 0 : -1;
}

/* Run ./build/server and read from it where it listens; what runs in it then is
 * no leak. */
static int start(void **state)
{
    static struct server s;
    int in[2];
    int out[2];
    ssize_t n = 0;

    if (pipe(in) != 0 || pipe(out) != 0 || (s.pid = fork()) < 0)
        return -1;
    if (s.pid == 0) {
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        close(in[1]);
        execl("build/server", "server", (char *)NULL);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    n = read(out[0], s.url, sizeof s.url - 1);
    if (n <= 0)
        return -1;
    s.url[strcspn(s.url, "\n")] = '\0';
    s.stop = in[1];
    *state = &s;
    return get(&s, "/debug/pprof/goroutine?debug=2", "build/before.txt");
}

static int stop(void **state)
{
    struct server *s = *state;

    close(s->stop);
    return waitpid(s->pid, NULL, 0) == s->pid ? 0 : -1;
}

static void test_hello(void **state)
{
    const struct server *s = *state;

    assert_int_equal(get(s, "/hello", "build/answer"), 0);
    assert_no_goroutine_leaks_since_settled("build/before.txt", s->url, 2);
}

static void test_quote(void **state)
{
    const struct server *s = *state;

    assert_int_equal(get(s, "/quote", "build/answer"), 0);
    assert_no_goroutine_leaks_since_settled("build/before.txt", s->url, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hello),
        cmocka_unit_test(test_quote),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
