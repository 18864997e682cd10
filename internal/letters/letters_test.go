package letters_test

import (
	"testing"
	"unicode/utf8"

	"readout/internal/letters"
)

// TestScripts holds what each script is taken for: whether its letters make words,
// whether one is a word by itself, whether words are parted by spaces, and whether
// a space tells where a word ends.
func TestScripts(t *testing.T) {
	for _, tt := range []struct {
		script                         string
		sample                         rune
		word, ideograph, unspaced, own bool
	}{
		{"Latin", 'q', true, false, false, false},
		{"Latin with an accent", 'é', true, false, false, false},
		{"Greek", 'ω', true, false, false, false},
		{"Cyrillic", 'ж', true, false, false, false},
		{"Armenian", 'ա', true, false, false, false},
		{"Hebrew", 'ש', true, false, false, false},
		{"Hebrew point", '\u05b8', true, false, false, false},
		{"Arabic", 'ع', true, false, false, false},
		{"Arabic digit", '٣', true, false, false, false},
		{"Syriac", 'ܐ', true, false, false, false},
		{"Thaana", 'ހ', true, false, false, false},
		{"Devanagari", 'क', true, false, false, false},
		{"Devanagari vowel sign", '\u093f', true, false, false, false},
		{"Bengali", 'ক', true, false, false, false},
		{"Gurmukhi", 'ਕ', true, false, false, false},
		{"Gujarati", 'ક', true, false, false, false},
		{"Tamil", 'க', true, false, false, false},
		{"Telugu", 'క', true, false, false, false},
		{"Kannada", 'ಕ', true, false, false, false},
		{"Malayalam", 'ക', true, false, false, false},
		{"Sinhala", 'ක', true, false, false, false},
		{"Thai", 'ก', true, false, true, true},
		{"Thai vowel above", '\u0e34', true, false, true, true},
		{"Lao", 'ກ', true, false, true, true},
		{"Tibetan", 'ཀ', true, false, false, false},
		{"Myanmar", 'က', true, false, true, true},
		{"Khmer", 'ក', true, false, true, true},
		{"Georgian", 'ა', true, false, false, false},
		{"Ethiopic", 'አ', true, false, false, false},
		{"Mongolian", 'ᠠ', true, false, false, false},
		{"Hangul", '한', true, false, false, true},
		{"Han", '島', true, true, true, true},
		{"Han iteration", '々', true, true, true, true},
		{"Hiragana", 'の', true, true, true, true},
		{"Katakana", 'ア', true, true, true, true},
		{"Katakana prolonged", 'ー', true, true, true, true},
		{"raised number", '²', false, false, false, false},
		{"circled number", '①', false, false, false, false},
		{"ideographic full stop", '。', false, false, false, false},
		{"apostrophe", '’', false, false, false, false},
	} {
		got := [4]bool{letters.Word(tt.sample), letters.Ideograph(tt.sample), letters.Unspaced(tt.sample), letters.Joined(tt.sample)}
		if want := [4]bool{tt.word, tt.ideograph, tt.unspaced, tt.own}; got != want {
			t.Errorf("%s %q: word, ideograph, unspaced, joined = %v, want %v", tt.script, tt.sample, got, want)
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"São TOMÉ":         "sao tome",
		"Tromsø–Łódź":      "tromso-lodz",
		"Þórey Ægisdóttir": "thorey aegisdottir",
		"İstanbul ılık":    "istanbul ilik",
		"Straße":           "strasse",
		"Côte d’Ivoire":    "cote d'ivoire",
		"ﬁnal Ⅳ":           "final iv",
		"ガザ":               "ガザ",
		"ｶﾞｻﾞ":             "ガザ",
		"한국":               "한국",
		"รัฐมนตรี":         "รัฐมนตรี",
		"हिन्दी":           "हिन्दी",
		"שָׁלוֹם":          "שלום",
		"مُحَمَّد":         "محمد",
		"Ελλάδα":           "ελλαδα",
		"Пётр":             "петр",
	} {
		if got := letters.Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
	if got, want := letters.Bare("U.S.–O’Brien"), "usobrien"; got != want {
		t.Errorf("Bare = %q, want %q", got, want)
	}
}

// TestPlainKeepsAccents sees that what tells texts apart is kept where [letters.Fold]
// drops it: an accent that a ministry took out of a text is an alteration.
func TestPlainKeepsAccents(t *testing.T) {
	for in, want := range map[string]string{
		"“Côte  d’Ivoire”": `"côte  d'ivoire"`,
		"ＡＢＣ":              "abc",
	} {
		if got := letters.Plain(in); got != want {
			t.Errorf("Plain(%q) = %q, want %q", in, got, want)
		}
	}
	if got, want := letters.Line("  “Two\n words” "), `"two words"`; got != want {
		t.Errorf("Line = %q, want %q", got, want)
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"":                                 "",
		" a\n\tb ":                         "a b",
		"a\x1b[31mb\x1b[0m":                "ab",
		"\x1b]0;owned\x07title":            "title",
		"\x1b]8;;http://x\x1b\\link":       "link",
		"\u009b1mbold":                     "bold",
		"a\u202eb\u2066c":                  "abc",
		"half \xff":                        "half \uFFFD",
		"\x1b alone":                       "alone",
		"\x1b]never ended, and then words": "]never ended, and then words",
		"a\x1b[31mred\x1b[0m b":            "ared b",
		"a\x1b]0;title\x07b":               "ab",
		"one\ntwo\tthree":                  "one two three",
		"\u202eabc\u202c":                  "abc",
		"bad\xffbyte":                      "bad\uFFFDbyte",
		"plain text stays as it is":        "plain text stays as it is",
	} {
		if got := letters.Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
	if got, want := letters.CleanLines("a\r\n\tb\x1b[2J"), "a\n\tb"; got != want {
		t.Errorf("CleanLines = %q, want %q", got, want)
	}
	if got, want := letters.CleanLines("one\r\ntwo\tthree"), "one\ntwo\tthree"; got != want {
		t.Errorf("CleanLines = %q, want %q", got, want)
	}
}

// FuzzFold states the laws of the forms: valid UTF-8 stays so, and folding twice
// changes nothing more.
func FuzzFold(f *testing.F) {
	for _, s := range []string{"", "Þór", "ガザ", "رَ", "ﬁ", "İ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip("the forms are of valid text")
		}
		for name, form := range map[string]func(string) string{"Fold": letters.Fold, "Bare": letters.Bare, "Clean": letters.Clean} {
			once := form(s)
			if !utf8.ValidString(once) {
				t.Errorf("%s(%q) = %q is no valid UTF-8", name, s, once)
			}
			if twice := form(once); twice != once {
				t.Errorf("%s(%q) = %q, and of that %q", name, s, once, twice)
			}
		}
	})
}

func TestOneLine(t *testing.T) {
	for in, want := range map[string]string{
		"": "", " ": "", "a": "a", "The sides met.": "The sides met.", " a b ": "a b", "a  b": "a b", "a\nb": "a b", "a\t\u3000b": "a b",
		"“Krill” – and ice": "“Krill” – and ice", "両 国": "両 国", "a\u00a0b": "a b", "bad \xff byte": "bad \xff byte", "a\u2028b": "a b",
	} {
		if got := letters.OneLine(in); got != want {
			t.Errorf("OneLine(%q) = %q, want %q", in, got, want)
		}
	}
	long := "one line of several words"
	if n := testing.AllocsPerRun(10, func() { letters.OneLine(long) }); n != 0 {
		t.Errorf("a line is copied: %v allocations", n)
	}
}
