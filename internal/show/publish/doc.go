// Package publish turns the answers about a series into documents that people pass on:
// a timeline, a matrix or a brief as a web page, Markdown, a table, a picture, a
// calendar, or the JSON of TimelineJS.
//
// Web pages need nothing but themselves: no script, no font, no address is loaded.
// Insertions are underlined and deletions struck through, whatever the colours. What is
// written depends on the answer alone; the package reads no clock and no file.
package publish
