// Package speech says who speaks in each statement of a release, and what
// they are reported to do with words: the speech act.
//
// [Attribute] reads a release whose parties, sections and statements are known
// and fills in its participants and, per statement, speakers, act and verb. It
// works clause by clause: [Lexicon] names the reporting verbs and the words by
// which persons, offices and sides are named; a small parser finds the first
// main clause in which one of them acts; what pronouns, short titles and "the
// following" stand for comes from the statements before.
//
// The rules are those of official English in general. They know no person, and
// of countries only what the gazetteer tells them.
package speech
