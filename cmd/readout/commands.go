package main

import "github.com/urfave/cli/v2"

// commands returns the subcommands in the order of their help: the daily ones
// first.
func (a *app) commands() []*cli.Command {
	return []*cli.Command{
		a.ingestCommand(),
		a.pullCommand(),
		a.sourcesCommand(),
		a.timelineCommand(),
		a.diffCommand(),
		a.briefCommand(),
		a.matrixCommand(),
		a.blameCommand(),
		a.changesCommand(),
		a.watchCommand(),
		a.topicsCommand(),
		a.phraseCommand(),
		a.phrasesCommand(),
		a.formulasCommand(),
		a.spreadCommand(),
		a.substitutionsCommand(),
		a.searchCommand(),
		a.listCommand(),
		a.seriesCommand(),
		a.showCommand(),
		a.citeCommand(),
		a.logCommand(),
		a.doubtsCommand(),
		a.rulesCommand(),
		a.settleCommand(),
		a.exportCommand(),
		a.importCommand(),
		a.checkCommand(),
		a.backupCommand(),
		a.repairCommand(),
		a.proveCommand(),
		a.verifyCommand(),
		a.withdrawCommand(),
		a.restoreCommand(),
		a.compactCommand(),
		a.reindexCommand(),
		a.statsCommand(),
		a.serveCommand(),
		a.mcpCommand(),
		a.demoCommand(),
		a.completionCommand(),
		a.manCommand(),
		a.versionCommand(),
		a.completeCommand(),
	}
}
