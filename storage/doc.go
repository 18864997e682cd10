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
// changed, and removed only by a [Withdrawal], which is kept in their place. [Reading],
// [Entry] and the postings are derived: they can be thrown away and made again from the
// captures by the caller, who knows the rules.
// The package knows no rule of reading; it checks only that what it gives back is
// what it was given.
//
// # Layers
//
// [Engine] keeps rows and knows nothing of them. Above it stands everything that
// knows what a row means, written once: it is what a [Reader] and a [Writer] are.
// What is derived is kept so that no question goes through everything: entries by
// day, by series and by when they were first seen, the places of readings, counts,
// and notes of the caller's own.
//
// docs/storage-format.md explains every field with an example.
package storage
