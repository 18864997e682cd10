package main

import (
	"bytes"
	"cmp"
	"io"
	"maps"
	"slices"

	"go.yaml.in/yaml/v3"
)

// encodeYAML writes v with the indentation people use.
func encodeYAML(w io.Writer, v any) error {
	enc := yaml.NewEncoder(w)
	enc.SetIndent(2)
	if err := enc.Encode(v); err != nil {
		return err
	}
	return enc.Close()
}

// decodeYAML reads one document into v; a key that v does not have is an error
// that names the line.
func decodeYAML(data []byte, v any) error {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	return dec.Decode(v)
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
