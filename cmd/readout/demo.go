package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"readout/diff"
	"readout/diff/formula"
	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/reading"
	"readout/internal/show"
	"readout/seeds"
	"readout/timeline"
)

func (a *app) demoCommand() *cli.Command {
	return &cli.Command{
		Name:  "demo",
		Usage: "a short tour on the embedded samples",
		Description: `The samples are one real page of a foreign ministry (Japan and Russia, 2004), which
is shown first with its speakers and issues, and a series of invented ones (Norway
and Uruguay, 2031 to 2033). They go into a fresh store of their own, which is kept
so that you can go on; your own store is not touched.

  readout demo
  readout demo --serve`,
		Flags: []cli.Flag{&cli.BoolFlag{Name: "serve", Usage: "show the samples in a browser instead, until Ctrl-C"}},
		Action: func(c *cli.Context) error {
			if _, err := operands(c); err != nil {
				return err
			}
			if a.format != formatText {
				return &usageError{msg: "the tour is text", hint: "readout demo"}
			}
			if c.Bool("serve") {
				return a.demoServed(c.Context)
			}
			return a.demo(c.Context)
		},
	}
}

// The demo's own choices: the samples are embedded, so what they show is known.
const (
	demoPage   = "2004-11-17"
	demoSeries = timeline.SeriesID("NO-UY")
	demoTopic  = "Krill quota issue"
	demoUntil  = "2032"
	demoPhrase = "on an equal footing"
)

// demo ingests the samples into a fresh store and shows what can be asked of it.
func (a *app) demo(ctx context.Context) error {
	arch, err := a.demoArchive(ctx)
	if err != nil {
		return err
	}
	t := tour{app: a, ctx: ctx, arch: arch}
	t.say("readout keeps what governments say after they meet, and follows the wording.")
	t.page()
	t.timeline()
	t.silentEdit()
	t.phrase()
	t.next()
	return t.err
}

// demoServed shows the samples in a browser, and what is asked of them there.
func (a *app) demoServed(ctx context.Context) error {
	if _, err := a.demoArchive(ctx); err != nil {
		return err
	}
	return a.serve(ctx, serveOptions{addr: freeAddr(ctx, defaultAddr), open: a.talk.is()})
}

// demoArchive makes a fresh store of the samples, which is the one asked from now on.
func (a *app) demoArchive(ctx context.Context) (*archive.Archive, error) {
	path, err := demoStore()
	if err != nil {
		return nil, err
	}
	a.db = path
	arch, err := a.openOrMake()
	if err != nil {
		return nil, err
	}
	_, err = arch.Ingest(ctx, seedInputs(), archive.IngestOptions{})
	return arch, err
}

// demoStore returns the path of a store that is not there yet.
func demoStore() (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	dir = filepath.Join(dir, "readout")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	path := filepath.Join(dir, "demo.db")
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	return path, nil
}

// seedInputs yields the embedded samples.
func seedInputs() func(func(archive.Input, error) bool) {
	docs, err := seeds.All()
	return func(yield func(archive.Input, error) bool) {
		if err != nil {
			yield(archive.Input{Name: "seeds"}, err)
			return
		}
		for _, d := range docs {
			in := archive.Input{
				Name:       d.Name,
				Data:       d.Data,
				CapturedAt: d.CapturedAt,
				Witnessed:  true,
				Overrides:  reading.Overrides{Source: d.Source},
			}
			if !yield(in, nil) {
				return
			}
		}
	}
}

// tour writes the parts of the demo; the first error stays and ends it.
type tour struct {
	*app
	ctx  context.Context
	arch *archive.Archive
	err  error
}

func (t *tour) say(text string) {
	if t.err == nil {
		t.err = show.Heading(t.stdout, t.style, text, "")
	}
}

// step writes a heading, the command that gives the answer, and the answer.
func (t *tour) step(heading, command string, x ask.Answer) {
	if t.err == nil {
		t.err = errors.Join(show.Heading(t.stdout, t.style, heading, command), show.Text(t.stdout, t.style, x))
	}
}

// page shows the real page as it was read: who said what, under which issue.
func (t *tour) page() {
	if t.err != nil {
		return
	}
	ref, err := parseRef(demoPage)
	if err != nil {
		t.err = err
		return
	}
	rel, err := t.arch.Release(t.ctx, ref)
	if err != nil {
		t.err = err
		return
	}
	t.step("1. One real page: each sentence, who said it and on which issues", "readout show "+demoPage, ask.NewRelease(rel))
}

func (t *tour) timeline() {
	if t.err != nil {
		return
	}
	f, err := t.follow(t.ctx, t.arch, demoTopic, demoSeries, archive.SeriesOptions{})
	if err != nil {
		t.err = err
		return
	}
	until, err := timeline.ParseSpan(demoUntil, timeline.Date{})
	if err != nil {
		t.err = err
		return
	}
	view := ask.TimelineView{Formulas: formula.Find(f.series.Releases, t.formulaOptions(f.series.ID)), Screen: true}
	th := ask.Follow(f.series.Topics, f.topic.ID, timeline.Filter{}, diff.Options{})
	t.step("2. Two invented governments: one issue on one screen, under all the names it had",
		fmt.Sprintf("readout timeline %q", demoTopic), ask.NewTimeline(th, view))
	view.Screen = false
	th = ask.Follow(f.series.Topics, f.topic.ID, timeline.Filter{Until: until.Last}, diff.Options{})
	t.step("   The same whole, in its first years", fmt.Sprintf("readout timeline %q --full --until %s", demoTopic, demoUntil),
		ask.NewTimeline(th, view))
}

// silentEdit shows the record change of the release that has one.
func (t *tour) silentEdit() {
	if t.err != nil {
		return
	}
	series := demoSeries
	heads, err := t.arch.List(t.ctx, archive.ListFilter{Series: &series})
	if err != nil {
		t.err = err
		return
	}
	for _, h := range heads {
		if h.Versions < 2 {
			continue
		}
		before, after, err := t.sides(t.ctx, h.ID+"@v1", h.ID+"@v2")
		if err != nil {
			t.err = err
			return
		}
		t.step("3. A published page was altered three days later, without a word", fmt.Sprintf("readout diff %s@v1 %s@v2", h.ID, h.ID),
			ask.NewDiff(diff.Compare(before, after, diff.Options{Cause: diff.Record})))
		return
	}
}

func (t *tour) phrase() {
	if t.err != nil {
		return
	}
	releases, err := t.arch.Releases(t.ctx, demoSeries, archive.SeriesOptions{})
	if err != nil {
		t.err = err
		return
	}
	t.step("4. The ledger of a phrase: first use, gaps, returns", fmt.Sprintf("readout phrase %q", demoPhrase),
		ask.NewPhrase(timeline.Trace(releases, demoPhrase, timeline.TraceOptions{}), demoSeries))
}

func (t *tour) next() {
	if t.err != nil {
		return
	}
	t.err = show.Heading(t.stdout, t.style, "Go on from here (the store is kept)", "")
	for _, line := range []string{
		"export READOUT_DB=" + t.db,
		"readout demo --serve",
		"readout list",
		"readout topics --series " + string(demoSeries),
		fmt.Sprintf("readout diff --topic %q --all", demoTopic),
		"readout timeline --series JP-RU \"Northern Territories issue\"",
		"readout search '\"first cargo\"'",
		"readout --help",
	} {
		if _, err := fmt.Fprintln(t.stdout, "  "+line); err != nil {
			t.err = cmp.Or(t.err, err)
		}
	}
}
