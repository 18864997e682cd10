package reading

import "golang.org/x/text/unicode/norm"

// plain returns s as numbers are looked for in it: full-width digits and letters made
// plain, no-break spaces made spaces.
func plain(s string) string { return norm.NFKC.String(s) }
