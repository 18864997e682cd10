package archive

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"readout/internal/reading"
	"readout/storage"
)

// RepairReport says what came of a repair.
type RepairReport struct {
	Captures       int // different bytes of which the damaged store or the backup knew
	Salvaged       int // of them, those in the new store
	storage.Damage     // what is lost of them, in order of release and time, and what cannot be named
}

// Repair makes a new store at out of what can still be read of the archive's, and of a
// backup where from is not "": every capture whose bytes have their hash, the decisions of
// people and the marks of readers. All that is derived is made anew. The damaged store and
// the backup are only read. Out must not exist; where no store was made nothing is left in
// its place or beside it.
func (a *Archive) Repair(ctx context.Context, from, out string) (report *RepairReport, err error) {
	if _, err := os.Lstat(out); err == nil {
		return nil, fmt.Errorf("repair: %s is there already", out)
	}
	if err := errors.Join(a.salvageable(), salvageableBackup(from)); err != nil {
		return nil, err
	}
	fresh, err := Open(Options{Path: out, Rules: a.rules, PDF: a.pdf, Now: a.now})
	if err != nil {
		return nil, err
	}
	drop := fresh.newcomer()
	defer func() {
		if _, gone := os.Lstat(out); err != nil || gone != nil {
			err = errors.Join(err, drop())
		}
	}()
	var damage storage.Damage
	for _, path := range slices.Compact([]string{a.file.Path(), from}) {
		if path == "" {
			continue
		}
		err := storage.Salvage(path, func(r storage.Reader, d storage.Damage) error {
			damage.Lost = append(damage.Lost, d.Lost...)
			damage.Pages += d.Pages
			return fresh.takeIn(ctx, r)
		})
		if err != nil {
			return nil, fmt.Errorf("repair from %s: %w", path, err)
		}
	}
	return fresh.repaired(ctx, damage)
}

// newcomer notes which files and folders a store that is not there yet would make, and returns what removes them.
func (a *Archive) newcomer() (drop func() error) {
	var made []string // the folders last, the innermost first
	for _, path := range append(a.file.Files(), a.key) {
		if _, err := os.Lstat(path); err != nil {
			made = append(made, path)
		}
	}
	for dir := filepath.Dir(a.file.Path()); ; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(dir); err == nil || dir == filepath.Dir(dir) {
			break
		}
		made = append(made, dir)
	}
	return func() (err error) {
		for _, path := range made {
			if _, e := os.Lstat(path); e == nil { // a disk that is read-only refuses to remove what is not there as well
				err = errors.Join(err, os.Remove(path))
			}
		}
		return err
	}
}

// salvageableBackup returns an error for what is no store, before anything is made: whoever names a backup relies
// on what it has. There is none where from is "".
func salvageableBackup(from string) error {
	if from == "" {
		return nil
	}
	backup, err := storage.Open(from, storage.Options{})
	if err == nil {
		err = backup.Salvageable()
	}
	if err != nil {
		return fmt.Errorf("repair from %s: %v", from, err) // what helps against it helps the store that is repaired, not this one
	}
	switch rows, err := storage.HasRows(from); {
	case err != nil:
		return fmt.Errorf("repair from %s: %w", from, err)
	case !rows:
		return fmt.Errorf("repair from %s: nothing in it is of a store of readout, or can be read any more", from)
	}
	return nil
}

// salvageable returns an error where there is no file whose pages could be searched.
func (a *Archive) salvageable() error {
	if a.file.OnServer() {
		return fmt.Errorf("%s is on a server, which looks after its pages itself: pg_amcheck finds damage, a standby or a backup repairs it, and readout backup FILE makes a file of what can be read", a.file.Path())
	}
	return a.file.Salvageable()
}

// takeIn imports what a reader has. Import and export meet in a pipe, so that no more than
// one batch of documents is in memory.
func (a *Archive) takeIn(ctx context.Context, r storage.Reader) error {
	out, in := io.Pipe()
	go func() { in.CloseWithError(exportFrom(r, in)) }()
	_, err := a.importFrom(ctx, out, true)
	return errors.Join(err, out.Close())
}

// exportFrom writes what is primary in a store as an export.
func exportFrom(r storage.Reader, w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(line{Type: "header", Schema: exportSchema, Rules: reading.Revision}); err != nil {
		return err
	}
	if err := exportLogged(r, enc); err != nil {
		return err
	}
	return exportRest(r, enc)
}

// exportLogged writes the captures in the order of the log, with when they were received,
// and those of which the log tells no more behind them.
func exportLogged(r storage.Reader, enc *json.Encoder) error {
	told := map[string]bool{}
	write := func(c storage.Capture) error {
		data, err := r.Blob(c.SHA256)
		if err != nil {
			return err
		}
		return enc.Encode(line{Type: "capture", Capture: &c, Data: data, Received: c.ReceivedAt})
	}
	for e, err := range r.Log(0) {
		if err != nil {
			return err
		}
		if e.Kind != storage.CaptureAdded || told[captureName(e.Capture)] {
			continue
		}
		if _, err := r.Withdrawal(e.Capture.SHA256); err == nil {
			continue
		}
		told[captureName(e.Capture)] = true
		if err := write(e.Capture); err != nil {
			return err
		}
	}
	for c, err := range r.Captures() {
		if err == nil && !told[captureName(c)] {
			err = write(c)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// ExportSalvaged is [Archive.Export] for a damaged store: it leaves out what cannot be read
// any more, and the answers. It returns what is missing.
func (a *Archive) ExportSalvaged(w io.Writer) (damage storage.Damage, err error) {
	if err := a.salvageable(); err != nil {
		return damage, err
	}
	err = storage.Salvage(a.file.Path(), func(r storage.Reader, d storage.Damage) error {
		damage = d
		return exportFrom(r, w)
	})
	return damage, err
}

// repaired counts what a new store has, and keeps of what was lost in one place what no
// other brought.
func (a *Archive) repaired(ctx context.Context, damage storage.Damage) (*RepairReport, error) {
	kept := map[storage.Hash]bool{}
	err := a.view(ctx, func(r storage.Reader) error {
		for c, err := range r.Captures() {
			if err != nil {
				return err
			}
			kept[c.SHA256] = true
		}
		return nil
	})
	if err != nil && !errors.Is(err, storage.ErrNoStore) {
		return nil, err
	}
	report := &RepairReport{Salvaged: len(kept), Damage: storage.Damage{Pages: damage.Pages}}
	for _, l := range damage.Lost {
		if !kept[l.SHA256] {
			kept[l.SHA256] = true
			report.Lost = append(report.Lost, l)
		}
	}
	report.Captures = report.Salvaged + len(report.Lost)
	return report, nil
}
