package speech_test

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"readout/internal/reading/names"
	"readout/internal/reading/speech"
	"readout/timeline"
)

// abroad makes a release of Norway and Peru in a language.
func abroad(language string, kind timeline.Kind, sentences ...string) *timeline.Release {
	rel := release("", sentences...)
	rel.Language, rel.Kind = language, kind
	speech.Attribute(rel, names.Default().In(language), speech.Default())
	return rel
}

// What both wrote they state in every sentence, unless it names somebody.
func TestWrittenByBothInSpanish(t *testing.T) {
	rel := abroad("es", timeline.KindJointStatement, "Nuestros mares son fríos y profundos.", "Los ministros acordaron abrir el muelle.", "Nuestros mares")
	got := []string{string(rel.Statements[0].Act), string(rel.Statements[1].Act), string(rel.Statements[2].Act)}
	if diff := gocmp.Diff([]string{"state", "agree", "none"}, got); diff != "" {
		t.Errorf("acts differ (-want +got):\n%s", diff)
	}
}

// An office alone names somebody whom the text named before.
func TestNameBeforeItsOffice(t *testing.T) {
	rel := abroad("hu", timeline.KindMeeting, "Odd Vinje norvég pénzügyminiszter tegnap Oslóban tárgyalt Ana Quispe perui külügyminiszterrel.")
	if diff := gocmp.Diff([]string{"Odd Vinje NO office", "Ana Quispe PE office"}, present(rel)); diff != "" {
		t.Errorf("participants differ (-want +got):\n%s", diff)
	}
	rel = abroad("de", timeline.KindMeeting, "Die norwegische Außenministerin Åse Lund traf den peruanischen Außenminister Juan Paz.", "Die Außenministerin begrüßte den Plan.")
	if diff := gocmp.Diff([]string{"Åse Lund NO office", "Juan Paz PE office"}, present(rel)); diff != "" {
		t.Errorf("participants differ (-want +got):\n%s", diff)
	}
}
