package main

import (
	"context"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"readout/diff/formula"
	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/show/publish"
	"readout/timeline"
)

// exportTables writes the store as one CSV file a table into a folder, which is made where
// it is not there. Files of those names are written anew.
func (a *app) exportTables(c *cli.Context, arch *archive.Archive, ops []string) (err error) {
	ids, err := arch.SeriesIDs(c.Context)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(ops[0], 0o777); err != nil {
		return err
	}
	files := map[string]*csv.Writer{}
	for _, t := range publish.Tables(publish.TableSeries{}) {
		f, createErr := os.Create(filepath.Join(ops[0], t.Name+".csv"))
		if createErr != nil {
			return createErr
		}
		w := csv.NewWriter(f)
		defer func() {
			w.Flush()
			err = errors.Join(err, w.Error(), f.Close())
		}()
		if err := w.Write(t.Columns); err != nil {
			return err
		}
		files[t.Name] = w
	}
	for _, id := range ids {
		s, err := a.tableSeries(c.Context, arch, id)
		if err != nil {
			return err
		}
		for _, t := range publish.Tables(s) {
			for _, row := range t.Rows {
				if err := files[t.Name].Write(row); err != nil {
					return err
				}
			}
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
	}
	for _, r := range s.Releases {
		infos, err := arch.Log(ctx, archive.Ref{ID: r.ID})
		if err != nil {
			return out, err
		}
		out.Versions[r.ID] = logVersions(infos)
	}
	return out, nil
}
