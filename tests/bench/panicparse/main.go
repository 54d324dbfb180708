// Command panicparse is the other peer, with the settings that let it group:
// arguments are ignored, and source files are not looked for.  It is slow and
// keeps the dump many times over, so it is measured on a small one.
//
//	panicparse FILE
package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/maruel/panicparse/v2/stack"
)

func main() {
	if len(os.Args) != 2 {
		fatal("usage: panicparse FILE")
	}
	f, err := os.Open(os.Args[1])
	if err != nil {
		fatal(err)
	}
	s, _, err := stack.ScanSnapshot(f, io.Discard, &stack.Opts{})
	if err != nil && !errors.Is(err, io.EOF) {
		fatal(err)
	}
	if s == nil {
		fatal("no goroutine found")
	}
	buckets := s.Aggregate(stack.AnyValue).Buckets
	fmt.Println("goroutines", len(s.Goroutines))
	fmt.Println("signatures", len(buckets))
}

func fatal(what any) {
	fmt.Fprintln(os.Stderr, what)
	os.Exit(2)
}
