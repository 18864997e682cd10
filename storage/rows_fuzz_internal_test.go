package storage

import (
	"bytes"
	"context"
	"testing"
)

// FuzzRows: a row of any table whose checksum is right, and whose content is anything, is read or
// is a finding of a check; nothing panics over it.
func FuzzRows(f *testing.F) {
	packer, err := newPacker()
	if err != nil {
		f.Fatal(err)
	}
	whole := rowsOfAll(f, talks(f, 1))
	for i, table := range tables() {
		for _, row := range whole[table] {
			f.Add(uint8(i), row.Key, row.Value[min(checksumSize, len(row.Value)):], true)
			f.Add(uint8(i), row.Key, row.Value, false)
		}
		f.Add(uint8(i), []byte("k"), []byte{}, true)
		f.Add(uint8(i), bytes.Repeat([]byte{1}, captureKeySize), []byte{0xa1, 1, 2}, true)
	}
	f.Fuzz(func(t *testing.T, n uint8, key, payload []byte, sealed bool) {
		over := map[string]*written{}
		rows := &rehearsed{noRows{}, over}
		for table, all := range whole {
			for _, row := range all {
				if err := rows.Put(table, row.Key, row.Value); err != nil {
					t.Fatal(err)
				}
			}
		}
		value := payload
		if sealed {
			value = seal(key, payload)
		}
		if err := rows.Put(tables()[int(n)%len(tables())], key, value); err != nil {
			t.Fatal(err)
		}
		x := &tx{rows: rows, packer: packer}
		(&checker{ctx: context.Background(), tx: x}).run()
		for _, err := range x.Log(0) {
			if err != nil {
				break
			}
		}
		for _, err := range x.Fetches() {
			if err != nil {
				break
			}
		}
		_, _, _ = x.Days() // an error is an answer
	})
}

// rowsOfAll are all rows of a store.
func rowsOfAll(tb testing.TB, db *DB) map[string][]Row {
	tb.Helper()
	out := map[string][]Row{}
	err := db.engine.View(context.Background(), func(rows Rows) error {
		for _, table := range tables() {
			for row, err := range rows.Scan(table, nil) {
				if err != nil {
					return err
				}
				out[table] = append(out[table], Row{bytes.Clone(row.Key), bytes.Clone(row.Value)})
			}
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return out
}
