// Package storage keeps releases in one file, for ever: the bytes as they were
// captured, who captured them when and what the user said about them, what was
// read out of them, and the topics decisions of a person.
//
// A [DB] names the file. [DB.View] and [DB.Update] each take the locks, open the
// file, run one function in one transaction and close the file again, so that any
// number of processes can share it: a cron job that writes never makes another one
// or a reader fail. The function is handed a [Reader] or a [Writer]; whatever it
// returns is its own copy and stays valid.
//
// [Capture] rows and their bytes are primary data: they are added and never
// changed or removed. [Reading], [Entry] and the postings are derived: they can be
// thrown away and made again from the captures by the caller, who knows the rules.
// The package knows no rule of reading; it checks only that what it gives back is
// what it was given.
//
// # Layout
//
// A bucket is written "name: key -> value"; ‖ joins fixed-width or 0-ended pieces.
// Integers are big-endian, so keys sort as what they mean does. A record is the
// CRC-32C of key and payload, then the payload.
//
//	meta:     "format" -> uint32
//	blob:     sha256 -> zstd of the captured bytes
//	capture:  sha256 ‖ captured_at ‖ tail -> record of JSON
//	log:      seq -> record of: kind ‖ key
//	head:     reading -> record of JSON (a reading without statements and text)
//	body:     reading -> record of zstd of JSON (statements and text)
//	entry:    release id -> record of JSON
//	day:      series 0 day 0 id -> nothing
//	curation: series 0 kind -> record
//	mark:     name -> record of seq
//	fetch:    address or name -> record of: due ‖ standing 0 notes
//	doc:      number -> reading
//	docof:    reading -> number
//	segment:  number -> uint32 (documents in it)
//	post:     segment -> bucket of: term -> record of postings
//
// docs/storage-format.md explains every field with an example.
package storage
