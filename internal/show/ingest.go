package show

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"readout/internal/ask"
)

// manyResults is from how many results on only what is out of the ordinary is
// listed, and the rest counted.
const manyResults = 40

// writeIngest writes a line for every result, or where there are very many for those
// that were revised, and the totals.
func writeIngest(w io.Writer, s Style, in *ask.Ingest) error {
	columns := []column{{head: "", ink: bold}, {head: "DAY", ink: cyan}, {head: "SERIES", shrink: seriesShown}, {head: "STATEMENTS", right: true, spare: true}, {head: "RELEASE", shrink: 24}}
	var rows [][]string
	for _, r := range in.Results {
		if r.Status == "failed" || len(in.Results) > manyResults && r.Status != "revised" {
			continue
		}
		id := r.Release
		if r.Version > 1 {
			id += "@v" + strconv.Itoa(r.Version)
		}
		series := string(r.Series)
		if series == "" {
			series = "(none)"
		}
		day := r.Held
		if day.IsZero() {
			day = r.Published
		}
		rows = append(rows, []string{r.Status, day.String(), series, strconv.Itoa(r.Statements), id})
	}
	if len(rows) > 0 {
		if err := writeTable(w, s, columns, rows); err != nil {
			return err
		}
	}
	parts := []string{}
	for _, x := range []struct {
		n    int
		what string
	}{{in.New, "new"}, {in.Revised, "revised"}, {in.Unchanged, "unchanged"}, {in.Failed, "failed"}} {
		if x.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", x.n, x.what))
		}
	}
	if len(parts) == 0 {
		parts = []string{"nothing to ingest"}
	}
	if in.DryRun {
		parts = append(parts, "nothing stored (dry run)")
	}
	_, err := fmt.Fprintln(w, strings.Join(parts, ", "))
	return err
}
