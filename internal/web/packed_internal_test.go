package web

import "testing"

func TestAcceptedCoding(t *testing.T) {
	for header, want := range map[string]coding{
		"":                           "",
		"identity":                   "",
		"gzip":                       gzipCoding,
		"gzip, deflate, br, zstd":    brotliCoding,
		"GZIP;q=1.0, br;q=0.5":       gzipCoding,
		"br;q=0, gzip":               gzipCoding,
		"br;q=0, gzip;q=0":           "",
		"*":                          brotliCoding,
		"*;q=0":                      "",
		"br; q=0.000, *;q=0.1":       gzipCoding,
		"gzip;q=many":                "",
		"deflate, gzip;q=0.3, *;q=0": gzipCoding,
	} {
		if got := accepted(header); got != want {
			t.Errorf("accepted(%q) = %q, want %q", header, got, want)
		}
	}
}
