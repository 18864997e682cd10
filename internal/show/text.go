package show

import (
	"fmt"
	"io"
	"strings"

	"readout/internal/ask"
	"readout/internal/letters"
)

// Text writes an answer for people.
func Text(w io.Writer, s Style, answer ask.Answer) error {
	switch x := answer.(type) {
	case *ask.Blame:
		return writeBlame(w, s, x)
	case *ask.Brief:
		return writeBrief(w, s, x)
	case *ask.BriefCheck:
		return writeBriefCheck(w, s, x)
	case *ask.Chain:
		return Diffs(w, s, DiffView{}, x.Diffs...)
	case *ask.Changes:
		return writeChanges(w, s, x)
	case *ask.Check:
		return writeCheck(w, s, x)
	case *ask.Compact:
		return writeCompact(w, s, x)
	case *ask.Copy:
		return writeCopy(w, s, x)
	case *ask.Migration:
		return writeMigration(w, s, x)
	case *ask.Citation:
		_, err := io.WriteString(w, letters.Clean(x.Sentence())+"\n")
		return err
	case *ask.Diff:
		return Diffs(w, s, DiffView{}, x)
	case *ask.Doubts:
		return writeDoubts(w, s, x)
	case *ask.RulesTest:
		return writeRulesTest(w, s, x)
	case *ask.RulesWhy:
		return writeRulesWhy(w, s, x)
	case *ask.Explanation:
		return writeExplanation(w, s, x)
	case *ask.Formulas:
		return writeFormulas(w, s, x)
	case *ask.Ingest:
		return writeIngest(w, s, x)
	case *ask.Inspection:
		return writeInspection(w, s, x)
	case *ask.List:
		return writeList(w, s, x)
	case *ask.Log:
		return writeLog(w, s, x)
	case *ask.Matrix:
		return writeMatrix(w, s, x)
	case *ask.Phrase:
		return writePhrase(w, s, x)
	case *ask.Phrases:
		return writePhrases(w, s, x)
	case *ask.Pull:
		return writePull(w, s, x)
	case *ask.Reindex:
		return writeReindex(w, s, x)
	case *ask.Release:
		return writeRelease(w, s, x)
	case *ask.Repair:
		return writeRepair(w, s, x)
	case *ask.Search:
		return writeSearch(w, s, x)
	case *ask.SeriesList:
		return writeSeriesList(w, s, x)
	case *ask.Catalogue:
		return writeCatalogue(w, s, x)
	case *ask.Sources:
		return writeSources(w, s, x)
	case *ask.Spread:
		return writeSpread(w, s, x)
	case *ask.Judgements:
		return writeJudgements(w, s, x)
	case *ask.Proposals:
		return writeProposals(w, s, x)
	case *ask.Stats:
		return writeStats(w, s, x)
	case *ask.Substitutions:
		return writeSubstitutions(w, s, x)
	case *ask.Synopsis:
		return writeSynopsis(w, s, x)
	case *ask.Timeline:
		return writeTimeline(w, s, x)
	case *ask.Topics:
		return writeTopics(w, s, x)
	case *ask.TwoSided:
		return writeTwoSided(w, s, x)
	case *ask.Verification:
		return writeVerification(w, s, x)
	case *ask.Withdrawal:
		return writeWithdrawal(w, x)
	case *ask.Version:
		return writeVersion(w, s, x)
	case *ask.Watches:
		return writeWatches(w, s, x)
	}
	return fmt.Errorf("%T has no text", answer)
}

// Heading writes a line that introduces an answer, and under it the command that
// gives the answer, "" for none.
func Heading(w io.Writer, s Style, heading, command string) error {
	var b strings.Builder
	b.WriteString("\n" + text(boldCyan, heading).block(s, "", "", s.prose()))
	if command != "" {
		b.WriteString(whole(dim, "$ "+command).block(s, "", "  ", s.prose()))
	}
	b.WriteByte('\n')
	_, err := io.WriteString(w, b.String())
	return err
}
