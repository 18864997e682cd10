package timeline_test

import (
	"slices"
	"testing"

	"readout/timeline"
)

func TestResolve(t *testing.T) {
	known := func(id, name, title string, p timeline.Party, how timeline.Proof) *timeline.Release {
		return &timeline.Release{ID: id, Parties: []timeline.Party{"NO", "PE"}, Participants: []timeline.Participant{
			{Name: name, Title: title, Party: p, Evidence: &timeline.Evidence{How: how, Text: title + " " + name}}}}
	}
	quispe := known("a", "Rosa Quispe", "President of the Republic", "PE", timeline.ProofOffice)
	tests := []struct {
		name  string
		other []*timeline.Release
		want  timeline.Party // "" where it stays unresolved
	}{
		{"proved elsewhere", []*timeline.Release{quispe}, "PE"},
		{"another office", []*timeline.Release{known("a", "Quispe", "Ambassador", "PE", timeline.ProofOffice)}, ""},
		{"another name", []*timeline.Release{known("a", "Paz", "President", "PE", timeline.ProofOffice)}, ""},
		{"weak proof", []*timeline.Release{known("a", "Quispe", "President", "PE", timeline.ProofPublisher)}, ""},
		{"contradiction", []*timeline.Release{quispe, known("b", "Quispe", "President", "NO", timeline.ProofOffice)}, ""},
	}
	for _, tt := range tests {
		rel := &timeline.Release{ID: "z", Parties: []timeline.Party{"NO", "PE"},
			Participants: []timeline.Participant{{Name: "Quispe", Title: "President"}},
			Statements:   []timeline.Statement{{Unresolved: true, By: []string{"Quispe"}, Act: timeline.ActState}}}
		timeline.Resolve(append(slices.Clone(tt.other), rel))
		s := rel.Statements[0]
		if s.Unresolved != (tt.want == "") || !s.Unresolved && !slices.Equal(s.Speakers, []timeline.Party{tt.want}) {
			t.Errorf("%s: unresolved %v, speakers %v", tt.name, s.Unresolved, s.Speakers)
		}
		if e := rel.Participants[0].Evidence; (e != nil) != (tt.want != "") || e != nil && (e.How != timeline.ProofSeries || e.Release != "a") {
			t.Errorf("%s: evidence %v", tt.name, e)
		}
	}
}
