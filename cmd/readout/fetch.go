package main

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"readout/internal/sources"
	"readout/internal/sources/fetch"
)

// fetchFlags are shared by the commands that go to the web.
func fetchFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "sources", Usage: "the `FILE` of sources (else $XDG_CONFIG_HOME/readout/sources.yaml)"},
		&cli.BoolFlag{Name: "allow-private", Usage: "also fetch from addresses that are not public"},
	}
}

// fetchOptions are the flags of a command that goes to the web.
type fetchOptions struct {
	file         string // of sources
	allowPrivate bool
}

func (a *app) fetchOptions(c *cli.Context) (fetchOptions, error) {
	o := fetchOptions{file: c.String("sources"), allowPrivate: c.Bool("allow-private")}
	if o.file == "" {
		dir, err := configDir(a.env)
		if err != nil {
			return o, &hintedError{
				err:  fmt.Errorf("no folder for the file of sources: %w", err),
				hint: "readout " + a.command + " --sources FILE",
			}
		}
		o.file = filepath.Join(dir, "readout", "sources.yaml")
	}
	return o, nil
}

// configDir returns where the user's programs keep their settings.
func configDir(env func(string) string) (string, error) {
	if dir := env("XDG_CONFIG_HOME"); filepath.IsAbs(dir) {
		return dir, nil // the XDG specification ignores relative paths
	}
	return os.UserConfigDir()
}

// config reads the file of sources; one that is not there has none.
func (a *app) config(o fetchOptions) (*sources.Config, error) {
	return sources.ReadConfig(o.file, a.rules.Extract().Gazetteer)
}

// client returns the client that the file of sources asks for.
func (a *app) client(c *sources.Config, o fetchOptions) (*fetch.Client, error) {
	f := fetch.Options{Contact: c.Contact, Version: buildVersion().Version, AllowPrivate: o.allowPrivate}
	if c.Proxy != "" {
		u, err := url.Parse(c.Proxy)
		if err != nil {
			return nil, fmt.Errorf("%s: proxy: %w", o.file, err)
		}
		f.Proxy = u
	}
	return fetch.New(f), nil
}

// inspector returns what looks at addresses without storing anything.
func (a *app) inspector(c *sources.Config, o fetchOptions) (sources.Inspector, error) {
	client, err := a.client(c, o)
	return sources.Inspector{Client: client, Rules: a.rules.Extract(), Words: sources.NewWords(a.rules.Book()), PDF: a.pdf}, err
}

// isURL reports whether an operand is an address on the web.
func isURL(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}
