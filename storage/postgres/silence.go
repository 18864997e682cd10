package postgres

import (
	"net"
	"time"
)

// silence is how long a network may say nothing, though asked, before a connection counts
// as broken. A server that works, or waits for its standbys, answers such questions all
// the while: its kernel does.
const silence = 15 * time.Second

// questions is how many times a silent network is asked before that time is over.
const questions = 3

// dialer makes connections that notice when the network between was cut.
func dialer(connect time.Duration) *net.Dialer {
	return &net.Dialer{
		Timeout: connect,
		KeepAliveConfig: net.KeepAliveConfig{
			Enable: true, Idle: silence / questions, Interval: silence / questions, Count: questions - 1,
		},
		Control: notAcknowledged,
	}
}
