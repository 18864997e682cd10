package main

import (
	"context"

	"github.com/urfave/cli/v2"

	"readout/internal/ask"
	"readout/storage"
	"readout/storage/postgres"
)

func (a *app) migrateCommand() *cli.Command {
	return &cli.Command{
		Name:  "migrate",
		Usage: "bring the tables on a server to those of this program",
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "dry-run", Usage: "only print the statements"},
			&cli.IntFlag{Name: "to", Usage: "go to migration `N`, also back, for an older program", DefaultText: "the newest", Value: -1},
		},
		Description: `A new store is made by whoever writes first, or by this command where that role may make
no tables. Later a new program may need other tables: every command says so and does
nothing until they are migrated, and an older program refuses newer tables. All
statements are one transaction, in which nobody else can write. A file is brought over
by whoever opens it, and has no statements.

  readout --db postgres://desk@db.example/readout migrate --dry-run`,
		Action: func(c *cli.Context) error {
			if _, err := operands(c); err != nil {
				return err
			}
			dry := c.Bool("dry-run")
			if !postgres.IsURL(a.db) {
				return a.migrateFile(c.Context, dry)
			}
			plan, err := postgres.Migrate(c.Context, a.db, c.Int("to"), dry, postgres.Options{LockTimeout: a.lockTimeout, Say: a.say})
			if err != nil {
				return err
			}
			return a.answer(&ask.Migration{Schema: "readout.migration/1", Store: a.dbName(), From: plan.From, To: plan.To, DryRun: dry,
				Steps: plan.Steps, Statements: plan.Statements})
		},
	}
}

// migrateFile brings a file over, as any other command would.
func (a *app) migrateFile(ctx context.Context, dry bool) error {
	arch, err := a.open()
	if err != nil {
		return err
	}
	if !dry {
		if err := arch.Ready(ctx); err != nil {
			return err
		}
	}
	return a.answer(&ask.Migration{Schema: "readout.migration/1", Store: a.dbName(), From: storage.Format, To: storage.Format, DryRun: dry,
		Steps: []string{}, Statements: []string{}})
}

// say is note for what is said in whole.
func (a *app) say(s string) { a.note("%s", s) }
