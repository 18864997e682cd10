package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// commandLine is what the arguments say, sorted into the one order that
// urfave/cli reads safely: global flags, command, its flags, "--", operands.
type commandLine struct {
	globals  []string
	path     []*cli.Command // the command and its subcommand, outermost first
	flags    []string
	operands []string
	help     bool
}

// args returns the arguments for cli, the program's name first.
func (l *commandLine) args() []string {
	out := append([]string{"readout"}, l.globals...)
	for _, c := range l.path {
		out = append(out, c.Name)
	}
	if len(l.path) == 0 {
		return out
	}
	out = append(out, l.flags...)
	out = append(out, "--")
	return append(out, l.operands...)
}

// name returns the command as it is typed, "topics rename".
func (l *commandLine) name() string {
	parts := []string{"readout"}
	for _, c := range l.path {
		parts = append(parts, c.Name)
	}
	return strings.Join(parts, " ")
}

// arrange reads the arguments against the flags of root and of the command they
// name. Flags may stand anywhere, global ones even before the command; "--" ends
// them, and "-" is an operand. A flag that is not known, or lacks its value, and
// a command that does not exist are usage errors.
func arrange(root *cli.App, args []string) (*commandLine, error) {
	line := &commandLine{}
	commands := root.Commands
	for i := 0; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			rest := args[i+1:]
			if len(line.path) == 0 && len(rest) > 0 {
				return nil, unknownCommand(line, rest[0], commands)
			}
			line.operands = append(line.operands, rest...)
			break
		}
		if len(arg) < 2 || arg[0] != '-' {
			if c := findCommand(commands, arg); c != nil && len(line.operands) == 0 {
				line.path = append(line.path, c)
				commands = c.Subcommands
				continue
			}
			switch {
			case len(line.path) == 0 && arg == "help":
				line.help = true // "readout help timeline"
			case len(commands) > 0:
				return nil, unknownCommand(line, arg, commands)
			default:
				line.operands = append(line.operands, arg)
			}
			continue
		}
		name, value, hasValue := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		if name == "help" || name == "h" {
			line.help = true
			continue
		}
		if name == "version" && len(line.path) == 0 {
			if c := findCommand(commands, "version"); c != nil {
				line.path, commands = append(line.path, c), nil
				continue
			}
		}
		flag, global := line.find(root, name)
		if flag == nil {
			return nil, unknownFlag(root, line, arg, name)
		}
		word := "--" + flag.Names()[0]
		out := []string{word}
		switch {
		case hasValue:
			out = []string{word + "=" + value}
		case takesValue(flag):
			if i+1 == len(args) || line.isFlag(root, args[i+1]) {
				return nil, &usageError{msg: fmt.Sprintf("flag %s needs a value", word), hint: line.name() + " --help"}
			}
			i++
			out = []string{word + "=" + args[i]}
		}
		if global {
			line.globals = append(line.globals, out...)
		} else {
			line.flags = append(line.flags, out...)
		}
	}
	return line, nil
}

// find returns the flag of that name, of the command or else a global one.
func (l *commandLine) find(root *cli.App, name string) (flag cli.Flag, global bool) {
	if len(l.path) > 0 {
		if f := findFlag(l.path[len(l.path)-1].Flags, name); f != nil {
			return f, false
		}
	}
	if f := findFlag(root.Flags, name); f != nil {
		return f, true
	}
	return nil, false
}

// says reports whether the command's flag of that name was given a value.
func (l *commandLine) says(name string) bool {
	return slices.ContainsFunc(l.flags, func(f string) bool { return strings.HasPrefix(f, "--"+name+"=") })
}

// isFlag reports whether arg is a flag and not a value that begins with a dash.
func (l *commandLine) isFlag(root *cli.App, arg string) bool {
	if arg == "--" {
		return true
	}
	if len(arg) < 2 || arg[0] != '-' {
		return false
	}
	name, _, _ := strings.Cut(strings.TrimLeft(arg, "-"), "=")
	f, _ := l.find(root, name)
	return f != nil || name == "help"
}

func findCommand(commands []*cli.Command, name string) *cli.Command {
	for _, c := range commands {
		if c.HasName(name) {
			return c
		}
	}
	return nil
}

func findFlag(flags []cli.Flag, name string) cli.Flag {
	for _, f := range flags {
		if slices.Contains(f.Names(), name) {
			return f
		}
	}
	return nil
}

func flagNames(flags []cli.Flag) []string {
	var out []string
	for _, f := range flags {
		out = append(out, f.Names()[0])
	}
	return out
}

func takesValue(f cli.Flag) bool {
	d, ok := f.(cli.DocGenerationFlag)
	return ok && d.TakesValue()
}

func unknownCommand(line *commandLine, got string, commands []*cli.Command) error {
	var names []string
	for _, c := range commands {
		if !c.Hidden {
			names = append(names, c.Name)
		}
	}
	hint := line.name() + " --help"
	if near := nearest(got, names, 1); len(near) > 0 {
		hint = line.name() + " " + near[0]
	} else if n := len(line.path); n > 0 && findFlag(line.path[n-1].Flags, "series") != nil && !line.says("series") {
		hint = line.name() + " --series " + got
	}
	return &usageError{
		msg: fmt.Sprintf("unknown command %q", strings.TrimPrefix(line.name()+" "+got, "readout ")), hint: hint,
		known: fmt.Sprintf("the commands of %s: %s", line.name(), strings.Join(names, ", ")),
	}
}

// unknownFlag explains a flag that nobody knows: a slip of the pen, a flag of a
// command that has not been named yet, or an operand that begins with a dash.
func unknownFlag(root *cli.App, line *commandLine, arg, name string) error {
	var own, names []string // flags of the command, and with the global ones
	if len(line.path) > 0 {
		own = flagNames(line.path[len(line.path)-1].Flags)
	}
	names = append(flagNames(root.Flags), own...)
	err := &usageError{msg: fmt.Sprintf("unknown flag %s", arg), hint: line.name() + " --help"}
	err.known = fmt.Sprintf("the flags of %s: --%s", line.name(), strings.Join(append(own, flagNames(root.Flags)...), ", --"))
	if len(line.path) == 0 {
		for _, c := range root.Commands {
			if !c.Hidden && findFlag(c.Flags, name) != nil {
				err.msg = fmt.Sprintf("flag --%s belongs to a command and stands after it", name)
				err.hint = fmt.Sprintf("readout %s --%s …", c.Name, name)
				return err
			}
		}
	}
	if near := nearest(name, names, 1); len(near) > 0 {
		err.hint = line.name() + " --" + near[0]
	} else if len(line.path) > 0 && line.path[len(line.path)-1].ArgsUsage != "" {
		err.hint += fmt.Sprintf("; an operand that begins with a dash stands after --: %s -- %s", line.name(), arg)
	}
	return err
}
