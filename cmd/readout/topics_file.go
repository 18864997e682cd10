package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"readout/internal/archive"
	"readout/timeline"
)

// curationFile is the YAML file in which decisions are shared.
type curationFile struct {
	Schema string                                  `yaml:"schema"` // "readout.curation/1"
	Series map[timeline.SeriesID]timeline.Curation `yaml:"series"`
}

const curationSchema = "readout.curation/1"

func (a *app) exportCurationCommand() *cli.Command {
	return &cli.Command{
		Name: "export", Usage: "write the decisions about topics as YAML", Flags: []cli.Flag{seriesFlag()},
		Action: a.onArchive(func(c *cli.Context, arch *archive.Archive) error {
			v := a.values(c)
			ids := []timeline.SeriesID{v.series("series")}
			if v.err != nil {
				return v.err
			}
			if ids[0] == "" {
				var err error
				if ids, err = arch.Curated(c.Context); err != nil {
					return err
				}
			}
			out := curationFile{Schema: curationSchema, Series: map[timeline.SeriesID]timeline.Curation{}}
			for _, id := range ids {
				cur, err := arch.Curation(c.Context, id)
				if err != nil {
					return err
				}
				if len(cur.Decisions) > 0 {
					out.Series[id] = cur
				}
			}
			return encodeYAML(a.stdout, out)
		}),
	}
}

func (a *app) importCurationCommand() *cli.Command {
	return &cli.Command{
		Name: "import", Usage: "add the decisions of a YAML file to those that stand", ArgsUsage: "FILE|-",
		Action: a.onOperands("FILE", func(c *cli.Context, arch *archive.Archive, ops []string) error {
			data, err := a.read(c.Context, ops[0])
			if err != nil {
				return fmt.Errorf("read %s: %w", ops[0], err)
			}
			file, err := decodeCuration(data)
			if err != nil {
				return &hintedError{err: fmt.Errorf("%s: %w", ops[0], err), hint: "readout topics export shows the form"}
			}
			return a.importCuration(c.Context, arch, file)
		}),
	}
}

// importCuration adds decisions that do not stand already, in their order.
func (a *app) importCuration(ctx context.Context, arch *archive.Archive, file *curationFile) error {
	for _, id := range sortedKeys(file.Series) {
		added := 0
		err := arch.Curate(ctx, id, func(c timeline.Curation) (timeline.Curation, error) {
			have := map[timeline.Decision]bool{}
			for _, d := range c.Decisions {
				have[d] = true
			}
			for _, d := range file.Series[id].Decisions {
				if !have[d] {
					c.Decisions = append(c.Decisions, d)
					added++
				}
			}
			return c, nil
		})
		if err != nil {
			return err
		}
		a.note("%s: %d decisions added", id, added)
	}
	return nil
}

// decodeCuration reads a file of decisions and checks every one of them.
func decodeCuration(data []byte) (*curationFile, error) {
	file := &curationFile{}
	if err := decodeYAML(data, file); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if file.Schema != curationSchema {
		return nil, fmt.Errorf("schema is %q, not %q", file.Schema, curationSchema)
	}
	for id, c := range file.Series {
		for n, d := range c.Decisions {
			if err := d.Check(); err != nil {
				return nil, fmt.Errorf("series %s, decision %d: %w", id, n+1, err)
			}
		}
	}
	return file, nil
}
