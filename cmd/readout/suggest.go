package main

import (
	"cmp"
	"slices"
	"strings"
)

// nearest returns up to n of names that got may have been meant for, the
// likeliest first: those that it begins, and those a few slips of the pen away.
func nearest(got string, names []string, n int) []string {
	got = strings.ToLower(got)
	type candidate struct {
		name string
		cost int
	}
	var found []candidate
	for _, name := range names {
		lower := strings.ToLower(name)
		cost := slips(got, lower)
		if len(got) >= 2 && strings.HasPrefix(lower, got) {
			cost = 0
		}
		if cost <= max(1, min(len(got), len(lower))/3) {
			found = append(found, candidate{name, cost})
		}
	}
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), strings.Compare(a.name, b.name))
	})
	var out []string
	for _, c := range found[:min(n, len(found))] {
		out = append(out, c.name)
	}
	return out
}

// slips counts the insertions, deletions, substitutions and swaps of neighbours
// that lead from a to b (optimal string alignment).
func slips(a, b string) int {
	x, y := []rune(a), []rune(b)
	rows := make([][]int, len(x)+1)
	for i := range rows {
		rows[i] = make([]int, len(y)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			same := 1
			if x[i-1] == y[j-1] {
				same = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+same)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(x)][len(y)]
}
