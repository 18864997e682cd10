package fetch

import (
	"net/http"
	"testing"
	"time"
)

// TestRetryAfterIsBounded reads what servers write: a mistake of years is believed for a
// week, and a moment that has passed asks for nothing.
func TestRetryAfterIsBounded(t *testing.T) {
	now := time.Date(2037, 3, 2, 8, 0, 0, 0, time.UTC)
	for header, want := range map[string]time.Duration{
		"":         0,
		"0":        0,
		"-5":       0,
		"soon":     0,
		"120":      2 * time.Minute,
		"99999999": maxRetryAfter,
		now.Add(time.Hour).Format(http.TimeFormat):     time.Hour,
		now.AddDate(3, 0, 0).Format(http.TimeFormat):   maxRetryAfter,
		now.Add(-time.Hour).Format(http.TimeFormat):    0,
		now.Add(maxRetryAfter).Format(http.TimeFormat): maxRetryAfter,
	} {
		got := retryAfter(http.Header{"Retry-After": {header}}, now)
		if want == 0 && !got.IsZero() || want > 0 && got.Sub(now) != want {
			t.Errorf("retryAfter(%q) = %v, want %v from now", header, got, want)
		}
	}
}

// TestTheLongerWaitHolds asks a host to be left alone for long and then for less.
func TestTheLongerWaitHolds(t *testing.T) {
	const origin = "https://mfa.example"
	now := time.Date(2037, 3, 2, 8, 0, 0, 0, time.UTC)
	c := New(Options{})
	for _, d := range []time.Duration{time.Hour, 3 * time.Hour, time.Minute} {
		c.leaveAlone(origin, now.Add(d))
	}
	if got := c.Hosts()[origin].Wait; !got.Equal(now.Add(3 * time.Hour)) {
		t.Errorf("left alone until %v, want three hours from %v", got, now)
	}
}
