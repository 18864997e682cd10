// Package en sorts the words of English by what they do in a sentence. Which words are in
// a class, and what the class is for, stands in the rule files english.tsv and persons.tsv,
// where a user can add to it; this package knows the classes and nothing of the words.
package en

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

// Words are the words of every class. The zero value has none. It may be shared once
// nothing is added any more.
type Words struct {
	sets   map[string]Set
	values map[Class]map[string]string
	lists  map[Class][]string
}

// Set is the classes that a word is in.
type Set [(len(names) + 63) / 64]uint64

// Has reports whether a class is among them.
func (s Set) Has(c Class) bool { return s[c/64]&(1<<(c%64)) != 0 }

// IsClass reports whether a line of a rule file that begins with a name is one of words.
func IsClass(name string) bool { return slices.Contains(names[1:], name) }

// Add takes in a line of a rule file: a class, its words with commas between, and what they
// stand for, if anything. The words are in lower case.
func (ws *Words) Add(fields []string) error {
	c := Class(slices.Index(names[:], fields[0]))
	if len(fields) < 2 || len(fields) > 3 {
		return fmt.Errorf("want %s and words; have %d fields", fields[0], len(fields))
	}
	if ws.sets == nil {
		ws.sets, ws.values, ws.lists = map[string]Set{}, map[Class]map[string]string{}, map[Class][]string{}
	}
	for word := range strings.SplitSeq(fields[1], ", ") {
		s := ws.sets[word]
		s[c/64] |= 1 << (c % 64)
		ws.sets[word] = s
		ws.lists[c] = append(ws.lists[c], word)
		if len(fields) == 3 {
			if ws.values[c] == nil {
				ws.values[c] = map[string]string{}
			}
			ws.values[c][word] = fields[2]
		}
	}
	return nil
}

// Of returns the classes of a word in lower case.
func (ws *Words) Of(word string) Set { return ws.sets[word] }

// Has reports whether a word, which is in lower case, is in a class.
func (ws *Words) Has(c Class, word string) bool { return ws.sets[word].Has(c) }

// Value returns what a word of a class stands for, "" where nothing is said of it.
func (ws *Words) Value(c Class, word string) string { return ws.values[c][word] }

// List returns the words of a class in the order of the rules.
func (ws *Words) List(c Class) []string { return ws.lists[c] }

// All returns every word that is in a class, in no order, with its classes.
func (ws *Words) All() iter.Seq2[string, Set] { return maps.All(ws.sets) }
