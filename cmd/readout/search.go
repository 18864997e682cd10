package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/timeline"
)

func (a *app) searchCommand() *cli.Command {
	return &cli.Command{
		Name:      "search",
		Usage:     "find statements by their words",
		ArgsUsage: `WORDS`,
		Flags: append(append([]cli.Flag{seriesFlag()}, sinceUntilFlags()...),
			&cli.StringFlag{Name: "speaker", Usage: "only statements of `PARTY`"},
			&cli.StringFlag{Name: "act", Usage: "only statements of that `ACT` (agree, share_view, …)"},
			&cli.IntFlag{Name: "limit", Usage: "stop after `N` statements, 0 for never", DefaultText: "100 as text, else 0"},
		),
		Description: `Every word must occur, a "quoted phrase" in that order; -word must not (after --).
word* finds all words that begin so, and so does the last word where nothing has it
whole. The newest meeting comes first. Case and accents do not count.

  readout search peace treaty --series JP-RU
  readout search '"peace treaty"' -- -fisheries`,
		Action: func(c *cli.Context) error {
			v := a.values(c)
			f := archive.SearchFilter{
				Series: v.optionalSeries("series"),
				Since:  v.since("since"),
				Until:  v.until("until"),
				Limit:  v.limit(a.format == formatText),
			}
			f.Act = oneOf(&v, "act", timeline.Act(""), timeline.Acts())
			switch ps := v.parties("speaker"); len(ps) {
			case 0:
			case 1:
				f.Speaker = ps[0]
			default:
				v.fail("speaker", fmt.Errorf("a search takes one party, not %d", len(ps)), "--speaker JP")
			}
			if v.err != nil {
				return v.err
			}
			ops, err := operands(c, "WORDS…")
			if err != nil {
				return err
			}
			arch, err := a.open()
			if err != nil {
				return err
			}
			query := searchText(ops)
			hits, err := arch.Search(c.Context, query, f)
			if err != nil {
				if errors.Is(err, archive.ErrQuery) {
					return &usageError{msg: err.Error(), hint: `readout search '"peace treaty" fisheries'`}
				}
				return err
			}
			a.nothing(len(hits), "nothing found")
			if f.Limit > 0 && len(hits) == f.Limit && !c.IsSet("limit") {
				a.note("the newest %d statements are shown; --limit 0 shows all", f.Limit)
			}
			return a.answer(ask.NewSearch(query, searchHits(hits)))
		},
	}
}

// searchText joins the operands to a query. One that the shell handed over whole
// with spaces in it is taken as it is: it may hold quoted phrases of its own.
func searchText(ops []string) string { return strings.Join(ops, " ") }

func searchHits(hits []archive.Hit) []ask.SearchHit {
	out := make([]ask.SearchHit, len(hits))
	for i, h := range hits {
		out[i] = ask.NewSearchHit(h.Release, h.Statement)
	}
	return out
}
