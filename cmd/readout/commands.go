package main

import "github.com/urfave/cli/v2"

// commands returns the subcommands in the order of their help: the daily ones
// first.
func (a *app) commands() []*cli.Command {
	return []*cli.Command{
		a.diffCommand(),
		a.versionCommand(),
	}
}
