/* What the name of a Go function tells. */
#include "model/names.h"

#include "support/unit.h"

static void test_the_package_is_the_import_path(void **state)
{
    static const char *const rows[][2] = {
        {"main.main", "main"},
        {"main.(*T).M", "main"},
        {"main.T.M", "main"},
        {"main.main.func1.2", "main"},
        {"main.glob..func1", "main"},
        {"main.init.0", "main"},
        {"main.G[...]", "main"},
        {"main.(*List[...]).Walk", "main"},
        {"net/http.(*conn).serve", "net/http"},
        {"github.com/acme/shop/cart.(*Cart).Add", "github.com/acme/shop/cart"},
        {"gopkg.in/yaml.v3.Unmarshal", "gopkg.in/yaml"}, /* once decoded */
        {"gopkg.in/yaml%2ev3.Unmarshal", "gopkg.in/yaml%2ev3"},
        {"dotted.example/lib.Wait", "dotted.example/lib"},
        {"github.com/a/b.G[...].func1", "github.com/a/b"},
        {"a/b.F[github.com/c/d.T]", "a/b"},
        {"iter.Pull[...].func1", "iter"},
        {"main.overSeq-range1", "main"},
        {"type:.eq.main.T", "type:"},
        {"panic", ""},
        {"schedule", ""},
        {"_cgoexp_0123456789ab_cb", ""},
        {"c_main_loop", ""},
        {"", ""},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++)
        assert_text(name_package(text_of(rows[i][0])), rows[i][1], rows[i][0]);
}

static void test_the_standard_library_is_known(void **state)
{
    static const char *const yes[] = {
        "archive/tar.(*Reader).Next",
        "weak.Pointer[...].Value",
        "runtime.gopark",
        "internal/poll.(*FD).Read",
        "internal/runtime/sync.X",
        "net/http.(*conn).serve",
        "net.(*conn).Read",
        "vendor/golang.org/x/net/http2/hpack.X",
        "database/sql.(*DB).connectionOpener",
        "time.Sleep",
        "iter.Pull[...].func1",
        "os/signal.signal_recv",
        "panic",
    };
    static const char *const no[] = {
        "main.main",
        "github.com/acme/net/http.Get",
        "golang.org/x/net/http2.(*serverConn).serve",
        "nets.Dial",
        "ne.Dial",
        "mynet/http.Get",
        "runtimex.F",
        "timeout.After",
        "goroutine.Go",
        "schedule",
        "c_main_loop",
        "_cgoexp_0123456789ab_cb",
        "",
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(yes); i++)
        if (!name_is_stdlib(text_of(yes[i])))
            fail_msg("not of the standard library: %s", yes[i]);
    for (size_t i = 0; i < LENGTH(no); i++)
        if (name_is_stdlib(text_of(no[i])))
            fail_msg("of the standard library: %s", no[i]);
}

static void test_wrappers_are_told_by_their_ending(void **state)
{
    static const char *const yes[] = {
        "main.main.gowrap1",
        "main.f.gowrap12",
        "main.f.func1.deferwrap2",
        "main.(*T).M-fm",
        "main.f\xc2\xb7"
        "dwrap\xc2\xb7"
        "3",
    };
    static const char *const no[] = {
        "main.gowrap",         "main.f.gowrapx", "main.f.gowrap1.func2",
        "main.gowrap1thing",   "main.mygowrap1", "main.f.func1",
        "main.f.deferwrapper", "main.fm",        "main.f-range1",
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(yes); i++)
        if (!name_is_wrapper(text_of(yes[i])))
            fail_msg("no wrapper: %s", yes[i]);
    for (size_t i = 0; i < LENGTH(no); i++)
        if (name_is_wrapper(text_of(no[i])))
            fail_msg("a wrapper: %s", no[i]);
}

static void test_escapes_of_import_paths_are_decoded(void **state)
{
    static const char *const rows[][2] = {
        {"main.main", "main.main"},
        {"gopkg.in/yaml%2ev3.Unmarshal", "gopkg.in/yaml.v3.Unmarshal"},
        {"a%20b/c%25d.F", "a b/c%d.F"},
        {"gr%c3%b6%c3%9fe.F", "gr\xc3\xb6\xc3\x9f"
                              "e.F"},
        {"%22q%22.F", "\"q\".F"},
        {"a%252e.F", "a%2e.F"}, /* once, not twice */
        {"a+b.F", "a+b.F"},     /* no query string */
        /* Not escapes. */
        {"a%2", "a%2"},
        {"a%", "a%"},
        {"a%zz.F", "a%zz.F"},
        {"a%2E.F", "a%2E.F"}, /* Go writes lower case */
        /* A control byte could steer a terminal or end the text. */
        {"a%00b%0a%1b%7f.F", "a%00b%0a%1b%7f.F"},
        {"", ""},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        char out[64];
        size_t len = name_unescape(text_of(rows[i][0]), out);

        assert_text((struct grl_text){out, len}, rows[i][1], rows[i][0]);
    }
}

static void test_the_hash_of_a_cgo_build_is_taken_out(void **state)
{
    static const char *const rows[][2] = {
        {"_cgoexp_f0b48b994631_goCallback", "_cgoexp_goCallback"},
        {"main._cgoexpwrap_f0b48b994631_x", "main._cgoexpwrap_x"},
        {"_cgoexp_f0b48b994631_", "_cgoexp_"},
        /* Not the hash of a build. */
        {"_cgoexp_f0b48b99463_x", "_cgoexp_f0b48b99463_x"},
        {"_cgoexp_f0b48b9946312_x", "_cgoexp_f0b48b9946312_x"},
        {"_cgoexp_F0B48B994631_x", "_cgoexp_F0B48B994631_x"},
        {"_cgoexp_f0b48b994631", "_cgoexp_f0b48b994631"},
        {"_cgoexp_callback", "_cgoexp_callback"},
        {"main._Cfunc_sleep", "main._Cfunc_sleep"},
        {"", ""},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        char name[64];
        size_t len = strlen(rows[i][0]);

        memcpy(name, rows[i][0], len);
        len = name_drop_cgo_hash(name, len);
        assert_text((struct grl_text){name, len}, rows[i][1], rows[i][0]);
    }
}

static void test_basenames_end_at_either_slash(void **state)
{
    static const char *const rows[][2] = {
        {"/src/main.go", "main.go"},
        {"main.go", "main.go"},
        {"C:\\src\\a.go", "a.go"},
        {"C:/src\\b.go", "b.go"},
        {"/src/", ""},
        {"", ""},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++)
        assert_text(path_basename(text_of(rows[i][0])), rows[i][1], rows[i][0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_package_is_the_import_path),
        cmocka_unit_test(test_the_standard_library_is_known),
        cmocka_unit_test(test_wrappers_are_told_by_their_ending),
        cmocka_unit_test(test_escapes_of_import_paths_are_decoded),
        cmocka_unit_test(test_the_hash_of_a_cgo_build_is_taken_out),
        cmocka_unit_test(test_basenames_end_at_either_slash),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
