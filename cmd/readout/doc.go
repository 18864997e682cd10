// Readout follows what governments say after they meet.
//
// It takes in the releases that foreign ministries publish about their meetings,
// keeps every version that was seen, sorts the statements into the issues that a
// series of meetings is about, and shows meeting by meeting what was said again, in
// other words, or no longer.
//
// # Synopsis
//
//	readout [FLAGS] COMMAND [FLAGS] [OPERANDS]
//
// Flags stand anywhere, global ones before the command too; "--" ends them. What every
// command and flag means is said by readout COMMAND --help and in docs/cli.md.
//
// Take in:
//
//	readout ingest page.html      a release, or a folder of them
//	readout sources add URL       follow a page, an index page, a feed
//	readout pull                  fetch what is due from the sources
//
// Follow:
//
//	readout timeline TOPIC        one issue from meeting to meeting
//	readout diff OLD NEW          two texts, statement by statement
//	readout blame ID              the meeting each piece of wording comes from
//	readout changes               what is new; what cron mails
//	readout watch                 filters for changes under a name
//	readout brief                 where every topic stands before the next meeting
//	readout matrix                which meeting raised which topic
//	readout topics                the issues of a series, and decisions about them
//	readout phrase WORDS          first and last use of a phrase, gaps, returns
//	readout phrases               stock phrases that came, went and came back
//	readout formulas              clauses that recur, how they changed, where they are missing
//	readout spread                who said a phrase first, took it up, let it go
//	readout substitutions         wordings that gave way to others, in one direction
//	readout search WORDS          statements by their words
//
// Look:
//
//	readout list                  the releases
//	readout series                the series of meetings
//	readout show ID               a release, its text, its captured bytes
//	readout cite ID               a citation of it or of one statement
//	readout log ID                its versions
//	readout doubts                what could not be decided
//	readout settle ID             decide it
//	readout judge                 let a local model judge what may be one issue
//	readout rules                 try the rules' examples, ask which rule decided
//	readout serve                 all of it in a browser on this machine
//	readout mcp                   all of it for an assistant, with quotations
//
// Keep:
//
//	readout export                everything as JSON Lines
//	readout import FILE           add what an export holds
//	readout check                 prove that the store is whole
//	readout backup FILE           copy it while it stays in use
//	readout cite RELEASE          cite a release or a statement
//	readout prove RELEASE         a bundle by which a stranger can check a quotation
//	readout verify BUNDLE         check one, or the store against an earlier head
//	readout withdraw RELEASE      delete its texts, and keep the proof that they were there
//	readout repair OUT.db         a new store of what a damaged one still has
//	readout restore BACKUP        put a backup in the place of the store
//	readout copy FROM TO          move it to another file or to a server
//	readout migrate               bring the tables on a server to those of this program
//	readout compact               give back disk space
//	readout reindex               read everything again by the present rules
//	readout stats                 count what it keeps
//	readout demo                  a short tour on embedded samples
//	readout completion SHELL      completion for bash, zsh, fish, PowerShell
//	readout man DIR               the manual pages
//	readout version               which build this is
//
// # Examples
//
// Two pages, and what changed from one to the other:
//
//	readout diff april.html october.html
//
// A folder of releases, the issues in it, one of them through the years:
//
//	readout ingest releases/
//	readout topics --series NO-UY
//	readout timeline "krill quota" --series NO-UY --changes-only
//
// Every morning, a message when there is news and none when there is not:
//
//	readout pull --quiet && readout changes --since-last mail --format rfc822 --mail-to desk@mfa.example | sendmail -t
//
// A script that stops where a published page was altered:
//
//	readout diff --exit-code 2032-05-19@v1 2032-05-19 > /dev/null
//
// # Output
//
// Standard output is the answer, standard error is talk. On a terminal text is
// coloured unless NO_COLOR is set, and long text goes through the pager. Control
// characters of a published page never reach the terminal. The fields of --format json
// and jsonl are a promise, kept in docs/json.md.
//
// # Exit codes
//
//	0  ran, nothing wrong
//	1  failed; in a batch some items failed and the rest is stored
//	2  wrong usage
//	3  differences were found, where --exit-code asked for it
//	4  the store stayed locked by another process beyond --lock-timeout
//
// An interrupt (Ctrl-C) ends with 130, as shells have it.
//
// # Files
//
// The store is the file of --db, else of $READOUT_DB, else
// $XDG_DATA_HOME/readout/readout.db, with two lock files beside it. Word lists of the
// user's own are in $XDG_CONFIG_HOME/readout/rules or the folder of --rules.
//
// # Limitations
//
// Readout reads by rules and tables, not by understanding. Topics, speakers and
// speech acts are found by the wording; docs/quality.md says how often rightly.
// "topics" with its subcommands is for setting right what was found wrong, and
// "topics explain" for asking why.
//
// The rules are made for English. Other languages of the same kind of text are read
// and compared, but with fewer speech acts, if any.
//
// A statement that is dropped is one that the next meeting on the issue did not take
// up in the text that was published. Why, the text does not say. Nor does a release
// that nobody captured.
//
// The store belongs on a local disk: its locks are not safe on network file systems.
package main
