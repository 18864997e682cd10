package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/storage"
	"readout/storage/postgres"
)

func (a *app) copyCommand() *cli.Command {
	return &cli.Command{
		Name:      "copy",
		Usage:     "make a store that holds what another holds, in a file or on a server",
		ArgsUsage: "FROM TO",
		Description: `FROM and TO are files or postgres://… addresses, in any direction. FROM stays in use; a
file takes no writes meanwhile. A copy that was broken off goes on where the same call is
made again, and is no store for any other command before it is whole. At the end the
heads of both logs are compared, as readout verify --store prints them, and every
captured byte of the copy with its hash.

  readout copy readout.db postgres://desk@db.example/readout
  readout copy postgres://desk@db.example/readout readout.db`,
		Action: func(c *cli.Context) error {
			ops, err := operands(c, "FROM", "TO")
			if err != nil {
				return err
			}
			return a.copyStore(c, ops[0], ops[1])
		},
	}
}

func (a *app) copyStore(c *cli.Context, fromName, toName string) error {
	from, err := a.store(fromName)
	if err != nil {
		return err
	}
	to, err := a.store(toName)
	if err != nil {
		return err
	}
	if err := from.Exists(); err != nil {
		return err
	}
	source, err := a.archiveOn(from)
	if err != nil {
		return err
	}
	if err := source.Ready(c.Context); err != nil { // a store of an older format is brought over first
		return err
	}
	answer := &ask.Copy{Schema: "readout.copy/1", From: from.Path(), To: to.Path()}
	err = storage.Copy(c.Context, from, to, storage.CopyOptions{Progress: a.copied()})
	if errors.Is(err, storage.ErrStands) {
		// A copy that was broken off after its last row is whole, and only not compared.
		if same, sameErr := storage.Same(c.Context, from, to); sameErr == nil && same {
			return a.compareHeads(c, source, to, answer)
		}
		return &usageError{msg: err.Error(), hint: "readout copy " + postgres.Redact(fromName) + " ANOTHER"}
	}
	if err != nil {
		return err
	}
	return a.compareHeads(c, source, to, answer)
}

// copied says table by table how far a copy is.
func (a *app) copied() func(table string, rows int) {
	return func(table string, rows int) {
		if rows > 0 {
			a.note("%s: %d rows", table, rows)
		}
	}
}

// compareHeads answers once both stores have one log of captures.
func (a *app) compareHeads(c *cli.Context, source *archive.Archive, to *storage.DB, out *ask.Copy) error {
	target, err := a.archiveOn(to)
	if err != nil {
		return err
	}
	want, err := source.Head(c.Context)
	if err != nil {
		return err
	}
	found, err := target.Verify(c.Context, nil)
	if err != nil {
		return fmt.Errorf("the copy: %w", err)
	}
	if got := found.Head.Head; got.String() != want.Head.String() {
		return fmt.Errorf("%s was written to meanwhile: copy again", out.From)
	}
	out.Captures, out.Head = want.Size, want.Head.String()
	return a.answer(out)
}

// keyFile is where the key stands that signs the heads of a store on a server: each
// machine has its own, among its user's data. That of a file stands beside it ("").
func (a *app) keyFile(store *storage.DB) (string, error) {
	if !store.OnServer() {
		return "", nil
	}
	dir, err := dataDir(a.env)
	if err != nil {
		return "", err
	}
	sum := storage.HashOf([]byte(store.Path()))
	return filepath.Join(dir, "readout", fmt.Sprintf("server-%x.key", sum[:8])), nil
}

// archiveOn is the archive on a store.
func (a *app) archiveOn(store *storage.DB) (*archive.Archive, error) {
	key, err := a.keyFile(store)
	if err != nil {
		return nil, err
	}
	return archive.Open(archive.Options{
		Store: store, Key: key, Rules: a.rules, PDF: a.pdf, Now: a.now, Program: buildName(),
	})
}
