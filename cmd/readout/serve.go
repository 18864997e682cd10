package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/urfave/cli/v2"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/reading/names"
	"readout/internal/sources"
	"readout/internal/web"
)

// tokenVariable holds the token of a server. It is no flag, because every user of
// a machine can read the arguments of a program.
const tokenVariable = "READOUT_TOKEN"

func (a *app) serveCommand() *cli.Command {
	return &cli.Command{
		Name:  "serve",
		Usage: "show the archive in a browser, and to programs as JSON",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "addr", Usage: "listen on `HOST:PORT`", DefaultText: defaultAddr},
			&cli.StringFlag{Name: "host", Usage: "answer to these `NAMES` too, separated by commas"},
			fetchFlags()[0],
			&cli.BoolFlag{Name: "read-only", Usage: "take no decisions about topics, settle no doubt"},
			&cli.IntFlag{Name: "cache-mb", Usage: "keep about `N` MB of what was read and laid out", Value: web.DefaultCacheBytes >> 20},
			&cli.BoolFlag{Name: "open", Usage: "open the page in a browser"},
		},
		Description: `The pages show what is ingested within a second. By default only this machine can
see them; another address needs a token in $` + tokenVariable + `, which callers give in
a form or as "Authorization: Bearer TOKEN". There is no encryption: put a proxy in
front where the network is not trusted, and name it with --host.

--cache-mb bounds what is kept to be asked again: what was asked for longest ago is read
anew. What is listed of every release, some 4 kB of each, is held beside that.

  readout serve --open
  ` + tokenVariable + `=… readout serve --addr 0.0.0.0:8480 --host readout.mfa.example`,
		Action: func(c *cli.Context) error {
			if _, err := operands(c); err != nil {
				return err
			}
			v := a.values(c)
			o := serveOptions{
				addr:     c.String("addr"),
				hosts:    v.list("host"),
				readOnly: c.Bool("read-only"),
				open:     c.Bool("open"),
				token:    a.env(tokenVariable),
				cacheMB:  c.Int("cache-mb"),
			}
			if o.cacheMB < 1 {
				v.fail("cache-mb", fmt.Errorf("%d is no size that anything fits into", o.cacheMB), "--cache-mb 256")
			}
			if v.err != nil {
				return v.err
			}
			if o.addr == "" {
				o.addr = defaultAddr
			}
			if f, err := a.fetchOptions(c); err == nil {
				o.fetch = f // without a folder for settings there is no file of sources
			}
			return a.serve(c.Context, o)
		},
	}
}

const defaultAddr = "127.0.0.1:8480"

// minToken is how long a token must be at least, in bytes: it is all that guards an
// archive on a network.
const minToken = 16

type serveOptions struct {
	addr     string
	hosts    []string
	readOnly bool
	open     bool
	cacheMB  int // 0 for what the flag says by itself
	token    string
	fetch    fetchOptions // where the file of sources is
}

// serve answers requests until the context ends.
func (a *app) serve(ctx context.Context, o serveOptions) error {
	host, port, err := net.SplitHostPort(o.addr)
	if err != nil {
		return &usageError{msg: "--addr: " + err.Error(), hint: "readout serve --addr " + defaultAddr}
	}
	if err := o.checkToken(host); err != nil {
		return err
	}
	arch, err := a.open()
	if err != nil {
		return err
	}
	options := web.Options{
		Source:     arch,
		Names:      a.partyName,
		Party:      a.partyNamed,
		Lexicon:    a.rules.Lexicon(),
		Ladder:     a.rules.Ladder(),
		Qualifiers: a.rules.Qualifiers(),
		Words:      a.rules.WordLists(),
		Formulas:   a.formulaOptions,
		Called:     a.rules.Extract().Gazetteer.Names,
		Regions:    names.Regions(a.rules.Book()),
		Mentioned:  a.partiesIn,
		Hosts:      o.hosts,
		Token:      o.token,
		ReadOnly:   o.readOnly,
		CacheBytes: o.cacheMB << 20,
		Report:     func(err error) { a.note("%v", err) },
	}
	options.Samples = func(ctx context.Context) error {
		_, err := arch.Ingest(ctx, seedInputs(), archive.IngestOptions{})
		return err
	}
	if o.fetch.file != "" {
		// Read anew each time: the file may be edited while the server runs.
		options.Health = a.health(arch, o.fetch)
		options.Sources = func() (*ask.Sources, error) { return a.sourceList(o.fetch) }
	}
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && !ip.IsLoopback() {
		options.AnyAddress = true
	} else if err != nil {
		options.Hosts = append(options.Hosts, host)
	}
	server, err := web.New(options)
	if err != nil {
		return err
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", o.addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return &hintedError{
			err:  fmt.Errorf("something listens on %s already", o.addr),
			hint: "readout serve --addr " + net.JoinHostPort(host, "0"),
		}
	}
	if err != nil {
		return fmt.Errorf("listen on %s: %w", o.addr, err)
	}
	if _, p, err := net.SplitHostPort(l.Addr().String()); err == nil {
		port = p // chosen by the system where 0 was asked for
	}
	address := "http://" + net.JoinHostPort(shownHost(host), port) + "/"
	a.note("serving %s at %s", a.dbName(), address)
	if o.open {
		if err := openBrowser(ctx, address); err != nil {
			a.note("no browser could be opened: %v", err)
		}
	}
	// Garbage is collected sooner where the process comes near to what it may keep.
	most := cmp.Or(o.cacheMB<<20, web.DefaultCacheBytes) + besideCache
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(int64(most)))
	server.Warm(ctx)
	return server.Serve(ctx, l)
}

// besideCache is about how many bytes a server takes beside what it keeps: word lists, the
// list of releases, what requests are at work with.
const besideCache = 192 << 20

// freeAddr returns the address where nothing listens on it, else one of the same host with a
// port of the system's choice.
func freeAddr(ctx context.Context, addr string) string {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err == nil && l.Close() == nil {
		return addr
	}
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return addr
	}
	return net.JoinHostPort(host, "0")
}

// health returns what tells how the sources in the file stand.
func (a *app) health(arch *archive.Archive, o fetchOptions) func(context.Context) ([]sources.Health, error) {
	monitor := &sources.Monitor{Archive: arch}
	return func(ctx context.Context) ([]sources.Health, error) {
		c, err := a.config(o)
		if err != nil {
			return nil, err
		}
		return monitor.Health(ctx, c)
	}
}

// checkToken refuses to show the archive to a network without a secret.
func (o serveOptions) checkToken(host string) error {
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	local := host == "localhost" || err == nil && ip.IsLoopback()
	switch {
	case o.token == "" && !local:
		return &usageError{
			msg:  fmt.Sprintf("%s can be reached from other machines: a token is needed", o.addr),
			hint: tokenVariable + "=$(openssl rand -hex 16) readout serve --addr " + o.addr,
		}
	case o.token != "" && len(o.token) < minToken:
		return &usageError{
			msg:  fmt.Sprintf("$%s is too short to be a secret: it needs %d characters", tokenVariable, minToken),
			hint: "openssl rand -hex 16",
		}
	}
	return nil
}

// shownHost is the host for an address that people can open.
func shownHost(host string) string {
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		return "localhost"
	}
	return host
}

// openBrowser shows an address in the user's browser, and does not wait for it.
func openBrowser(ctx context.Context, address string) error {
	name, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	return exec.CommandContext(ctx, name, args...).Start()
}
