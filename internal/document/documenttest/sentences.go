package documenttest

import (
	"fmt"
	"strings"
)

// Sentences returns texts of about so many bytes of sentences that are each as long, and full of one
// thing that readers look for: names, offices, words of saying. What is asked of each of them and goes
// over the whole sentence costs the square of its length.
func Sentences(size, length int) map[string]string {
	out := map[string]string{}
	for unit, end := range crowded {
		sentence := strings.TrimRight(strings.Repeat(unit, length/len(unit)), " ") + end
		out[unit+end+".txt"] = strings.Repeat(sentence, size/len(sentence)+1)
	}
	return out
}

// People returns texts of about so many bytes that name as many persons as there is room for, each once.
func People(size int) map[string]string {
	const length = 400 // of a sentence
	out := map[string]string{}
	for format, end := range peopled {
		var b strings.Builder
		for i := 0; b.Len() < size; {
			for from := b.Len(); b.Len()-from < length; i++ {
				fmt.Fprintf(&b, format, name(i))
			}
			b.WriteString(end)
		}
		out[format+end+".txt"] = b.String()
	}
	return out
}

// name returns a name of its own for each number.
func name(i int) string {
	var b strings.Builder
	b.WriteByte(byte('A' + i%26))
	for i /= 26; i > 0 || b.Len() < 4; i /= 26 {
		b.WriteString([]string{"na", "le", "ro", "ti", "su", "ka", "mo", "vi"}[i%8])
	}
	return b.String()
}

// crowded are what a sentence is full of, and how it ends.
var crowded = map[string]string{
	"Norway, ":                     "agreed. ",
	"Norway and ":                  "Uruguay agreed. ",
	"Norwegian and ":               "Uruguayan officials met. ",
	"on Norway, ":                  "they agreed. ",
	"As Norway, ":                  "they agreed. ",
	"with Norway ":                 "agreed. ",
	"for Norway ":                  "agreed. ",
	"NATO and ":                    "NATO. ",
	"Norway said that ":            "it agreed. ",
	"he said that ":                "she said. ",
	"Minister of Norway, ":         "met. ",
	"the Minister for Norway and ": "agreed. ",
	"President of Norway's ":       "met. ",
	"Norway's ":                    "met. ",
	"Oslo, Norway, ":               "met. ",
	"met with ":                    "Norway. ",
	"said, ":                       "Norway. ",
	"to Oslo and ":                 "back. ",
	"the two sides ":               "agreed. ",
	"日本、":                          "は合意した。",
	"日本は":                          "合意した。",
	"日本が":                          "合意した。",
	"外務大臣は":                        "述べた。",
	"日本外務大臣が":                      "述べた。",
	"述べ、":                          "た。",
	"ノルウェー・":                       "合意した。",
	"両大臣は":                         "一致した。",
	"日・":                           "外相会談。",
	"日本政府":                         "。",
	"中国、":                          "达成一致。",
	"中国外交部长王毅说":                    "。",
	"双方":                           "同意。",
	"王毅同":                          "会谈。",
	"中方":                           "表示。",
	"中国":                           "。",
	"对中国":                          "表示。",
	"노르웨이 외교장관은 ":                  "합의했다. ",
	"양측은 ":                         "합의했다. ",
	"노르웨이와 ":                       "합의했다. ",
	"Россия и ":                    "договорились. ",
	"Министр иностранных дел России ": "заявил. ",
	"стороны ":                    "договорились. ",
	"с Россией ":                  "договорились. ",
	"النرويج و":                   "اتفقت. ",
	"وزير خارجية النرويج ":        "قال. ",
	"الجانبان ":                   "اتفقا. ",
	"die norwegische ":            "Ministerin sagte. ",
	"mit Norwegen und ":           "vereinbart. ",
	"Außenministerin Marit Eide ": "sagte. ",
	"la Norvège et ":              "ont convenu. ",
	"le ministre norvégien ":      "a dit. ",
	"M. Dupont, ":                 "a dit. ",
	"avec la Norvège ":            "a convenu. ",
	"Noruega y ":                  "acordaron. ",
	"el ministro de Noruega ":     "dijo. ",
	"Reunión ":                    "tuvo lugar. ",
	"นอร์เวย์และ":                 " ",
	"नॉर्वे और ":                  "। ",
	"Norway/":                     "met. ",
	"Norway-":                     "met. ",
	"(Norway) ":                   "met. ",
	"“Norway” ":                   "met. ",
	"Norway; ":                    "met. ",
	"Norway: ":                    "met. ",
	"17 November 2034 ":           "they met. ",
	"at 10.30 ":                   "they met. ",
	"Mr. A. ":                     "met. ",
}

// peopled are what a text is full of with a person of its own in each, and how a sentence of them ends.
var peopled = map[string]string{
	"Foreign Minister %[1]s and ": "met. ", "Minister %[1]s said that ": "it was. ", "%[1]s, Foreign Minister of Norway, ": "met. ",
	"Außenminister %[1]s und ": "vereinbarten. ", "ministre %[1]s et ": "ont convenu. ", "министр %[1]s и ": "заявили. ",
	"ministro %[1]s dijo que ": "acordaron. ", "Mr. %[1]s, ": "met. ",
}
