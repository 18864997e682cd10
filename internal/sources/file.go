package sources

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"readout/internal/reading/names"
)

// ReadConfig reads the file of sources at path; one that is not there has none.
func ReadConfig(path string, g *names.Gazetteer) (*Config, error) {
	data, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read sources: %w", err)
	}
	return ParseConfig(path, data, g)
}

// Write puts the file of sources in place of the one at path, whole or not at all,
// making the directories above it. Only the user can read a new file, since headers
// may be secret; one that is there keeps its mode.
func (c *Config) Write(path string) (err error) {
	data, err := c.Encode()
	if err != nil {
		return err
	}
	// A link leads to the file that the user keeps elsewhere.
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("write sources: %w", err)
	}
	mode := fs.FileMode(0o600)
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".new-*")
	if err != nil {
		return fmt.Errorf("write sources: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("write sources: %w", err), os.Remove(f.Name()))
		}
	}()
	_, err = f.Write(data)
	if err := errors.Join(err, f.Chmod(mode), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
