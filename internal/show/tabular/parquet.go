package tabular

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"

	"readout/internal/show/publish"
)

// parquetWriter keeps a file a table.
type parquetWriter struct {
	files  []*os.File
	tables []*parquet.GenericWriter[any]
}

// Parquet writes each of the tables into a file NAME.parquet of the folder dir, as [CSV] does.
// Its columns are in the order of their names, as the library has it.
func Parquet(dir string, tables []publish.Table) (Writer, error) {
	w := &parquetWriter{}
	err := eachFile(dir, ".parquet", tables, func(t publish.Table, f *os.File) error {
		w.files = append(w.files, f)
		// What made the file is named without a version, which would change its bytes.
		w.tables = append(w.tables, parquet.NewGenericWriter[any](f, schema(t), parquet.Compression(&parquet.Zstd),
			parquet.CreatedBy("readout", "", "")))
		return nil
	})
	if err != nil {
		return nil, errors.Join(err, w.Discard())
	}
	return w, nil
}

// schema returns the columns of a table, each of which may be empty in a row.
func schema(t publish.Table) *parquet.Schema {
	group := parquet.Group{}
	for _, c := range t.Columns {
		node := parquet.String()
		switch c.Type {
		case publish.Whole:
			node = parquet.Int(64)
		case publish.Decimal:
			node = parquet.Leaf(parquet.DoubleType)
		case publish.Truth:
			node = parquet.Leaf(parquet.BooleanType)
		}
		group[c.Name] = parquet.Optional(node)
	}
	return parquet.NewSchema(t.Name, group)
}

// Write implements Writer.
func (w *parquetWriter) Write(tables []publish.Table) error {
	for i, t := range tables {
		rows, err := parquetRows(t)
		if err == nil {
			_, err = w.tables[i].WriteRows(rows)
		}
		if err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	return nil
}

// parquetRows returns the rows with their cells in the order of the names of the columns.
func parquetRows(t publish.Table) ([]parquet.Row, error) {
	order := make([]int, len(t.Columns))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(t.Columns[a].Name, t.Columns[b].Name) })
	rows := make([]parquet.Row, len(t.Rows))
	for n, cells := range t.Rows {
		for place, i := range order {
			v, err := value(t.Columns[i].Type, cells[i])
			if err != nil {
				return nil, err
			}
			defined := 1
			if v == nil {
				defined = 0
			}
			rows[n] = append(rows[n], parquet.ValueOf(v).Level(0, defined, place))
		}
	}
	return rows, nil
}

// Close implements Writer.
func (w *parquetWriter) Close() error {
	var err error
	for _, t := range w.tables {
		err = errors.Join(err, t.Close())
	}
	for _, f := range w.files {
		err = errors.Join(err, f.Close())
	}
	return err
}

// Discard implements Writer.
func (w *parquetWriter) Discard() error {
	var err error
	for _, f := range w.files {
		err = errors.Join(err, f.Close())
	}
	return err
}
