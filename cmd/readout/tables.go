package main

import (
	"context"
	"errors"
	"os"
	"path"

	"github.com/urfave/cli/v2"

	"readout/diff"
	"readout/diff/formula"
	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/show"
	"readout/internal/show/publish"
	"readout/internal/show/tabular"
	"readout/timeline"
)

// exporter returns what writes the answers of the store in the format asked for, and what its
// operand is called; nil for the formats that are no tables and no notes.
func (a *app) exporter() (write func(*cli.Context, *archive.Archive, []string) error, operand string) {
	switch a.format {
	case formatCSV:
		return a.exportTables(tabular.CSV), "DIR"
	case formatParquet:
		return a.exportTables(tabular.Parquet), "DIR"
	case formatSQLite:
		return a.exportTables(tabular.SQLite), "FILE"
	case formatVault:
		return a.exportVault, "DIR"
	case formatWARC, formatWACZ:
		return a.exportWebArchive, "FILE"
	}
	return nil, ""
}

// exportTables writes every series of the store as tables, to what make makes of the operand.
func (a *app) exportTables(make func(string, []publish.Table) (tabular.Writer, error)) func(*cli.Context, *archive.Archive,
	[]string) error {
	return func(c *cli.Context, arch *archive.Archive, ops []string) error {
		ids, err := arch.SeriesIDs(c.Context)
		if err != nil {
			return err
		}
		w, err := make(ops[0], publish.Tables(publish.TableSeries{}))
		if err != nil {
			return err
		}
		for _, id := range ids {
			s, err := a.tableSeries(c.Context, arch, id)
			if err == nil {
				err = w.Write(publish.Tables(s))
			}
			if err != nil {
				return errors.Join(err, w.Discard())
			}
		}
		return w.Close()
	}
}

// exportVault writes every series of the store as notes below a folder, which is made where it
// is not there. Notes of other names in it are left alone.
func (a *app) exportVault(c *cli.Context, arch *archive.Archive, ops []string) (err error) {
	ids, err := arch.SeriesIDs(c.Context)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(ops[0], 0o777); err != nil {
		return err
	}
	root, err := os.OpenRoot(ops[0]) // no name of a note leads out of it
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	var all []publish.Note
	for _, id := range ids {
		s, err := a.tableSeries(c.Context, arch, id)
		if err != nil {
			return err
		}
		name := "Releases of unknown parties"
		if id != "" {
			name = show.SeriesName(id.Parties(), a.partyName)
		}
		notes := publish.Vault(s, name)
		if err := writeNotes(root, notes...); err != nil {
			return err
		}
		all = append(all, notes[0])
	}
	return writeNotes(root, publish.VaultIndex(all))
}

func writeNotes(root *os.Root, notes ...publish.Note) error {
	for _, n := range notes {
		if err := root.MkdirAll(path.Dir(n.Path), 0o777); err != nil {
			return err
		}
		if err := root.WriteFile(n.Path, []byte(n.Text), 0o666); err != nil {
			return err
		}
	}
	return nil
}

// tableSeries gathers what the tables have of a series. Releases of unknown parties have
// neither topics nor formulas.
func (a *app) tableSeries(ctx context.Context, arch *archive.Archive, id timeline.SeriesID) (publish.TableSeries, error) {
	s, err := arch.Series(ctx, id, archive.SeriesOptions{})
	if err != nil {
		return publish.TableSeries{}, err
	}
	out := publish.TableSeries{ID: id, Releases: s.Releases, Versions: map[string][]ask.LogVersion{}}
	if id != "" {
		out.Topics = s.Topics.Topics
		out.Formulas = ask.NewFormulas(id, formula.Find(s.Releases, a.formulaOptions(id)), 0)
		for _, t := range out.Topics {
			thread := ask.Follow(s.Topics, t.ID, timeline.Filter{}, diff.Options{})
			out.Timelines = append(out.Timelines, ask.NewTimeline(thread, ask.TimelineView{}))
		}
	}
	for _, r := range s.Releases {
		log, err := arch.VersionLog(ctx, archive.Ref{ID: r.ID})
		if err != nil {
			return out, err
		}
		out.Versions[r.ID] = log.Versions
	}
	return out, nil
}
