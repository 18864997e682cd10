package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"readout/diff"
	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/show/publish"
	"readout/timeline"
)

func (a *app) matrixCommand() *cli.Command {
	return &cli.Command{
		Name:      "matrix",
		ArgsUsage: "[SERIES]",
		Usage:     "see which meeting raised, changed or dropped which topic",
		Flags: append(append(append([]cli.Flag{seriesFlag()}, sinceUntilFlags()...), append(formFlags(), againstFlag())...),
			&cli.IntFlag{Name: "topics", Usage: "only the `N` topics raised most often", DefaultText: "all"},
			asKnownAtFlag()),
		Description: `A topic has up to three signs at each meeting: how much of its wording stayed,
the strongest act, and which way a position moved.

  +  raised for the first time        a p v c d s e w u !  agreed, pledged, shared a
  =  all of the wording was kept         view, confirmed, discussed, stated, expressed,
  7  seven tenths of it were             welcomed, urged, condemned
  ·  the meeting did not raise it     ↑  a position was firmed
  ×  it left out what the last        ↓  a position was softened
     comparable text had              −  something said the last time is gone

Issues that are alive stand first, then those that fell quiet; those that were raised
once are named below. A bar stands where no release was captured for long. Two
releases of one meeting, one of each side, share a column. Beside text, json and
jsonl, --format takes html (one page that prints), svg, png and csv.

  readout matrix JP-RU
  readout matrix --series JP-RU --since 2031-01-01 --format html > matrix.html`,
		Action: func(c *cli.Context) error {
			if err := seriesOperand(c); err != nil {
				return err
			}
			v := a.values(c)
			o := overviewOptions{series: v.series("series"), days: v.cut(), against: v.against(),
				known: archive.SeriesOptions{AsKnownAt: v.knownAt("as-known-at")}, topics: c.Int("topics")}
			if o.topics < 0 {
				v.fail("topics", fmt.Errorf("%d is less than nothing", o.topics), "")
			}
			if v.err != nil {
				return v.err
			}
			return a.matrix(c, o)
		},
	}
}

// overviewOptions are those of the commands that look at all topics of a series.
type overviewOptions struct {
	series  timeline.SeriesID
	days    timeline.Filter // and the kinds and levels of the releases that are shown
	known   archive.SeriesOptions
	topics  int // how many at most; 0 for all
	against diff.Basis
}

func (a *app) matrix(c *cli.Context, o overviewOptions) error {
	if err := a.noPicture("matrix"); err != nil {
		return err
	}
	_, _, threads, err := a.threads(c, o)
	if err != nil {
		return err
	}
	m := ask.NewMatrix(threads)
	a.nothing(len(m.Meetings), "no meeting in that time")
	return a.write(m, map[format]func(io.Writer) error{
		formatHTML: func(w io.Writer) error { return publish.MatrixHTML(w, m) },
		formatSVG:  func(w io.Writer) error { return publish.MatrixSVG(w, m) },
		formatPNG:  func(w io.Writer) error { return matrixPNG(w, m) },
		formatCSV:  func(w io.Writer) error { return publish.MatrixCSV(w, m) },
	})
}

// noPicture refuses to write a picture of pixels to a terminal.
func (a *app) noPicture(question string) error {
	if a.format != formatPNG || !a.screen.is() {
		return nil
	}
	name, _, _ := strings.Cut(question, " ")
	return &usageError{msg: "a png picture is not for a terminal", hint: "readout " + question + " --format png > " + name + ".png"}
}

// What a picture of pixels has room for at any rate.
const paintedTopics, paintedMeetings = 40, 500

// matrixPNG paints a matrix. One that is too large is no dead end: the hint is a command
// whose picture is not.
func matrixPNG(w io.Writer, m *ask.Matrix) error {
	err := publish.MatrixPNG(w, m)
	if !errors.Is(err, publish.ErrTooLarge) {
		return err
	}
	hint := fmt.Sprintf("readout matrix --series %s --topics %d", m.Series, paintedTopics)
	if n := len(m.Meetings); n > paintedMeetings {
		hint += " --since " + m.Meetings[n-paintedMeetings].Day().String()
	}
	return &hintedError{err: err, hint: hint + " --format png, or --format svg, which has no such limit"}
}

// threads follows the topics of a series, those raised most often first.
func (a *app) threads(c *cli.Context, o overviewOptions) (*archive.Archive, *archive.Series, []*ask.Thread, error) {
	arch, err := a.open()
	if err != nil {
		return nil, nil, nil, err
	}
	id, err := a.theSeries(c.Context, arch, o.series, "readout "+c.Command.Name)
	if err != nil {
		return nil, nil, nil, err
	}
	s, err := arch.Series(c.Context, id, o.known)
	if err != nil {
		return nil, nil, nil, seriesError(id, err)
	}
	topics := s.Topics.Topics
	if o.topics > 0 && o.topics < len(topics) {
		topics = topics[:o.topics]
	}
	opts := a.diffOptions()
	opts.Against = o.against
	return arch, s, ask.Threads(s.Topics, topics, o.days, opts), nil
}
