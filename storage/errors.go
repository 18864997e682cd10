package storage

import "errors"

var (
	// ErrLocked is returned when another process held the store for longer than
	// Options.LockTimeout.
	ErrLocked = errors.New("the store is locked by another process")
	// ErrVersion is returned when the file was written by a newer format than
	// this program knows, or is not a store at all.
	ErrVersion = errors.New("unknown store format")
	// ErrOutdated is returned when the file was written by an older format and has
	// to be brought over, see [DB.Upgrade].
	ErrOutdated = errors.New("the store has an older format")
	// ErrNotFound is returned when the store has nothing under the given key.
	ErrNotFound = errors.New("not found")
	// ErrNoStore is returned by DB.View when the file does not exist yet.
	ErrNoStore = errors.New("there is no store yet")
	// ErrReadOnly is returned by DB.Update where the store can only be read.
	ErrReadOnly = errors.New("the store can only be read")
	// ErrUnmigrated is returned when the tables on a server are of an older program, and
	// somebody has to decide when they are changed.
	ErrUnmigrated = errors.New("the tables of the store are of an older readout")
	// ErrDamaged is returned when the file contradicts itself: a checksum that is
	// wrong, a page that cannot be read.
	ErrDamaged = errors.New("the store is damaged")
)
