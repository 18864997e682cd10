package postgres

import (
	"errors"
	"fmt"
	"net"
	"strings"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
)

// What goes away by itself is tried again, and what a person has to mend is said at once.
func TestWhatIsTriedAgain(t *testing.T) {
	s, err := newServer("postgres://desk:geheim@db.example/readout", Options{})
	if err != nil {
		t.Fatal(err)
	}
	for code, passes := range map[string]bool{
		"08006": true, "57P01": true, "57P03": true, "57P05": true, "25P03": true, "40001": true, "40P01": true, "53300": true,
		"28000": false, "28P01": false, "3D000": false, "42501": false, "42P01": false, "53100": false, "55P03": false, "57014": false,
		"25006": false, "XX001": false,
	} {
		err := s.hide(&pgconn.PgError{Code: code, Message: "said so"})
		if lost(err) != passes {
			t.Errorf("%s is tried again: %t, want %t", code, lost(err), passes)
		}
		if strings.Contains(err.Error(), "geheim") {
			t.Errorf("%s: %v", code, err)
		}
	}
}

// Attempts to connect that can never succeed are not repeated; one that may is enough.
func TestWhichAttemptsAreHopeless(t *testing.T) {
	unknown := fmt.Errorf("hostname resolving error: %w", &net.DNSError{Err: "no such host", Name: "db.invalid", IsNotFound: true})
	silent := &net.DNSError{Err: "server misbehaving", Name: "db.example", IsTemporary: true}
	down := &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}
	refused := fmt.Errorf("tls error: %w", errors.New(noTLS))
	for name, test := range map[string]struct {
		err  error
		want bool
	}{
		"an unknown host":                      {unknown, true},
		"a server without TLS":                 {refused, true},
		"both":                                 {errors.Join(unknown, refused), true},
		"a name service that fails for now":    {silent, false},
		"nobody listens":                       {down, false},
		"an unknown host and a server down":    {errors.Join(unknown, down), false},
		"the same, with what pgx says of both": {fmt.Errorf("failed: %w", errors.Join(unknown, down)), false},
		"none":                                 {errors.Join(nil), false},
	} {
		if got := hopeless(test.err); got != test.want {
			t.Errorf("%s: hopeless is %t, want %t", name, got, test.want)
		}
	}
}
