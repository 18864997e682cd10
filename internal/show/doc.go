// Package show writes what readout found: JSON for scripts, text for people.
//
// Every answer has a document type with a constructor, as [NewDiff] makes a
// [Diff] from a report. The type's JSON encoding is what docs/json.md promises to
// scripts; its Text method writes the same answer for a terminal, and its Lines
// are the objects of the format "jsonl". [Style] holds what a terminal can do.
//
// Text is cleaned of control and bidirectional characters, which a published page
// could use to deceive the reader of a terminal; JSON is not.
package show
