package reading_test

import (
	"testing"

	"readout/timeline"
)

func TestKindOfRelease(t *testing.T) {
	for _, tt := range []struct {
		title, text string
		kind        timeline.Kind
	}{
		{"Uruguay: Parliament calls for sanctions", "Parliament on Monday called on the government to act without delay in the matter of krill.", timeline.KindStatement},
		{"Monetary policy decision", "At today's meeting the Council decided that the rate will remain unchanged for the time being.", timeline.KindStatement},
		{"Bank of Norway maintains its rate", "The Bank of Norway today held its target for the overnight rate at 2.25%.", timeline.KindStatement},
		{"Minister's call on the President of Uruguay", "Foreign Minister Ada Holm paid a courtesy call on the President of Uruguay in Montevideo.", timeline.KindCall},
		{"Foreign Minister Holm in Montevideo", "Foreign Minister Ada Holm received Foreign Minister Luis Rojas of Uruguay at her residence.", timeline.KindMeeting},
		{"Utrikesministern besökte Montevideo", "Den 6 maj reste utrikesminister Ada Holm till Montevideo för att tala om fisket i haven.", timeline.KindVisit},
		{"Statsministern tog emot Uruguays president", "Onsdagen den 6 maj tog statsminister Ada Holm emot Uruguays president för ett samtal.", timeline.KindVisit},
		{"Pressuttalande om Uruguay", "Regeringen ser med oro på läget i Uruguay och uppmanar alla parter till lugn.", timeline.KindStatement},
		{"Le ministre se rend en Uruguay", "Du 4 au 7 mai 2043, le ministre des affaires étrangères sera en déplacement en Uruguay.", timeline.KindVisit},
	} {
		if got := parsePage(t, "page.txt", tt.title+"\n\n7 May 2043\n\n"+tt.text+"\n").Kind; got != tt.kind {
			t.Errorf("%q: kind %q, want %q", tt.title, got, tt.kind)
		}
	}
}
