package tabular

import (
	"encoding/binary"

	"readout/internal/show/publish"
)

// thriftWriter writes structures in the compact protocol of Thrift, in which Parquet has what
// it says of pages and files: a field is the step from the number of the field before, a type
// and the value; a structure ends with a zero. Numbers are zigzag varints.
type thriftWriter struct {
	out  []byte
	last []int // the number of the last field of every structure that is open
}

// The types of Thrift.
const (
	thriftI32, thriftI64, thriftBinary, thriftList, thriftStruct = 5, 6, 8, 9, 12
)

func (w *thriftWriter) field(number int, kind byte) {
	top := len(w.last) - 1
	w.out = append(w.out, byte(number-w.last[top])<<4|kind)
	w.last[top] = number
}

// open begins a structure that is the whole or an element of a list.
func (w *thriftWriter) open() { w.last = append(w.last, 0) }

func (w *thriftWriter) close() {
	w.out, w.last = append(w.out, 0), w.last[:len(w.last)-1]
}

// structure begins a structure in a field.
func (w *thriftWriter) structure(number int) {
	w.field(number, thriftStruct)
	w.open()
}

// list begins a list in a field, whose elements follow.
func (w *thriftWriter) list(number int, kind byte, n int) {
	w.field(number, thriftList)
	if n < 15 {
		w.out = append(w.out, byte(n)<<4|kind)
		return
	}
	w.out = binary.AppendUvarint(append(w.out, 0xF0|kind), uint64(n))
}

func (w *thriftWriter) i32(number int, v int) {
	w.field(number, thriftI32)
	w.out = binary.AppendVarint(w.out, int64(v))
}

func (w *thriftWriter) i64(number int, v int64) {
	w.field(number, thriftI64)
	w.out = binary.AppendVarint(w.out, v)
}

func (w *thriftWriter) text(number int, s string) {
	w.field(number, thriftBinary)
	w.bytes(s)
}

// bytes writes a text without a field before it: an element of a list.
func (w *thriftWriter) bytes(s string) {
	w.out = append(binary.AppendUvarint(w.out, uint64(len(s))), s...)
}

// pageHead returns the PageHeader of a page of so many rows and bytes.
func pageHead(rows, size, packed int) []byte {
	w := &thriftWriter{}
	w.open()
	w.i32(1, dataPage)
	w.i32(2, size)
	w.i32(3, packed)
	w.structure(5)
	w.i32(1, rows)
	w.i32(2, encodingPlain)
	w.i32(3, encodingRLE) // of the bits
	w.i32(4, encodingRLE)
	w.close()
	w.close()
	return w.out
}

// footer returns the FileMetaData.
func (t *parquetTable) footer() []byte {
	w := &thriftWriter{}
	w.open()
	w.i32(1, 1)
	w.list(2, thriftStruct, len(t.table.Columns)+1)
	w.open()
	w.text(4, t.table.Name)
	w.i32(5, len(t.table.Columns))
	w.close()
	for _, c := range t.table.Columns {
		w.column(c)
	}
	rows := 0
	for _, g := range t.groups {
		rows += g.rows
	}
	w.i64(3, int64(rows))
	w.list(4, thriftStruct, len(t.groups))
	for _, g := range t.groups {
		w.group(t.table.Columns, g)
	}
	w.text(6, "readout") // without a version, which would change the bytes
	w.close()
	return w.out
}

// column writes the SchemaElement of a column.
func (w *thriftWriter) column(c publish.Column) {
	w.open()
	w.i32(1, parquetType(c))
	w.i32(3, optional)
	w.text(4, c.Name)
	if c.Type == publish.Text {
		w.i32(6, textUTF8)
		w.structure(10) // the newer name of a text: a choice of which the first is text
		w.structure(1)
		w.close()
		w.close()
	}
	w.close()
}

func parquetType(c publish.Column) int {
	switch c.Type {
	case publish.Whole:
		return typeInt64
	case publish.Decimal:
		return typeDouble
	case publish.Truth:
		return typeBoolean
	}
	return typeByteArray
}

// group writes a RowGroup.
func (w *thriftWriter) group(columns []publish.Column, g rowGroup) {
	size := int64(0)
	w.open()
	w.list(1, thriftStruct, len(columns))
	for i, c := range columns {
		size += g.chunks[i].unpacked
		w.chunk(c, g.rows, g.chunks[i])
	}
	w.i64(2, size)
	w.i64(3, int64(g.rows))
	w.close()
}

// chunk writes a ColumnChunk with its ColumnMetaData.
func (w *thriftWriter) chunk(c publish.Column, rows int, k chunk) {
	w.open()
	w.i64(2, k.offset)
	w.structure(3)
	w.i32(1, parquetType(c))
	w.list(2, thriftI32, 2)
	w.out = binary.AppendVarint(w.out, encodingPlain)
	w.out = binary.AppendVarint(w.out, encodingRLE)
	w.list(3, thriftBinary, 1)
	w.bytes(c.Name)
	w.i32(4, codecZstd)
	w.i64(5, int64(rows))
	w.i64(6, k.unpacked)
	w.i64(7, k.size)
	w.i64(9, k.offset)
	w.close()
	w.close()
}
