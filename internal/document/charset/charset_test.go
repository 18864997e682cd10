package charset_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"readout/internal/document/charset"
)

const (
	french = "Les ministres ont évoqué la coopération à Québec. “Une étape”, a dit le Président — « déjà ».\n"
	krill  = "The ministers agreed on the krill quota and will meet again in Bergen.\n"
)

func TestBadBytesInUTF8(t *testing.T) {
	for name, bad := range map[string]string{
		"a no-break space": "\xa0", "FF": "\xff", "a quotation mark cut off": "\xe2\x80", "a surrogate": "\xed\xa0\x80",
		"a quotation mark of windows-1252": "\x92", "two bytes": "\xc0\xaf",
	} {
		for _, text := range []string{french, krill + "Bienvenue à Québec.\n" + krill, strings.Repeat(french, 90), "日本と韓国の外相会談\n", "Президент и министр\n"} {
			for _, o := range [][]string{nil, {"utf-8"}, {"iso-8859-1"}, {"windows-1251"}} {
				got, ok := charset.Decode([]byte(text+bad+text), charset.Hints{Declared: o})
				if !ok || got.Name != "utf-8" || !strings.HasPrefix(got.Text, text) || !strings.HasSuffix(got.Text, text) || got.Lost == 0 {
					t.Errorf("%s, declared %v: read as %s, %d lost: %.80q", name, o, got.Name, got.Lost, got.Text)
				}
			}
		}
	}
}

// A surrogate, and a sign that was cut, is one loss.
func TestLossIsCountedByPlaces(t *testing.T) {
	got, _ := charset.Decode([]byte(french+"a\xe2\x80 b\xed\xa0\x80 c\xff"), charset.Hints{})
	if got.Lost != 3 || !strings.HasSuffix(got.Text, "a\uFFFD b\uFFFD c\uFFFD") {
		t.Errorf("lost %d, %q", got.Lost, got.Text)
	}
}

func TestHeaderLoses(t *testing.T) {
	russian := "\xcc\xe8\xed\xe8\xf1\xf2\xf0\xfb \xee\xe1\xf1\xf3\xe4\xe8\xeb\xe8 \xe2\xee\xef\xf0\xee\xf1 \xee \xe3\xf0\xe0\xed\xe8\xf6\xe5 \xe8 \xe4\xee\xe3\xee\xe2\xee\xf0\xe8\xeb\xe8\xf1\xfc \xef\xf0\xee\xe4\xee\xeb\xe6\xe8\xf2\xfc \xef\xe5\xf0\xe5\xe3\xee\xe2\xee\xf0\xfb"
	for _, label := range []string{"utf-8", "iso-8859-1", "koi8-r", "shift_jis", "gb2312", "windows-1252", "iso-8859-5"} {
		got, _ := charset.Decode([]byte(russian), charset.Hints{Declared: []string{label}})
		if got.Name != "windows-1251" || got.Overruled != label || !strings.HasPrefix(got.Text, "Министры обсудили") {
			t.Errorf("declared %s: read as %s, overruled %q: %s", label, got.Name, got.Overruled, got.Text)
		}
	}
	if got, _ := charset.Decode([]byte(russian), charset.Hints{Declared: []string{"windows-1251"}}); got.Overruled != "" || got.Guessed {
		t.Errorf("a right label is overruled: %+v", got)
	}
	// The second label may be the right one.
	if got, _ := charset.Decode([]byte("Gr\xf6\xdfe und \xdcbung"), charset.Hints{Declared: []string{"utf-8", "iso-8859-15"}}); got.Text != "Größe und Übung" {
		t.Errorf("read %q as %s", got.Text, got.Name)
	}
	if got, _ := charset.Decode([]byte(krill), charset.Hints{Declared: []string{"windows-1252"}}); got.Overruled != "" {
		t.Error("a text of ASCII overrules a label")
	}
}

func TestJohab(t *testing.T) {
	// "가" is 0x8861, "한" 0xD065, "글" 0x8B69 (KS X 1001:1992, annex 3).
	got, ok := charset.Decode([]byte("\xd0\x65\x8b\x69 \x88\x61"), charset.Hints{Declared: []string{"johab"}})
	if !ok || got.Text != "한글 가" || got.Lost != 0 {
		t.Errorf("read %q, %d lost", got.Text, got.Lost)
	}
}

// oneByte is the law: changing one byte changes the text only around it. The window is
// what a cut sequence takes with it on both sides.
func oneByte(t *testing.T, text string, at int, to byte) {
	t.Helper()
	data := []byte(text)
	if data[at] == to {
		return
	}
	data[at] = to
	got, ok := charset.Decode(data, charset.Hints{})
	if !ok {
		t.Fatalf("byte %d of %q as %#x makes it no text", at, text, to)
	}
	head := strings.ToValidUTF8(text[:max(0, at-utf8.UTFMax)], "")
	tail := strings.ToValidUTF8(text[min(len(text), at+1+utf8.UTFMax):], "")
	if !strings.HasPrefix(got.Text, head) || !strings.HasSuffix(got.Text, tail) {
		t.Fatalf("byte %d of %q as %#x: read as %s: %q", at, text, to, got.Name, got.Text)
	}
}

func TestOneByteChangesTheTextAroundIt(t *testing.T) {
	for _, text := range []string{french, krill, "Québec\n", krill + "naïve\n", "日本と韓国\n", "Президент", "각 장관", "Αθήνα: συνάντηση", "ته\u200cران و بغداد"} {
		for at := range len(text) {
			for _, to := range []byte("\n aZ$(\x80\x81\x8e\x92\xa0\xa4\xb0\xc0\xc3\xd0\xe0\xe2\xed\xf0\xff") {
				oneByte(t, text, at, to)
			}
		}
	}
}

func FuzzOneByte(f *testing.F) {
	f.Add(french, 7, byte(0xA0))
	f.Add(krill, 0, byte(0xFF))
	f.Add("日本と韓国の外相会談", 4, byte('x'))
	f.Add("é à", 1, byte(0x92))
	f.Fuzz(func(t *testing.T, text string, at int, to byte) {
		// Control characters decide what is binary; a mark at the head, what UTF-16 is.
		plain := strings.Map(func(r rune) rune {
			if r < ' ' && r != '\n' || r == utf8.RuneError || r == '\uFEFF' {
				return -1
			}
			return r
		}, text)
		if to < ' ' || len(plain) == 0 {
			return
		}
		oneByte(t, plain, ((at%len(plain))+len(plain))%len(plain), to)
	})
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(french), "utf-8")
	f.Add([]byte("\x1b$B$\"\x1b(B"), "")
	f.Add([]byte("\xd0\x65\x8b\x69 \x88\x61"), "johab")
	f.Add([]byte("a\x00b\x00 \x00"), "koi8-r")
	f.Fuzz(func(t *testing.T, data []byte, label string) {
		got, ok := charset.Decode(data, charset.Hints{Declared: []string{label}})
		if ok && (!utf8.ValidString(got.Text) || got.Name == "") {
			t.Errorf("Decode(%q, %q) = %q in %q", data, label, got.Text, got.Name)
		}
	})
}
