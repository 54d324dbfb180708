// server is what the tests in ../suite.c are of: it prints its URL, and ends
// when its standard input does.
package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	_ "net/http/pprof"
	"os"
)

// quote asks two back ends and takes the first answer; the other one's goroutine
// waits for ever, as nobody reads its answer: the channel wants room for two.
func quote(w http.ResponseWriter, r *http.Request) {
	answers := make(chan int)
	for i := 0; i < 2; i++ {
		go func() { answers <- i }()
	}
	fmt.Fprintln(w, <-answers)
}

func hello(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "hello") }

func main() {
	http.HandleFunc("/quote", quote)
	http.HandleFunc("/hello", hello)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go http.Serve(l, nil)
	fmt.Printf("http://%s\n", l.Addr())
	io.Copy(io.Discard, os.Stdin)
}
