package example

import (
	"time"

	"readout/internal/reading/calendar"
	"readout/timeline"
)

// dated is the day on which the texts of examples are dated that speak of "today", a Tuesday.
var dated = timeline.DateOf(time.Date(2041, time.March, 5, 0, 0, 0, 0, time.UTC))

// relative returns the day that a text counts from the day on which it is dated.
func (t *trial) relative() (string, error) {
	c, err := calendar.New(t.rules.Book())
	if err != nil {
		return "", err
	}
	return c.Relative(t.text, t.language, dated).String(), nil
}

// day returns the day that a line is nothing but; of a span, with the last day.
func (t *trial) day() (string, error) {
	c, err := calendar.New(t.rules.Book())
	if err != nil {
		return "", err
	}
	d, only := c.Only(t.text)
	if !only {
		return "", nil
	}
	if until := d.Until(d.Date()); !until.IsZero() {
		return d.Date().String() + "/" + until.String(), nil
	}
	return d.Date().String(), nil
}
