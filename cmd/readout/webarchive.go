package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"readout/internal/archive"
)

// exportWebArchive writes the captures as a WARC or WACZ file, whole or not at all.
func (a *app) exportWebArchive(c *cli.Context, arch *archive.Archive, ops []string) error {
	write := func(w io.Writer) error { return arch.ExportWARC(c.Context, w, a.format == formatWACZ, buildName()) }
	if ops[0] == "-" {
		return errors.Join(write(a.stdout), a.noteHead(c.Context, arch, c.String("timestamp")))
	}
	if _, err := os.Lstat(ops[0]); err == nil {
		return &usageError{
			msg:  fmt.Sprintf("%s is there already", ops[0]),
			hint: fmt.Sprintf("readout export --format %s %s.new", a.format, ops[0]),
		}
	}
	temp, err := os.CreateTemp(filepath.Dir(ops[0]), "."+filepath.Base(ops[0])+".tmp-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	err = write(temp)
	if err := errors.Join(err, temp.Chmod(0o644), temp.Sync(), temp.Close()); err != nil {
		return err
	}
	return errors.Join(os.Rename(temp.Name(), ops[0]), a.noteHead(c.Context, arch, c.String("timestamp")))
}
