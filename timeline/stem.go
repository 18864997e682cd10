package timeline

import "strings"

// stem takes the endings off an English word, lightly: plurals, -ed, -ing and
// their likes, so that "sanctions" and "sanction", "negotiating" and
// "negotiations" meet. It is meant for comparing, not for showing.
func stem(w string) string {
	if len(w) < 4 {
		return w
	}
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		w = w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "sses"):
		w = w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
		w = w[:len(w)-1]
	}
	for _, suffix := range []string{"isation", "ization", "ations", "ation", "ating", "ated", "ate", "ions", "ion", "ing", "ed", "al", "er", "or", "e", "y"} {
		if strings.HasSuffix(w, suffix) && len(w)-len(suffix) >= 4 {
			return w[:len(w)-len(suffix)]
		}
	}
	return w
}
