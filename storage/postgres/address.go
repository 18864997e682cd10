package postgres

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// defaultSchema is where the tables stand unless search_path in the URL says otherwise.
const defaultSchema = "readout"

// statementTimeout is how long one statement may take unless the URL says otherwise.
const statementTimeout = 30 * time.Second

// address is a URL of a store taken apart.
type address struct {
	name   string // without a password
	schema string
	config *pgxpool.Config
	apart  bool // readers may meet a server that cannot be written to
	pooled bool // each transaction may meet another connection, so that nothing is prepared on one
	secret string
	limit  time.Duration // of one statement
	// patience is how long an answer is waited for: somewhat longer than the server
	// works on one, because a network that is cut says nothing.
	patience time.Duration
}

// parse takes a URL apart. Its parameters are those of libpq and pgxpool; the first
// name of search_path is the schema of the tables, and default_query_exec_mode=exec is
// said where a pooler such as PgBouncer shares connections by the transaction.
func parse(raw string) (address, error) {
	if !IsURL(raw) { // pgx takes lists of settings as well, in which no password would be found
		return address{}, errors.New("the address of the store is no URL: it begins with postgres://")
	}
	config, err := pgxpool.ParseConfig(raw)
	if err != nil {
		return address{}, fmt.Errorf("the address of the store: %w", err) // pgx leaves passwords out
	}
	c := config.ConnConfig
	a := address{name: Redact(raw), schema: defaultSchema, config: config, secret: c.Password}
	if path := c.RuntimeParams["search_path"]; path != "" {
		first, _, _ := strings.Cut(path, ",")
		a.schema = strings.Trim(strings.TrimSpace(first), `"`)
	}
	delete(c.RuntimeParams, "search_path") // every table is named with its schema
	if a.schema == "" {
		return address{}, errors.New("the address of the store: search_path names no schema")
	}
	a.apart = readsAnywhere(raw, servers(&c.Config))
	if c.RuntimeParams["application_name"] == "" {
		c.RuntimeParams["application_name"] = "readout"
	}
	if a.limit, err = timeLimit(c.RuntimeParams["statement_timeout"]); err != nil {
		return address{}, err
	}
	delete(c.RuntimeParams, "statement_timeout") // a pooler would refuse it: every transaction sets it
	a.patience = a.limit + answerWait
	a.pooled = c.DefaultQueryExecMode == pgx.QueryExecModeExec || c.DefaultQueryExecMode == pgx.QueryExecModeSimpleProtocol
	c.OnNotice = noteUnsure
	if c.ConnectTimeout == 0 {
		c.ConnectTimeout = 5 * time.Second
	}
	c.DialFunc = dialer(c.ConnectTimeout).DialContext
	return a, nil
}

// timeLimit reads statement_timeout, which is in milliseconds or has a unit.
func timeLimit(s string) (time.Duration, error) {
	if s == "" {
		return statementTimeout, nil
	}
	if ms, err := strconv.Atoi(s); err == nil && ms > 0 {
		return time.Duration(ms) * time.Millisecond, nil
	}
	d, err := time.ParseDuration(strings.Replace(s, "min", "m", 1))
	if err != nil || d <= 0 {
		return 0, fmt.Errorf("the address of the store: statement_timeout %q is no time above zero, such as 30s", s)
	}
	return d, nil
}

// readsAnywhere reports whether the servers of a URL include some that can only be read.
func readsAnywhere(raw string, servers int) bool {
	_, query, _ := strings.Cut(raw, "?")
	values, _ := url.ParseQuery(query) // pgx has parsed it
	switch values.Get("target_session_attrs") {
	case "read-write", "primary":
		return false
	case "", "any":
		return servers > 1
	}
	return true
}

// servers counts those that a connection may be made to. One that is tried with and
// without TLS is one.
func servers(c *pgconn.Config) int {
	all := map[string]bool{}
	for _, f := range append([]*pgconn.FallbackConfig{{Host: c.Host, Port: c.Port}}, c.Fallbacks...) {
		all[fmt.Sprintf("%s:%d", f.Host, f.Port)] = true
	}
	return len(all)
}

// IsURL reports whether a name of a store is the URL of a server.
func IsURL(name string) bool {
	return strings.HasPrefix(name, "postgres://") || strings.HasPrefix(name, "postgresql://")
}

// HasPassword reports whether a URL holds a password.
func HasPassword(raw string) bool { return Redact(raw) != raw }

// Redact returns a URL without the passwords in it.
func Redact(raw string) string {
	scheme, rest, ok := strings.Cut(raw, "://")
	if !ok {
		return raw
	}
	rest, query, asked := strings.Cut(rest, "?")
	if at := strings.LastIndexByte(rest, '@'); at >= 0 {
		user, _, _ := strings.Cut(rest[:at], ":")
		rest = user + rest[at:]
	}
	var keep []string
	for _, pair := range strings.Split(query, "&") {
		key, _, _ := strings.Cut(pair, "=")
		if plain, err := url.QueryUnescape(key); err == nil && strings.Contains(plain, "password") {
			continue
		}
		keep = append(keep, pair)
	}
	out := scheme + "://" + rest
	if asked && len(keep) > 0 {
		out += "?" + strings.Join(keep, "&")
	}
	return out
}

// quoted is the schema as SQL writes it.
func (a address) quoted() string { return pgx.Identifier{a.schema}.Sanitize() }
