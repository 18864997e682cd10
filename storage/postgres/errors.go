package postgres

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"readout/storage"
)

// Codes of PostgreSQL's errors, as its manual lists them.
const (
	codeNoTable       = "42P01"
	codeNoSchema      = "3F000"
	codeNoDatabase    = "3D000"
	codeNotAllowed    = "42501"
	codeLockTimeout   = "55P03"
	codeStatementTime = "57014"
	codeReadOnly      = "25006"
	codeManyClients   = "53300"
	codeDiskFull      = "53100"
	codeConflict      = "40001"
	codeDeadlock      = "40P01"
	codeNoStatement   = "26000"
	codeStatement     = "42P05" // it is there already
	codePassword      = "28P01"
	codeNoRole        = "28000" // or one that may not log in, or not from here
	codeIdle          = "25P03" // in a transaction for too long
)

// lostError is that a connection broke, or none could be made, or that a transaction was
// ended for the sake of another.
type lostError struct {
	server string
	err    error
}

func (e *lostError) Error() string { return fmt.Sprintf("%s: %v", e.server, e.err) }
func (e *lostError) Unwrap() error { return e.err }

// lost reports whether an error goes away by itself, once a server can be reached again,
// has room, or whoever stood in the way is done.
func lost(err error) bool {
	var e *lostError
	return errors.As(err, &e)
}

// deniedError is that the role lacks a right.
type deniedError struct{ server, said string }

func (e *deniedError) Error() string {
	return fmt.Sprintf("%v: %s: %s", storage.ErrReadOnly, e.server, e.said)
}
func (e *deniedError) Unwrap() error { return storage.ErrReadOnly }

// unreadable makes of a right that was missing for reading an error that says so.
func unreadable(err error) error {
	var e *deniedError
	if !errors.As(err, &e) {
		return err
	}
	return fmt.Errorf("%s: the role may not read the store: %s (docs/scaling.md has the SQL for both roles)", e.server, e.said)
}

// hide makes an error of pgx into one of ours, without a password.
func (s *server) hide(err error) error {
	if err == nil {
		return nil
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return s.refused(pg)
	}
	var failed *pgconn.ConnectError
	var network net.Error
	var certificate *tls.CertificateVerificationError
	plain := s.plain(err)
	switch {
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.As(err, &certificate): // which waiting does not mend
		return fmt.Errorf("%s: the server's certificate: %v", s.name, certificate.Err)
	case errors.As(err, &failed) && hopeless(failed.Unwrap()):
		return fmt.Errorf("%s: %w", s.name, plain)
	case errors.As(err, &failed), errors.As(err, &network), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF),
		errors.Is(err, pgconn.ErrConnClosed), pgconn.Timeout(err):
		return &lostError{s.name, plain}
	}
	return fmt.Errorf("%s: %w", s.name, plain)
}

// hopeless reports whether each of the attempts to connect failed for a reason that stays
// as it is until a person changes the address or the server: no host of that name, or a
// server without TLS where the address asks for it. One server of several that may yet
// answer is worth waiting for.
func hopeless(err error) bool {
	switch e := err.(type) {
	case *net.DNSError:
		return e.IsNotFound
	case interface{ Unwrap() []error }:
		attempts := e.Unwrap()
		return len(attempts) > 0 && !slices.ContainsFunc(attempts, func(err error) bool { return !hopeless(err) })
	case interface{ Unwrap() error }:
		return hopeless(e.Unwrap())
	}
	return err != nil && err.Error() == noTLS
}

// noTLS is what pgx says of a server that does not speak TLS; it has no type for it.
const noTLS = "server refused TLS connection"

// plain is the text of an error without the password, in case it holds it. A server that
// was tried with TLS and without says the same twice.
func (s *server) plain(err error) error {
	text := err.Error()
	if s.secret != "" {
		text = strings.ReplaceAll(text, s.secret, "…")
	}
	var said []string
	for line := range strings.Lines(text) {
		line = strings.Join(strings.Fields(line), " ")
		if line != "" && !slices.Contains(said, line) {
			said = append(said, line)
		}
	}
	return errors.New(strings.Join(said, " "))
}

// refused says what the server said.
func (s *server) refused(pg *pgconn.PgError) error {
	switch pg.Code {
	case codeNoTable, codeNoSchema:
		return fmt.Errorf("%w at %s", storage.ErrNoStore, s.name)
	case codeNoDatabase:
		return fmt.Errorf("%s: %s: create it first", s.name, pg.Message)
	case codeNotAllowed:
		return &deniedError{s.name, pg.Message}
	case codePassword, codeNoRole:
		return fmt.Errorf("%s: %s (the password is looked for in $PGPASSWORD, ~/.pgpass and $READOUT_DB)", s.name, pg.Message)
	case codeLockTimeout:
		return fmt.Errorf("%w: waited %v for %s", storage.ErrLocked, s.wait, s.name)
	case codeStatementTime:
		return fmt.Errorf("%s: a statement took too long: %s (statement_timeout in the address allows more)",
			s.name, pg.Message)
	case codeReadOnly:
		return fmt.Errorf("%w: %s: the server takes no writes: a standby, or a role that may only read",
			storage.ErrReadOnly, s.name)
	case codeManyClients:
		return &lostError{s.name, fmt.Errorf("%w: %s", storage.ErrLocked, pg.Message)}
	case codeDiskFull:
		return fmt.Errorf("%s: the disk of the server is full: %s", s.name, pg.Message)
	case codeNoStatement, codeStatement:
		return fmt.Errorf("%s: a pooler shares connections by the transaction: "+
			"put default_query_exec_mode=exec into the address (%s)", s.name, pg.Message)
	case codeConflict, codeDeadlock, codeIdle:
		return &lostError{s.name, errors.New(pg.Message)}
	}
	// Class 08 is a connection that breaks, 57P one that the server ends: it is being
	// shut down, starts, or was told to.
	if strings.HasPrefix(pg.Code, "08") || strings.HasPrefix(pg.Code, "57P") {
		return &lostError{s.name, errors.New(pg.Message)}
	}
	return fmt.Errorf("%s: %s (SQLSTATE %s)", s.name, pg.Message, pg.Code)
}
