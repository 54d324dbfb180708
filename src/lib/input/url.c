#include "input/url.h"

#include "base/error.h"
#include "base/grow.h"
#include "base/limits.h"
#include "base/text.h"
#include "input/curl.h"

#include <stdio.h>
#include <stdlib.h>

static const char default_path[] = "/debug/pprof/goroutine?debug=2";
static const char index_path[] = "/debug/pprof"; /* a page for people */

struct url {
    struct curl curl;
    CURL *easy;
    CURLM *multi;
    struct curl_slist *headers;
    char *address; /* that libcurl is given */
    char *socket;  /* path of a Unix socket, or NULL */
    char *held;    /* bytes that came and were not read yet */
    size_t held_len;
    size_t held_at;
    size_t capacity;
    uint64_t bytes; /* that came in all */
    bool too_long;
    bool over; /* nothing more comes */
    CURLcode result;
    char words[CURL_ERROR_SIZE];
};

bool url_is(const char *path)
{
    struct grl_text t = text_of(path);

    return text_starts(t, TEXT("http://")) ||
           text_starts(t, TEXT("https://")) || text_starts(t, TEXT("unix://"));
}

/* ------------------------------------------------------------- the request */

static char *joined(struct grl_text a, struct grl_text b)
{
    char *out = malloc(a.len + b.len + 1);

    if (out == NULL)
        return NULL;
    memcpy(out, a.ptr, a.len);
    memcpy(out + a.len, b.ptr, b.len);
    out[a.len + b.len] = '\0';
    return out;
}

/* Of a URL that names a server, or the index of what it tells, the dump is
 * meant. */
static bool names_server(struct grl_text path)
{
    text_eat(&path, text_of(index_path));
    return path.len == 0 || (path.len == 1 && path.ptr[0] == '/');
}

/* unix:///run/app.sock:/path is http://localhost/path through that socket. */
static bool set_socket(struct url *u, struct grl_text t)
{
    size_t colon = text_find(t, TEXT(":/"));
    struct grl_text path = text_sub(t, colon, t.len);

    text_eat(&path, TEXT(":"));
    if (names_server(path))
        path = text_of(default_path);
    u->socket = joined(text_sub(t, 0, colon), TEXT(""));
    u->address = joined(TEXT("http://localhost"), path);
    return u->socket != NULL && u->address != NULL;
}

static bool set_address(struct url *u, const char *url)
{
    struct grl_text t = text_of(url);
    struct grl_text rest = t;
    size_t slash = 0;

    if (text_eat(&rest, TEXT("unix://")))
        return set_socket(u, rest);
    rest = text_sub(t, text_find(t, TEXT("://")) + 3, t.len);
    slash = text_find_byte(rest, '/');
    if (!names_server(text_sub(rest, slash, rest.len)) ||
        text_find_byte(rest, '?') < rest.len)
        u->address = joined(t, TEXT(""));
    else
        u->address = joined(text_sub(t, 0, t.len - (rest.len - slash)),
                            text_of(default_path));
    return u->address != NULL;
}

/* As of "http://$HOST" where HOST is not set; libcurl would take what follows
 * for the host. */
static bool names_nobody(const char *url)
{
    const char *rest = strstr(url, "://") + 3;

    return rest[0] == '\0' ||
           (strncmp(url, "unix", 4) != 0 && strchr("/:?", rest[0]) != NULL);
}

/* Others on the machine see the arguments of a program. */
static bool has_credentials(const char *url)
{
    struct grl_text t = text_of(url);
    struct grl_text rest = text_sub(t, text_find(t, TEXT("://")) + 3, t.len);

    rest = text_sub(rest, 0, text_find_byte(rest, '/'));
    return !text_starts(t, TEXT("unix:")) &&
           text_find_byte(rest, '@') < rest.len;
}

static size_t receive(char *bytes, size_t one, size_t len, void *user)
{
    struct url *u = user;

    (void)one;
    u->bytes += len;
    u->too_long = u->bytes > LIMIT_URL_BYTES;
    if (u->too_long || !GROW(u->held, u->capacity, u->held_len + len))
        return 0;
    memcpy(u->held + u->held_len, bytes, len);
    u->held_len += len;
    return len;
}

static bool set_headers(struct url *u, const struct grl_http *http)
{
    for (size_t i = 0; i < http->header_count; i++) {
        struct curl_slist *more = u->curl.slist_append(u->headers,
                                                       http->headers[i]);

        if (more == NULL)
            return false;
        u->headers = more;
    }
    return true;
}

static void set_options(struct url *u, const struct grl_http *http)
{
    struct curl *c = &u->curl;
    long seconds = http->seconds > 0 ? (long)http->seconds : 60;

    c->easy_setopt(u->easy, CURLOPT_URL, u->address);
    c->easy_setopt(u->easy, CURLOPT_WRITEFUNCTION, receive);
    c->easy_setopt(u->easy, CURLOPT_WRITEDATA, u);
    c->easy_setopt(u->easy, CURLOPT_ERRORBUFFER, u->words);
    c->easy_setopt(u->easy, CURLOPT_NOSIGNAL, 1L);
    c->easy_setopt(u->easy, CURLOPT_NOPROXY, "*");
    c->easy_setopt(u->easy, CURLOPT_FOLLOWLOCATION, 0L);
#if LIBCURL_VERSION_NUM >= 0x075500
    c->easy_setopt(u->easy, CURLOPT_PROTOCOLS_STR, "http,https");
#else
    c->easy_setopt(u->easy, CURLOPT_PROTOCOLS,
                   (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
    c->easy_setopt(u->easy, CURLOPT_USERAGENT, "goroleak/" GRL_VERSION);
    c->easy_setopt(u->easy, CURLOPT_CONNECTTIMEOUT,
                   seconds < 10 ? seconds : 10L);
    c->easy_setopt(u->easy, CURLOPT_TIMEOUT, seconds);
    if (u->socket != NULL)
        c->easy_setopt(u->easy, CURLOPT_UNIX_SOCKET_PATH, u->socket);
    if (u->headers != NULL)
        c->easy_setopt(u->easy, CURLOPT_HTTPHEADER, u->headers);
    if (http->netrc != NULL) {
        c->easy_setopt(u->easy, CURLOPT_NETRC, (long)CURL_NETRC_REQUIRED);
        c->easy_setopt(u->easy, CURLOPT_NETRC_FILE, http->netrc);
    }
}

/* -------------------------------------------------------------- the answer */

static enum grl_status refused(struct url *u, long status,
                               struct grl_error *err)
{
    const char *to = NULL;
    char words[sizeof err->detail];

    u->curl.easy_getinfo(u->easy, CURLINFO_REDIRECT_URL, &to);
    if (to != NULL)
        snprintf(words, sizeof words, "%ld, a redirect to %s", status, to);
    else
        snprintf(words, sizeof words, "%ld%s", status,
                 status == 404 && strstr(u->address, index_path) != NULL
                     ? ": does it serve net/http/pprof?"
                     : "");
    return fail_detail(err, GRL_EIO, "the server answers with status", words);
}

/* libcurl's words would be of "localhost port 80". */
static enum grl_status no_socket(struct url *u, struct grl_error *err)
{
    long why = 0;

    u->curl.easy_getinfo(u->easy, CURLINFO_OS_ERRNO, &why);
    return fail(err, GRL_EIO, "cannot connect to this socket", (int)why);
}

/* Only a whole answer of status 200 is a dump. */
static enum grl_status judge(struct url *u, struct grl_error *err)
{
    long status = 0;

    u->curl.easy_getinfo(u->easy, CURLINFO_RESPONSE_CODE, &status);
    if (status != 0 && status != 200)
        return refused(u, status, err);
    if (u->too_long)
        return fail(err, GRL_ELIMIT, "answer of more than 1 GiB", 0);
    if (u->held_len > 0 || !u->over || u->result == CURLE_OK)
        return GRL_OK; /* what came counts; the next call tells how it ended */
    if (u->result == CURLE_COULDNT_CONNECT && u->socket != NULL)
        return no_socket(u, err);
    return fail_detail(err, GRL_EIO,
                       u->result == CURLE_OPERATION_TIMEDOUT
                           ? "takes longer than --timeout gives it"
                           : "cannot be read",
                       u->words[0] != '\0' ? u->words
                                           : u->curl.easy_strerror(u->result));
}

static void look_whether_over(struct url *u)
{
    int left = 0;

    for (CURLMsg *m = u->curl.multi_info_read(u->multi, &left); m != NULL;
         m = u->curl.multi_info_read(u->multi, &left))
        if (m->msg == CURLMSG_DONE) {
            u->over = true;
            u->result = m->data.result;
        }
}

/* Go on until bytes came, or none will. */
static enum grl_status go_on(struct url *u, struct grl_error *err)
{
    int running = 0;
    CURLMcode code = CURLM_OK;

    u->held_len = 0;
    u->held_at = 0;
    while (code == CURLM_OK && u->held_len == 0 && !u->over) {
        code = u->curl.multi_perform(u->multi, &running);
        look_whether_over(u);
        if (code == CURLM_OK && u->held_len == 0 && !u->over)
            code = u->curl.multi_poll(u->multi, NULL, 0, 1000, NULL);
    }
    if (code != CURLM_OK)
        return fail_detail(err, GRL_EIO, "cannot be read",
                           u->curl.multi_strerror(code));
    return judge(u, err);
}

enum grl_status url_read(struct url *u, char *bytes, size_t size, size_t *len,
                         struct grl_error *err)
{
    enum grl_status st = GRL_OK;

    if (u->held_at == u->held_len)
        st = go_on(u, err);
    *len = u->held_len - u->held_at;
    if (*len > size)
        *len = size;
    if (st != GRL_OK)
        *len = 0;
    if (*len > 0)
        memcpy(bytes, u->held + u->held_at, *len);
    u->held_at += *len;
    return st;
}

static enum grl_status ask(struct url *u, const char *url,
                           const struct grl_http *http, struct grl_error *err)
{
    enum grl_status st = curl_load(&u->curl, err);

    if (st != GRL_OK)
        return st;
    u->easy = u->curl.easy_init();
    u->multi = u->curl.multi_init();
    if (!set_address(u, url) || u->easy == NULL || u->multi == NULL ||
        !set_headers(u, http))
        return fail_memory(err);
    set_options(u, http);
    if (u->curl.multi_add_handle(u->multi, u->easy) != CURLM_OK)
        return fail_memory(err);
    return go_on(u, err);
}

enum grl_status url_open(struct url **out, const char *url,
                         const struct grl_http *http, struct grl_error *err)
{
    struct url *u = NULL;
    enum grl_status st = GRL_OK;

    if (has_credentials(url))
        return fail(err, GRL_EIO,
                    "credentials in a URL are seen by others; use --header "
                    "@FILE or --netrc",
                    0);
    if (names_nobody(url))
        return fail(err, GRL_EIO, "this URL names no server", 0);
    u = calloc(1, sizeof *u);
    st = u != NULL ? ask(u, url, http, err) : fail_memory(err);
    if (st == GRL_OK)
        *out = u;
    else
        url_close(u);
    return st;
}

void url_close(struct url *u)
{
    if (u == NULL)
        return;
    if (u->multi != NULL && u->easy != NULL)
        u->curl.multi_remove_handle(u->multi, u->easy);
    if (u->easy != NULL)
        u->curl.easy_cleanup(u->easy);
    if (u->multi != NULL)
        u->curl.multi_cleanup(u->multi);
    if (u->headers != NULL)
        u->curl.slist_free_all(u->headers);
    free(u->address);
    free(u->socket);
    free(u->held);
    free(u);
}
