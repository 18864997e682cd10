// Package postgres keeps a store on a PostgreSQL server: for several collectors, many
// readers and no hour at which everything stands still.
//
// [Open] is given the address of one or more servers. Everything that knows what a row
// means stands above, in package storage, and is the same for a file: here are the
// tables, each of keys and values in order of their bytes, and what a server needs that
// a file does not.
//
// A reading transaction sees one snapshot. A writing one is alone: it holds an advisory
// lock for the store, because the log is strictly ordered anyway; its writes are held
// in memory ([storage.Draft]) and sent at its end, so that only what it asks for needs an
// answer of the server. What was asked is remembered for as long as nobody writes.
//
// A connection that is lost is made again, within the time that a lock is waited for.
// Every commit has a token by which it is known afterwards whether it was kept.
package postgres
