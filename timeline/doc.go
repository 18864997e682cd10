// Package timeline is the domain of readout: official releases, the statements
// they make, the parties that make them, and the issues ("topics") that run
// through a series of meetings.
//
// A [Release] is one official text, split into [Section]s and [Statement]s; each
// statement carries its place, its speakers and its speech [Act]. Releases of
// the same parties form a series. [Link] finds the topics of a series; [Build]
// lays one topic out in the order the meetings were held.
//
// The package is pure: it reads no file, clock, network or environment, and its
// answers do not depend on the order in which releases are handed to it.
// Comparing wording is the business of package diff.
package timeline
