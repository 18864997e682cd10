package tabular

import (
	"fmt"
	"strconv"

	"readout/internal/show/publish"
)

// value returns a cell as its column's type: nil where it is empty, else an int64, float64,
// bool or string.
func value(t publish.ColumnType, cell string) (v any, err error) {
	if cell == "" {
		return nil, nil
	}
	switch t {
	case publish.Whole:
		v, err = strconv.ParseInt(cell, 10, 64)
	case publish.Decimal:
		v, err = strconv.ParseFloat(cell, 64)
	case publish.Truth:
		v, err = strconv.ParseBool(cell)
	default:
		return cell, nil
	}
	if err != nil {
		return nil, fmt.Errorf("cell %q: %w", cell, err)
	}
	return v, nil
}
