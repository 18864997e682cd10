package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"readout/diff"
	"readout/internal/archive"
	"readout/internal/sources/fetch"
	"readout/storage"
	"readout/storage/postgres"
	"readout/timeline"
)

// open names the archive that the global flags choose, which must be there: silence
// about a store that was mistyped would be taken for no news.
func (a *app) open() (*archive.Archive, error) {
	arch, err := a.openOrMake()
	if err != nil {
		return nil, err
	}
	return arch, arch.Exists()
}

// openOrMake is open for the commands that bring something into a store: the first of
// them makes it.
func (a *app) openOrMake() (*archive.Archive, error) {
	arch, err := a.openHurt()
	if err != nil {
		return nil, err
	}
	if err := arch.Exists(); err != nil && !errors.Is(err, storage.ErrNoStore) {
		return nil, err // what is there can be no store
	}
	return arch, nil
}

// openHurt is open for a store that may be damaged beyond recognition: what is there is not looked at.
func (a *app) openHurt() (*archive.Archive, error) {
	store, err := a.store(a.db)
	if err != nil {
		return nil, err
	}
	return a.archiveOn(store)
}

// store names the store in a file or behind the URL of a server. Connections to a server
// are closed when the run ends.
func (a *app) store(name string) (*storage.DB, error) {
	scheme, _, remote := strings.Cut(name, "://")
	switch {
	case !remote:
		return storage.Open(name, storage.Options{LockTimeout: a.lockTimeout})
	case !postgres.IsURL(name):
		return nil, &usageError{
			msg:  fmt.Sprintf("--db: no store is kept behind %s://", scheme),
			hint: "readout --db postgres://HOST/DATABASE …, or --db FILE",
		}
	}
	db, err := postgres.Open(name, postgres.Options{LockTimeout: a.lockTimeout, Say: a.say})
	if err != nil {
		return nil, &usageError{msg: err.Error(), hint: "readout --db postgres://USER@HOST/DATABASE …"}
	}
	a.closers = append(a.closers, db.Close)
	return db, nil
}

// dbName is what people are told that the store is called.
func (a *app) dbName() string { return postgres.Redact(a.db) }

// partyName is what a party is called; the names are read when the first is asked for.
func (a *app) partyName(p timeline.Party) string { return a.rules.Extract().Gazetteer.Name(p) }

// partyNamed returns the party of a code or name in any language, if there is one.
func (a *app) partyNamed(s string) (timeline.Party, bool) {
	return a.rules.Extract().Gazetteer.LookupAnywhere(s)
}

// partiesIn returns the parties that a text names, each once, in its order.
func (a *app) partiesIn(text string) []timeline.Party {
	var out []timeline.Party
	for _, m := range a.rules.Extract().Gazetteer.Find(text) {
		if !slices.Contains(out, m.Party) {
			out = append(out, m.Party)
		}
	}
	return out
}

// diffOptions compares with the words of the rules in force.
func (a *app) diffOptions() diff.Options {
	return a.rules.Diff()
}

// onArchive is the action of a command that takes no operands and asks the archive.
func (a *app) onArchive(do func(*cli.Context, *archive.Archive) error) cli.ActionFunc {
	return a.onOperands("", func(c *cli.Context, arch *archive.Archive, _ []string) error { return do(c, arch) })
}

// onOperands is the action of a command that takes the operands named in args, such as
// "TOPIC NAME", and asks the archive. No file is opened before the archive is asked.
func (a *app) onOperands(args string, do archiveAction) cli.ActionFunc {
	return onOperandsOf(args, a.open, do)
}

// archiveAction is what a command does with an archive and its operands.
type archiveAction func(c *cli.Context, arch *archive.Archive, operands []string) error

func onOperandsOf(args string, open func() (*archive.Archive, error), do archiveAction) cli.ActionFunc {
	return func(c *cli.Context) error {
		ops, err := operands(c, strings.Fields(args)...)
		if err != nil {
			return err
		}
		arch, err := open()
		if err != nil {
			return err
		}
		return do(c, arch, ops)
	}
}

// onRelease is onOperands for one operand that names a release.
func (a *app) onRelease(do func(*cli.Context, *archive.Archive, archive.Ref) error) cli.ActionFunc {
	return a.onOperands("ID", func(c *cli.Context, arch *archive.Archive, ops []string) error {
		ref, err := parseRef(ops[0])
		if err != nil {
			return err
		}
		return do(c, arch, ref)
	})
}

// hintOf returns what to type after an error of the archive, "" for nothing.
func hintOf(err error) string {
	var missing *archive.NotFoundError
	var several *archive.AmbiguousError
	switch {
	case errors.As(err, &missing) && len(missing.Nearest) > 0:
		return "readout show " + missing.Nearest[0]
	case errors.As(err, &several):
		return "readout show " + several.Candidates[0]
	case errors.Is(err, fetch.ErrNotPublic):
		return "where this address is your own: --allow-private"
	case errors.Is(err, storage.ErrNoStore):
		return "readout ingest FILE takes a release in, --db FILE names another store; readout demo shows how it is used"
	case errors.Is(err, storage.ErrUnmigrated):
		return "readout migrate --dry-run shows what has to be done, readout migrate does it"
	case errors.Is(err, storage.ErrLocked):
		return "try again later, or wait longer: --lock-timeout 5m"
	case errors.Is(err, storage.ErrVersion):
		return "use a newer readout, or name another store: --db FILE"
	case errors.Is(err, storage.ErrDamaged):
		return "readout check"
	case errors.Is(err, storage.ErrNotFound):
		return "readout list"
	}
	return ""
}

// seriesFlag and asKnownAtFlag are shared by the commands that ask questions.
func seriesFlag() cli.Flag {
	return &cli.StringFlag{Name: "series", Aliases: []string{"s"}, Usage: "look in `SERIES` (JP-RU)"}
}

func asKnownAtFlag() cli.Flag {
	return &cli.StringFlag{Name: "as-known-at", Usage: "answer with what had been captured by `TIME` (RFC 3339, or a date)"}
}

func sinceUntilFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "since", Usage: "only meetings on `DATE` or later (2031-04-17, 2031-04, 2031, yesterday, 30d)"},
		&cli.StringFlag{Name: "until", Usage: "only meetings on `DATE` or earlier"},
	}
}

// lastFlag leaves out all but the newest; [flagReader.last] reads it.
func lastFlag() cli.Flag {
	return &cli.IntFlag{
		Name:        "last",
		Usage:       "only the last `N` releases; they are compared with those before all the same",
		DefaultText: "all",
	}
}

// last reads the flag of that name, 0 where it was not given.
func (v *flagReader) last() int {
	n := v.c.Int("last")
	if v.c.IsSet("last") && n < 1 {
		v.fail("last", fmt.Errorf("%d is not a number of releases", n), "--last 8")
	}
	return n
}

// screenful is how many hits a question shows as text unless it is told: a list for
// people grows with the archive otherwise.
const screenful = 100

// limit reads the flag of that name, 0 for none. Where it was not given and the answer is
// for people it is [screenful].
func (v *flagReader) limit(people bool) int {
	n := v.c.Int("limit")
	switch {
	case n < 0:
		v.fail("limit", fmt.Errorf("%d is less than nothing", n), "--limit 20")
	case people && !v.c.IsSet("limit"):
		return screenful
	}
	return n
}

// formFlags narrow what is shown to releases of some form; [flagReader.cut] reads them with the days.
func formFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "kind", Usage: "only releases of these `KINDS` (meeting,call,joint-statement,…)"},
		&cli.StringFlag{Name: "level", Usage: "only releases of these `LEVELS` (summit,foreign-ministers,…)"},
	}
}

// againstFlag says by which text it is judged what is missing.
func againstFlag() cli.Flag {
	return &cli.StringFlag{
		Name:  "against",
		Usage: "judge what is missing by the last comparable text (`lane`) or by the one before in time (previous)",
		Value: string(diff.ByLane),
	}
}

// cut reads the flags that leave releases out of what is shown: days, kinds and levels.
func (v *flagReader) cut() timeline.Filter {
	return timeline.Filter{
		Since:  v.since("since"),
		Until:  v.until("until"),
		Kinds:  closedSet(v, "kind", timeline.Kinds()),
		Levels: closedSet(v, "level", timeline.Levels()),
	}
}

// against reads the flag of that name.
func (v *flagReader) against() diff.Basis {
	return oneOf(v, "against", diff.ByLane, []diff.Basis{diff.ByLane, diff.ByNeighbour})
}

// optionalSeries reads the series flag as the filters of the archive take it: nil
// where it was not given.
func (v *flagReader) optionalSeries(flag string) *timeline.SeriesID {
	if !v.c.IsSet(flag) {
		return nil
	}
	s := v.series(flag)
	return &s
}

// knownAt reads --as-known-at; a date stands for its last moment, since what was
// captured on that day was known on it.
func (v *flagReader) knownAt(flag string) time.Time {
	at, days := v.moment(flag)
	if days.Last.IsZero() {
		return at
	}
	return days.Last.AddDays(1).Time().Add(-time.Nanosecond)
}

// theSeries returns the series that a question is about: the one named, else the
// only one there is. Where there are several the user must choose.
func (a *app) theSeries(ctx context.Context, arch *archive.Archive, named timeline.SeriesID, command string) (timeline.SeriesID, error) {
	if named != "" {
		return named, nil
	}
	ids, err := seriesIDs(ctx, arch)
	switch {
	case err != nil:
		return "", err
	case len(ids) == 0:
		return "", a.errNothingIngested()
	case len(ids) > 1:
		return "", &usageError{
			msg:  fmt.Sprintf("there are %d series: say which", len(ids)),
			hint: fmt.Sprintf("%s --series %s", command, shortest(ids)),
		}
	}
	return ids[0], nil
}

// shortest is the id that serves as an example: two states, not a conference of thirty.
func shortest(ids []timeline.SeriesID) timeline.SeriesID {
	return slices.MinFunc(ids, func(a, b timeline.SeriesID) int { return cmp.Compare(len(a), len(b)) })
}

// namedSeries is theSeries for the one that the flag names.
func (a *app) namedSeries(c *cli.Context, arch *archive.Archive) (timeline.SeriesID, error) {
	v := a.values(c)
	named := v.series("series")
	if v.err != nil {
		return "", v.err
	}
	return a.theSeries(c.Context, arch, named, c.Command.HelpName)
}

// seriesIDs returns the series that have an id, in order.
func seriesIDs(ctx context.Context, arch *archive.Archive) ([]timeline.SeriesID, error) {
	ids, err := arch.SeriesIDs(ctx)
	if len(ids) > 0 && ids[0] == "" {
		ids = ids[1:]
	}
	return ids, err
}

func (a *app) errNothingIngested() error {
	return &hintedError{err: fmt.Errorf("%s has no series yet", a.dbName()), hint: "readout ingest FILE, or readout demo"}
}

// empty says that the store holds none of what was asked for, and names it: another
// one than was meant is the usual reason.
func (a *app) empty(what string) string {
	return fmt.Sprintf("no %s in %s; readout ingest FILE takes a release in, --db FILE names another store", what, a.dbName())
}

// nothing says on standard error that an answer is empty, so that silence on a
// terminal is not taken for a fault.
func (a *app) nothing(n int, what string) {
	if n == 0 && a.format == formatText {
		a.note("%s", what)
	}
}

func isNotFound(err error) bool { return errors.Is(err, storage.ErrNotFound) }
