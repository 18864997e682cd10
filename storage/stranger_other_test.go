//go:build !linux

package storage_test

import (
	"os"
	"testing"
)

// asStranger runs a function as somebody whom permissions bind.
func asStranger(t *testing.T) func(func()) {
	if os.Getuid() == 0 {
		t.Skip("permissions do not bind this user")
	}
	return func(do func()) { do() }
}
