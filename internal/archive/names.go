package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"readout/internal/rules/pattern"
	"readout/storage"
)

// claim is what a release brings along when ids are given out.
type claim struct {
	base  string            // the id it would have if no other release wanted it
	fixed bool              // the user gave it that id
	sum   [sha256.Size]byte // of its identity, by which releases that want one id are told apart
}

// claimOf is the claim of a release, but for what the user gave it.
func claimOf(e *storage.Entry) claim {
	return claim{base: e.Base, sum: sha256.Sum256([]byte(e.Identity))}
}

// plain reports whether the claim gets its base as id, beside the claims of all
// releases that want it. Of several the one to which the user gave the id has it; two
// to which the user gave one id are one release by identity, save where that id was
// overruled, and then the hash decides as for the others.
func (c claim) plain(all []claim) bool {
	return len(all) == 1 || c.fixed && !slices.ContainsFunc(all, func(o claim) bool { return o.fixed && o.sum != c.sum })
}

// names returns the ids of all releases that want one. No release has the plain one
// merely for having come first: those that cannot have it get the hash of their
// identity behind it, as many digits as tell them apart from each other and from the
// plain ids that others have, which taken knows.
func names(all []claim, taken func(id string) bool) []string {
	out := make([]string, len(all))
	var clash []int
	for i, c := range all {
		if c.plain(all) {
			out[i] = c.base
		} else {
			clash = append(clash, i)
		}
	}
	for digits := 4; len(clash) > 0; digits++ {
		ids := map[string]bool{}
		free := true
		for _, i := range clash {
			out[i] = all[i].base + "-" + hex.EncodeToString(all[i].sum[:])[:min(digits, 64)]
			free = free && !ids[out[i]] && !taken(out[i])
			ids[out[i]] = true
		}
		if free || digits >= 64 {
			break
		}
	}
	return out
}

// told is an id that may be one of those with a hash behind them.
var told = pattern.New(`^(.+)-[0-9a-f]{4,64}$`)

// rivals are the bases whose releases may be called otherwise when somebody begins or
// ceases to want one.
func rivals(base string) []string {
	out := []string{base}
	if m := told.FindStringSubmatch(base); m != nil {
		out = append(out, m[1])
	}
	return out
}
