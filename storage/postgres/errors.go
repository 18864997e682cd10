package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
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
)

// lostError is that a connection broke, or none could be made.
type lostError struct {
	server string
	err    error
}

func (e *lostError) Error() string { return fmt.Sprintf("%s: %v", e.server, e.err) }
func (e *lostError) Unwrap() error { return e.err }

// lost reports whether an error goes away once a server can be reached again.
func lost(err error) bool {
	var e *lostError
	return errors.As(err, &e)
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
	plain := s.plain(err)
	switch {
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.As(err, &failed), errors.As(err, &network), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF),
		errors.Is(err, pgconn.ErrConnClosed), pgconn.Timeout(err):
		return &lostError{s.name, plain}
	}
	return fmt.Errorf("%s: %w", s.name, plain)
}

// plain is the text of an error, in case it holds the password.
func (s *server) plain(err error) error {
	text := err.Error()
	if s.secret != "" {
		text = strings.ReplaceAll(text, s.secret, "…")
	}
	return errors.New(strings.Join(strings.Fields(text), " "))
}

// refused says what the server said.
func (s *server) refused(pg *pgconn.PgError) error {
	say := func(kind error, text string) error { return fmt.Errorf("%w: %s: %s", kind, s.name, text) }
	switch pg.Code {
	case codeNoTable, codeNoSchema:
		return fmt.Errorf("%w at %s", storage.ErrNoStore, s.name)
	case codeNoDatabase:
		return fmt.Errorf("%s: %s: create it first", s.name, pg.Message)
	case codeNotAllowed:
		return say(storage.ErrReadOnly, pg.Message)
	case codeLockTimeout:
		return fmt.Errorf("%w: waited %v for %s", storage.ErrLocked, s.wait, s.name)
	case codeStatementTime:
		return fmt.Errorf("%s: a statement took too long: %s (statement_timeout in the address allows more)",
			s.name, pg.Message)
	case codeReadOnly:
		return say(storage.ErrReadOnly, "the server takes no writes: a standby, or a role that may only read")
	case codeManyClients:
		return say(storage.ErrLocked, pg.Message)
	case codeDiskFull:
		return fmt.Errorf("%s: the disk of the server is full: %s", s.name, pg.Message)
	case codeNoStatement, codeStatement:
		return fmt.Errorf("%s: a pooler shares connections by the transaction: "+
			"put default_query_exec_mode=exec into the address (%s)", s.name, pg.Message)
	case codeConflict, codeDeadlock:
		return &lostError{s.name, errors.New(pg.Message)}
	}
	// Class 08 is a connection that breaks, 57P one that the server ends: it is being
	// shut down, starts, or was told to.
	if strings.HasPrefix(pg.Code, "08") || strings.HasPrefix(pg.Code, "57P") {
		return &lostError{s.name, errors.New(pg.Message)}
	}
	return fmt.Errorf("%s: %s (SQLSTATE %s)", s.name, pg.Message, pg.Code)
}
