// What the brief and the matrix need as long as they are made here.

package show

import "readout/timeline"

func some[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

func lines[T any](s []T) []any {
	out := make([]any, len(s))
	for i, v := range s {
		out[i] = v
	}
	return out
}

func ids(rs []*timeline.Release) []string {
	out := make([]string, len(rs))
	for i, r := range rs {
		out[i] = r.ID
	}
	return out
}
