package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/urfave/cli/v2"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/storage"
	"readout/storage/postgres"
)

func (a *app) repairCommand() *cli.Command {
	return &cli.Command{
		Name:      "repair",
		Usage:     "make a new store of what a damaged one still has",
		ArgsUsage: "OUT.db",
		Flags:     []cli.Flag{&cli.StringFlag{Name: "from", Usage: "take what is lost from a backup, `FILE`"}},
		Description: `Every capture whose bytes still have their hash, the decisions of people and the marks
of readers are taken over; everything else is made anew. What is lost is named by
release, day and address: ingest these documents again, or name a backup. Where a page
of the file is lost, what stood only there cannot be named: pages_lost counts them. The damaged
store and the backup are only read; both heads of the file may be gone.

  readout repair whole.db
  readout repair --from /backups/readout.db whole.db

Exit codes: 0 where OUT.db was made, also where something is lost, 1 where it was not.`,
		Action: onOperandsOf("OUT.db", a.openHurt, func(c *cli.Context, arch *archive.Archive, ops []string) error {
			report, err := arch.Repair(c.Context, c.String("from"), ops[0])
			if err != nil {
				return err
			}
			a.warnLost(report.Damage)
			err = a.answer(&ask.Repair{
				Schema: "readout.repair/1", Captures: report.Captures, Salvaged: report.Salvaged, Lost: lostCaptures(report.Lost),
				PagesLost: report.Pages,
			})
			if _, gone := os.Lstat(ops[0]); err == nil && gone != nil {
				err = fmt.Errorf("nothing could be salvaged: there is no %s", ops[0])
			}
			return err
		}),
	}
}

// restore puts a backup in the place of the store.
func (a *app) restore(ctx context.Context, backup *archive.Archive, path string) error {
	if !postgres.IsURL(a.db) {
		return backup.Backup(ctx, a.db)
	}
	from, err := a.store(path)
	if err != nil {
		return err
	}
	to, err := a.store(a.db)
	if err != nil {
		return err
	}
	found, err := backup.Check(ctx)
	if err != nil {
		return err
	}
	if len(found) > 0 {
		return fmt.Errorf("%w: %s", storage.ErrDamaged, found[0])
	}
	return storage.Copy(ctx, from, to, storage.CopyOptions{Replace: true, Progress: a.copied()})
}

func lostCaptures(lost []storage.Lost) []ask.LostCapture {
	out := []ask.LostCapture{}
	for _, l := range lost {
		source := l.Source
		if source == "" {
			source = l.Name
		}
		out = append(out, ask.LostCapture{
			Release:    l.Release,
			Held:       l.Day,
			Source:     source,
			SHA256:     l.SHA256.String(),
			CapturedAt: l.CapturedAt,
		})
	}
	return out
}

// warnLost says on standard error that something could not be salvaged.
func (a *app) warnLost(d storage.Damage) {
	if len(d.Lost) > 0 {
		a.note("%d captures could not be read any more", len(d.Lost))
	}
	if d.Pages > 0 {
		a.note("%d pages of the file could not be read any more: what stood only there cannot be named; a backup may have it", d.Pages)
	}
}

func (a *app) restoreCommand() *cli.Command {
	return &cli.Command{
		Name:      "restore",
		Usage:     "put a backup in the place of the store",
		ArgsUsage: "BACKUP",
		Flags:     []cli.Flag{&cli.BoolFlag{Name: "force", Usage: "also where a store is in that place; what it has and the backup has not is lost"}},
		Description: `The backup is checked first, and copied whole or not at all.

  readout restore --db readout.db /backups/readout.db`,
		Action: func(c *cli.Context) error {
			ops, err := operands(c, "BACKUP")
			if err != nil {
				return err
			}
			if _, err := a.open(); !errors.Is(err, storage.ErrNoStore) && !c.Bool("force") { // a damaged one too is in the way
				return &usageError{msg: fmt.Sprintf("there is a store at %s", a.dbName()), hint: "readout restore --force " + ops[0]}
			}
			backup, err := archive.Open(archive.Options{Path: ops[0], LockTimeout: a.lockTimeout, Rules: a.rules})
			if err != nil {
				return err
			}
			if err := a.restore(c.Context, backup, ops[0]); err != nil {
				return err
			}
			a.note("restored %s from %s", a.dbName(), ops[0])
			return nil
		},
	}
}
