package show

import "fmt"

// undatedHead stands above releases whose day is not known, in every answer that puts
// releases in order.
const undatedHead = "UNDATED, in no order"

// settleDay is the command by which a person gives a release its day.
func settleDay(id string) string {
	return "readout settle " + id + " --held YYYY-MM-DD"
}

// undatedNote says of which releases nothing is told because their day is not known,
// and how to settle it; "" of none.
func undatedNote(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	more := ""
	if n := len(ids) - 1; n > 0 {
		more = fmt.Sprintf(" and %d more", n)
	}
	return "left out, for the day is not known: " + ids[0] + more + "; " + settleDay(ids[0])
}
