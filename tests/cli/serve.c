/*
 * serve: a server for tests.  Answers GET /NAME with the bytes of FOLDER/NAME,
 * status line and all, or with 404; /NAME?X is FOLDER/NAME too, /NAME?slowly a
 * few bytes of it at a time.  What is asked of it goes to FOLDER/requests.
 *
 *     serve FOLDER          on a port of 127.0.0.1, which it prints
 *     serve FOLDER SOCKET   on a Unix socket
 */
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(2);
}

static int listen_on_port(void)
{
    struct sockaddr_in a = {.sin_family = AF_INET};
    socklen_t len = sizeof a;
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof a) != 0 ||
        listen(fd, 8) != 0 || getsockname(fd, (struct sockaddr *)&a, &len) != 0)
        die("listen");
    printf("%d\n", ntohs(a.sin_port));
    return fd;
}

static int listen_on_socket(const char *path)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    snprintf(a.sun_path, sizeof a.sun_path, "%s", path);
    unlink(path);
    if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof a) != 0 ||
        listen(fd, 8) != 0)
        die(path);
    puts(path);
    return fd;
}

/* The whole head of a request, which these are small enough for. */
static void read_request(int fd, char *request, size_t size)
{
    size_t len = 0;
    ssize_t got = 1;

    request[0] = '\0';
    while (got > 0 && len + 1 < size && strstr(request, "\r\n\r\n") == NULL) {
        got = read(fd, request + len, size - len - 1);
        len += got > 0 ? (size_t)got : 0;
        request[len] = '\0';
    }
}

/* LEN bytes in two seconds. */
static void trickle(int fd, const char *bytes, size_t len)
{
    const struct timespec pause = {.tv_nsec = 100000000};
    size_t step = len / 20 + 1;

    for (size_t at = 0; at < len; at += step) {
        size_t left = len - at;

        if (write(fd, bytes + at, left < step ? left : step) < 0)
            return;
        nanosleep(&pause, NULL);
    }
}

static void answer(int fd, const char *name, int slowly)
{
    static const char none[] = "HTTP/1.1 404 Not Found\r\n"
                               "Content-Length: 5\r\n\r\nnone\n";
    char bytes[65536];
    FILE *f = strstr(name, "..") == NULL ? fopen(name, "r") : NULL;
    size_t n = 0;

    if (f == NULL) {
        if (write(fd, none, sizeof none - 1) < 0)
            perror("write");
        return;
    }
    while ((n = fread(bytes, 1, sizeof bytes, f)) > 0)
        if (slowly)
            trickle(fd, bytes, n);
        else if (write(fd, bytes, n) < 0)
            break;
    fclose(f);
}

int main(int argc, char **argv)
{
    char request[8192];
    char name[256] = "";
    FILE *log = NULL;
    int listening = -1;

    if (argc < 2 || chdir(argv[1]) != 0)
        die("usage: serve FOLDER [SOCKET]");
    listening = argc > 2 ? listen_on_socket(argv[2]) : listen_on_port();
    fflush(stdout);
    signal(SIGPIPE, SIG_IGN); /* of whom has no time */
    log = fopen("requests", "a");
    for (;;) {
        int fd = accept(listening, NULL, NULL);

        if (fd < 0 || log == NULL)
            die("accept");
        read_request(fd, request, sizeof request);
        fputs(request, log);
        fflush(log);
        if (sscanf(request, "GET /%255[^ ?]", name) == 1)
            answer(fd, name, strstr(request, "?slowly") != NULL);
        close(fd);
    }
}
