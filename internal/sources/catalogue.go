package sources

import (
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"sync"

	"readout/internal/ask"
	"readout/timeline"
)

//go:embed catalogue.tsv
var catalogueFile string

// catalogue is read once: the file is part of the program, and a test reads all of it.
var catalogue = sync.OnceValues(func() ([]ask.CatalogueSource, error) { return readCatalogue(catalogueFile) })

// Catalogue returns the known places where ministries and central banks publish.
func Catalogue() ([]ask.CatalogueSource, error) { return catalogue() }

// readCatalogue reads the lines of a catalogue; "#" begins a comment.
func readCatalogue(file string) ([]ask.CatalogueSource, error) {
	var out []ask.CatalogueSource
	n := 0
	for line := range strings.Lines(file) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 5 {
			return nil, fmt.Errorf("line %d of the catalogue has %d columns, not 5", n, len(cells))
		}
		s := ask.CatalogueSource{Name: cells[0], Party: timeline.Party(cells[1]), Publisher: cells[2], URL: cells[3]}
		if cells[4] != "-" {
			day, err := timeline.ParseDate(cells[4])
			if err != nil {
				return nil, fmt.Errorf("line %d of the catalogue: %w", n, err)
			}
			s.Checked = day
		}
		out = append(out, s)
	}
	return out, nil
}

// errNotListed is returned for a name that the catalogue lacks.
var errNotListed = errors.New("is not in the catalogue")

// FromCatalogue returns the source of that name in the catalogue, its kind not yet found out.
func FromCatalogue(name string) (Source, error) {
	all, err := Catalogue()
	if err != nil {
		return Source{}, err
	}
	for _, s := range all {
		if strings.EqualFold(s.Name, name) {
			return Source{Name: s.Name, URL: s.URL, Issuer: s.Party}, nil
		}
	}
	return Source{}, fmt.Errorf("%q %w", name, errNotListed)
}
