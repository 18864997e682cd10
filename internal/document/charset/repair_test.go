package charset_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"readout/internal/document/charset"
)

// misread is what a program shows that takes UTF-8 for another encoding; the bytes
// that it does not have become lost.
func misread(page *charmap.Charmap, s, lost string) string {
	var b strings.Builder
	for i := range len(s) {
		r := page.DecodeByte(s[i])
		if r == '\uFFFD' {
			b.WriteString(strings.ReplaceAll(lost, "?", string(rune(s[i]))))
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func TestRepair(t *testing.T) {
	for _, s := range []string{
		"The Minister’s “krill survey” — and more… costs 5 € or £3.",
		"Les ministres ont évoqué la coopération à Québec, ça et là.",
		"Élysée", "À Paris", "«Bonjour», dit-il",
		"Příliš žluťoučký kůň", "Zażółć gęślą jaźń", "Åland, øre, Größe",
		"Президент и министр", "日本と韓国の外相会談", "السلام", "한국 외교부", "👋 hello",
		"a non-breaking\u00a0space",
	} {
		for _, lost := range []string{"?"} { // the byte as a control character
			broken := misread(charmap.Windows1252, s, lost)
			if got, n := charset.Repair(broken); got != s || n == 0 {
				t.Errorf("Repair(%q) = %q, %d, want %q", broken, got, n, s)
			}
			twice := misread(charmap.Windows1252, broken, lost)
			if got, _ := charset.Repair(twice); got != s {
				t.Errorf("Repair(%q) = %q, want %q", twice, got, s)
			}
		}
	}
	for _, s := range []string{"Президент’s “krill”", "Министр обсудил — всё"} {
		if got, _ := charset.Repair(misread(charmap.Windows1251, s, "?")); got != s {
			t.Errorf("Repair of %q read as windows-1251 = %q", s, got)
		}
	}
}

// The closing quotation mark is the sign that windows-1252 has no byte for.
func TestRepairOfALostByte(t *testing.T) {
	broken := misread(charmap.Windows1252, "the “krill” survey", "\uFFFD")
	if got, _ := charset.Repair(broken); got != "the “krill” survey" {
		t.Errorf("Repair(%q) = %q", broken, got)
	}
}

func TestRepairLeavesWhatIsWritten(t *testing.T) {
	for _, s := range []string{
		"the “CAFÉ” and “IRMÔ, “SMÅ”, “Ö”", "“le café”», dit-il", "élan à… «ça»", "NÃO, IRMÃ", "Â", "naïve façade — “ok”",
		"PREÇO: R$ 5 «Ã»", "«В» и «С»", "В «Р»", "Größe: Fuß” und “Ä”", "Ünlü “TÜRKİYE”", "ПРЕЗИДЕНТ “США”", "C’est “l’été” — déjà à «Nîmes»…",
		"lost \uFFFD sign", "日本「外務省」",
	} {
		if got, n := charset.Repair(s); got != s || n != 0 {
			t.Errorf("Repair(%q) = %q, %d repaired", s, got, n)
		}
	}
}

// Every text that is valid UTF-8 in the encoding's own letters survives, and what was
// saved in windows-1252 and read as such is no misreading.
func FuzzRepair(f *testing.F) {
	f.Add("The Minister’s “krill survey” — à Québec")
	f.Add("«В» и")
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "")
		got, n := charset.Repair(s)
		if n == 0 && got != s {
			t.Fatalf("Repair(%q) = %q and says that nothing was repaired", s, got)
		}
		if strings.ToValidUTF8(got, "") != got {
			t.Fatalf("Repair(%q) is no UTF-8", s)
		}
		if again, n := charset.Repair(got); n > 0 && len(again) >= len(got) {
			t.Fatalf("Repair(Repair(%q)) grows", s)
		}
	})
}
