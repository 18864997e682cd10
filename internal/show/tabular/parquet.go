package tabular

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"

	"github.com/klauspost/compress/zstd"

	"readout/internal/show/publish"
)

// Parquet is written here and not by a library: tables of four types without nesting need
// little of the format, and the libraries that write all of it weigh more than the rest of
// the export. The tests read what is written by such a library.
//
// A file is "PAR1", row groups, the footer, its length, "PAR1". A row group has one page a
// column: a bit for every row that has a value, and the values one after another. See
// https://parquet.apache.org/docs/file-format/ and thriftWriter for the footer.

const parquetMagic = "PAR1"

// groupBytes is how many bytes of values make a row group: it is held in memory.
const groupBytes = 16 << 20

// The numbers of the format.
const (
	typeBoolean, typeInt64, typeDouble, typeByteArray = 0, 2, 5, 6

	optional      = 1 // the repetition of a column whose values may be missing
	textUTF8      = 0 // the older name of a text
	encodingPlain = 0
	encodingRLE   = 3
	codecZstd     = 6
	dataPage      = 0
)

// parquetWriter keeps a file a table.
type parquetWriter struct {
	tables []*parquetTable
	packer *zstd.Encoder
}

// parquetTable is one file in the making.
type parquetTable struct {
	file    *os.File
	packer  *zstd.Encoder
	table   publish.Table // without rows
	columns []parquetColumn
	rows    int // in the columns
	offset  int64
	groups  []rowGroup
}

// parquetColumn holds the values of a row group.
type parquetColumn struct {
	has    bits // for every row
	values []byte
	truths bits // the values of a column of truths
}

// bits are packed into bytes, the lowest first.
type bits struct {
	packed []byte
	n      int
}

func (b *bits) add(set bool) {
	if b.n%8 == 0 {
		b.packed = append(b.packed, 0)
	}
	if set {
		b.packed[b.n/8] |= 1 << (b.n % 8)
	}
	b.n++
}

// rowGroup is what the footer says of one.
type rowGroup struct {
	rows   int
	chunks []chunk // one a column
}

// chunk is a column of a row group in the file, sizes with the head of its page.
type chunk struct {
	offset, size, unpacked int64
}

// Parquet writes each of the tables into a file NAME.parquet of the folder dir, as [CSV] does.
// A cell without a value is null.
func Parquet(dir string, tables []publish.Table) (Writer, error) {
	packer, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	w := &parquetWriter{packer: packer}
	err = eachFile(dir, ".parquet", tables, func(t publish.Table, f *os.File) error {
		p := &parquetTable{file: f, packer: packer, table: publish.Table{Name: t.Name, Columns: t.Columns}, columns: make([]parquetColumn, len(t.Columns))}
		w.tables = append(w.tables, p)
		return p.write([]byte(parquetMagic))
	})
	if err != nil {
		return nil, errors.Join(err, w.Discard())
	}
	return w, nil
}

// Write implements Writer.
func (w *parquetWriter) Write(tables []publish.Table) error {
	for i, t := range tables {
		for _, row := range t.Rows {
			if err := w.tables[i].add(row); err != nil {
				return fmt.Errorf("table %s: %w", t.Name, err)
			}
		}
	}
	return nil
}

// Close implements Writer.
func (w *parquetWriter) Close() error {
	var err error
	for _, t := range w.tables {
		err = errors.Join(err, t.flush(), t.finish())
	}
	return errors.Join(err, w.Discard())
}

// Discard implements Writer.
func (w *parquetWriter) Discard() error {
	err := w.packer.Close()
	for _, t := range w.tables {
		err = errors.Join(err, t.file.Close())
	}
	return err
}

// write appends to the file.
func (t *parquetTable) write(b []byte) error {
	n, err := t.file.Write(b)
	t.offset += int64(n)
	return err
}

// add takes a row in.
func (t *parquetTable) add(cells []string) error {
	size := 0
	for i, c := range t.table.Columns {
		v, err := value(c.Type, cells[i])
		if err != nil {
			return err
		}
		t.columns[i].add(v)
		size += len(t.columns[i].values)
	}
	t.rows++
	if size < groupBytes {
		return nil
	}
	return t.flush()
}

// add takes a value in, nil for none.
func (c *parquetColumn) add(v any) {
	c.has.add(v != nil)
	switch v := v.(type) {
	case int64:
		c.values = binary.LittleEndian.AppendUint64(c.values, uint64(v))
	case float64:
		c.values = binary.LittleEndian.AppendUint64(c.values, math.Float64bits(v))
	case bool:
		c.truths.add(v)
	case string:
		c.values = append(binary.LittleEndian.AppendUint32(c.values, uint32(len(v))), v...)
	}
}

// flush writes the rows that were taken in as a row group.
func (t *parquetTable) flush() error {
	if t.rows == 0 {
		return nil
	}
	g := rowGroup{rows: t.rows}
	for i := range t.columns {
		c := &t.columns[i]
		page := c.page()
		packed := t.packer.EncodeAll(page, nil)
		head := pageHead(t.rows, len(page), len(packed))
		g.chunks = append(g.chunks, chunk{offset: t.offset, size: int64(len(head) + len(packed)), unpacked: int64(len(head) + len(page))})
		if err := errors.Join(t.write(head), t.write(packed)); err != nil {
			return err
		}
		*c = parquetColumn{}
	}
	t.rows, t.groups = 0, append(t.groups, g)
	return nil
}

// page returns the column as a page: the length of the bits, one run of them, the values.
func (c *parquetColumn) page() []byte {
	run := append(binary.AppendUvarint(nil, uint64(len(c.has.packed))<<1|1), c.has.packed...)
	out := append(binary.LittleEndian.AppendUint32(nil, uint32(len(run))), run...)
	return append(append(out, c.values...), c.truths.packed...)
}

// finish writes the footer.
func (t *parquetTable) finish() error {
	foot := t.footer()
	foot = binary.LittleEndian.AppendUint32(foot, uint32(len(foot)))
	return t.write(append(foot, parquetMagic...))
}
