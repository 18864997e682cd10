// Package show writes answers, the structs of package ask, down: [JSON] and [JSONLines]
// for scripts, [Text] for people at a terminal. [Style] holds what the terminal can do.
// What the product says in words of its own, such as that a statement is no longer
// said, stands in words.go, for every medium.
//
// Text is cleaned of control and bidirectional characters, which a published page
// could use to deceive the reader of a terminal; JSON is not.
package show
