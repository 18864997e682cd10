package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"readout/internal/ask"
	"readout/internal/sources"
)

func (a *app) sourcesCommand() *cli.Command {
	return &cli.Command{
		Name:  "sources",
		Usage: "the pages, index pages, feeds and sitemaps that pull follows",
		Flags: fetchFlags()[:1],
		Subcommands: []*cli.Command{
			{Name: "list", Usage: "list the sources", Flags: fetchFlags()[:1], Action: a.listSources},
			{
				Name:      "catalogue",
				Usage:     "list ministries and central banks that can be followed",
				ArgsUsage: "[WORDS]",
				Action:    a.listCatalogue,
			},
			{
				Name: "add", Usage: "follow an address; what stands there is found out", ArgsUsage: "URL\n--from-catalogue NAME",
				Flags: append(append(fetchFlags(), sourceFlags()...),
					&cli.StringFlag{Name: "from-catalogue", Usage: "follow what the catalogue calls `NAME` (jp)"}),
				Action: a.addSource,
			},
			{
				Name: "test", Usage: "show what would be taken from an address or source, and store nothing", ArgsUsage: "URL|NAME",
				Flags: append(fetchFlags(), sourceFlags()...), Action: a.testSource,
			},
			{
				Name:      "remove",
				Usage:     "follow a source no longer; what was taken in stays",
				ArgsUsage: "NAME",
				Flags:     fetchFlags()[:1],
				Action:    a.removeSource,
			},
		},
		Description: `The sources stand in one YAML file that you may edit yourself; docs/sources.md
describes it. A mistake in it is told with its line.

  readout sources test https://mfa.example/press/
  readout sources add https://mfa.example/press/ --parties NO,UY
  readout sources catalogue bank
  readout sources add --from-catalogue jp`,
		Action: a.listSources,
	}
}

// sourceFlags describe a source; the file can say more.
func sourceFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "name", Usage: "call the source `NAME`"},
		&cli.StringFlag{Name: "kind", Usage: "take it for a `KIND`: page, index, feed, sitemap or records"},
		&cli.StringFlag{Name: "links", Usage: "take only links that match the regular expression `PATTERN`"},
		&cli.StringFlag{Name: "exclude", Usage: "take no link that matches `PATTERN`"},
		&cli.StringFlag{Name: "parties", Usage: "give its releases these `PARTIES`"},
		&cli.StringFlag{Name: "issuer", Usage: "its releases are those of `PARTY`"},
		&cli.StringFlag{Name: "schedule", Usage: "look every `DURATION` (30m, 6h, 2d, daily)"},
	}
}

// source reads the flags of sourceFlags.
func (v *flagReader) source(url string) sources.Source {
	s := sources.Source{Name: v.c.String("name"), URL: url, Parties: v.parties("parties")}
	if ps := v.parties("issuer"); len(ps) > 0 {
		s.Issuer = ps[0]
	}
	for _, f := range []struct {
		flag string
		set  func(string) error
	}{
		{"kind", func(x string) (err error) { s.Kind, err = sources.ParseKind(x); return err }},
		{"links", func(x string) (err error) { s.Links, err = sources.NewPattern(x); return err }},
		{"exclude", func(x string) (err error) { s.Exclude, err = sources.NewPattern(x); return err }},
		{"schedule", func(x string) (err error) { s.Schedule, err = sources.ParseDuration(x); return err }},
	} {
		if x := v.c.String(f.flag); x != "" {
			if err := f.set(x); err != nil {
				v.fail(f.flag, err, "")
			}
		}
	}
	return s
}

func (a *app) listSources(c *cli.Context) error {
	if _, err := operands(c); err != nil {
		return err
	}
	o, err := a.fetchOptions(c)
	if err != nil {
		return err
	}
	list, err := a.sourceList(o)
	if err != nil {
		return err
	}
	a.nothing(len(list.Sources), "no source in "+o.file+"; readout sources add URL follows one")
	return a.answer(list)
}

// sourceList reads the file of sources as an answer.
func (a *app) sourceList(o fetchOptions) (*ask.Sources, error) {
	config, err := a.config(o)
	if err != nil {
		return nil, err
	}
	out := make([]ask.Source, len(config.Sources))
	for i, s := range config.Sources {
		out[i] = ask.Source{
			Name:     s.Name,
			URL:      s.URL,
			Kind:     string(s.Kind),
			Parties:  s.Parties,
			Issuer:   s.Issuer,
			Schedule: sources.Duration(s.Every()).String(),
		}
		if s.Links != nil {
			out[i].Links = s.Links.String()
		}
	}
	return ask.NewSources(o.file, out), nil
}

// listCatalogue lists the entries of the catalogue that have all of the words.
func (a *app) listCatalogue(c *cli.Context) error {
	all, err := sources.Catalogue()
	if err != nil {
		return err
	}
	var found []ask.CatalogueSource
	for _, s := range all {
		text := strings.ToLower(strings.Join([]string{s.Name, string(s.Party), a.partyName(s.Party), s.Publisher, s.URL}, " "))
		if !slices.ContainsFunc(c.Args().Slice(), func(word string) bool { return !strings.Contains(text, strings.ToLower(word)) }) {
			found = append(found, s)
		}
	}
	a.nothing(len(found), "the catalogue has no such source; readout sources add URL follows any address")
	return a.answer(ask.NewCatalogue(found))
}

func (a *app) addSource(c *cli.Context) error {
	s, config, o, err := a.sourceOperand(c, "URL")
	if err != nil {
		return err
	}
	in, err := a.inspector(config, o)
	if err != nil {
		return err
	}
	found, err := in.Inspect(c.Context, s)
	if err != nil {
		return &hintedError{err: err, hint: cmp.Or(hintOf(err), "readout sources test "+s.URL)}
	}
	s.Kind = sources.Kind(found.Kind)
	if s.Name == "" {
		s.Name = config.NameFor(s.URL)
	}
	if err := config.Add(&s); err != nil {
		return err
	}
	if err := config.Write(o.file); err != nil {
		return err
	}
	// What asks the store from now on finds one, with nothing in it yet.
	arch, err := a.openOrMake()
	if err != nil {
		return err
	}
	if err := arch.Make(c.Context); err != nil {
		return err
	}
	a.note("%s follows %s", s.Name, s.URL)
	return a.answer(found)
}

func (a *app) testSource(c *cli.Context) error {
	s, config, o, err := a.sourceOperand(c, "URL|NAME")
	if err != nil {
		return err
	}
	if known := config.Source(s.URL); known != nil {
		s = *known
	}
	if !isURL(s.URL) {
		return &usageError{msg: fmt.Sprintf("%q is neither an address nor the name of a source", s.URL), hint: "readout sources list"}
	}
	in, err := a.inspector(config, o)
	if err != nil {
		return err
	}
	found, err := in.Inspect(c.Context, s)
	if err != nil {
		return err
	}
	return a.answer(found)
}

// sourceOperand reads the operand and flags of a command about one source, and the
// file of sources.
func (a *app) sourceOperand(c *cli.Context, name string) (s sources.Source, config *sources.Config, o fetchOptions, err error) {
	v := a.values(c)
	if listed := c.String("from-catalogue"); listed != "" {
		if _, err := operands(c); err != nil {
			return s, nil, o, err
		}
		known, err := sources.FromCatalogue(listed)
		if err != nil {
			return s, nil, o, &usageError{msg: "--from-catalogue: " + err.Error(), hint: "readout sources catalogue"}
		}
		s = v.source(known.URL)
		s.Name, s.Issuer = cmp.Or(s.Name, known.Name), cmp.Or(s.Issuer, known.Issuer)
	} else {
		ops, err := operands(c, name)
		if err != nil {
			return s, nil, o, err
		}
		s = v.source(ops[0])
	}
	if v.err != nil {
		return s, nil, o, v.err
	}
	if o, err = a.fetchOptions(c); err != nil {
		return s, nil, o, err
	}
	config, err = a.config(o)
	return s, config, o, err
}

func (a *app) removeSource(c *cli.Context) error {
	ops, err := operands(c, "NAME")
	if err != nil {
		return err
	}
	o, err := a.fetchOptions(c)
	if err != nil {
		return err
	}
	config, err := a.config(o)
	if err != nil {
		return err
	}
	if err := config.Remove(ops[0]); err != nil {
		if errors.Is(err, sources.ErrNoSource) {
			return &hintedError{err: fmt.Errorf("there is no source %q in %s", ops[0], o.file), hint: "readout sources list"}
		}
		return err
	}
	if err := config.Write(o.file); err != nil {
		return err
	}
	arch, err := a.openOrMake()
	if err != nil {
		return err
	}
	if err := (&sources.Puller{Archive: arch}).Forget(c.Context, ops[0]); err != nil {
		return err
	}
	a.note("%s is followed no longer", ops[0])
	return nil
}
