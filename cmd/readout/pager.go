package main

import (
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// paged hands what write writes to the user's pager where standard output is a
// terminal, and to standard output elsewhere. The pager is $READOUT_PAGER or
// $PAGER, else less; "cat" or an empty value stands for none.
func (a *app) paged(write func(io.Writer) error) error {
	command := a.pager()
	if len(command) == 0 {
		return write(a.stdout)
	}
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdout, cmd.Stderr = a.screen.file, a.stderr
	cmd.Env = append(os.Environ(), pagerDefaults(a.env)...)
	in, err := cmd.StdinPipe()
	if err != nil {
		return write(a.stdout)
	}
	if err := cmd.Start(); err != nil { // no pager on this machine
		return write(a.stdout)
	}
	err = write(in)
	in.Close()
	cmd.Wait() // a pager that was quit early is no fault
	return err
}

// pager returns the command that shows long text, nil for none.
func (a *app) pager() []string {
	if !a.screen.is() || a.noPager || a.env("TERM") == "dumb" {
		return nil
	}
	value, set := "", false
	for _, name := range []string{"READOUT_PAGER", "PAGER"} {
		if value, set = os.LookupEnv(name); set {
			break
		}
	}
	if !set {
		value = "less"
		if runtime.GOOS == "windows" {
			return nil
		}
	}
	command := strings.Fields(value)
	if len(command) == 0 || command[0] == "cat" {
		return nil
	}
	return command
}

// pagerDefaults are the settings of the common pagers, where the user has none of
// his own: what fits on one screen is just written, colours are kept.
func pagerDefaults(env func(string) string) []string {
	var out []string
	for name, value := range map[string]string{"LESS": "FRX", "LV": "-c"} {
		if env(name) == "" {
			out = append(out, name+"="+value)
		}
	}
	return out
}
