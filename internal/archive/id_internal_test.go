package archive

import "testing"

// An id stands in references such as ID@v2 and ID#7, which could not be read with one that
// has their signs in it.
func TestValidID(t *testing.T) {
	for id, valid := range map[string]bool{
		"2031-04-17-no-uy": true, "talks_of_Ålesund": true, "会談-2031": true,
		"talks#7": false, "talks@v2": false, "the talks": false, "talks\n": false, "talks\x00": false,
	} {
		if err := validID(id); (err == nil) != valid {
			t.Errorf("validID(%q) = %v, want valid to be %v", id, err, valid)
		}
	}
}
