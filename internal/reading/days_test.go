package reading_test

import (
	"testing"

	"readout/internal/document"
	"readout/internal/reading"
)

// read parses a page of plain text that was seen under an address.
func readPage(t *testing.T, address, text string) (held, until, published, doubt string) {
	t.Helper()
	doc, err := document.Parse("page.txt", []byte(text), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := reading.Release(doc, reading.Default(), reading.Overrides{Source: address})
	for _, d := range r.Doubts {
		if d.Field == "held" {
			doubt = d.Why
		}
	}
	return r.Held.String(), r.HeldUntil.String(), r.Published.String(), doubt
}

// The day of the meeting is found among the other days that a page prints.
func TestDayOfMeeting(t *testing.T) {
	const title = "Norway-Uruguay Foreign Ministers' Meeting\n\n"
	for _, tt := range []struct{ name, text, held, published string }{
		{"in the second sentence, in local time",
			title + "July 8, 2043\n\nForeign Minister Ada Holm of Norway met Foreign Minister Luis Rojas of " +
				"Uruguay during her stay in Porto for the Harbour Summit. The talks lasted 30 minutes from " +
				"23:35 local time on July 7 (6:35 on July 8, Oslo time) at the Hotel Sol.\n", "2043-07-07", "2043-07-08"},
		{"the local day behind another's",
			title + "July 9, 2043\n\nOn July 8 (July 7, local time), Foreign Minister Ada Holm of Norway met " +
				"Foreign Minister Luis Rojas of Uruguay in Lima.\n", "2043-07-07", "2043-07-09"},
		{"both clocks in one bracket",
			title + "July 9, 2043\n\nForeign Minister Ada Holm of Norway met Foreign Minister Luis Rojas of " +
				"Uruguay from 9:20 p.m. on July 7 (local time; 3:20 a.m. on July 8, Oslo time).\n", "2043-07-07", "2043-07-09"},
		{"the meeting before in the first sentence",
			title + "5 May 2043\n\nFollowing their talks held on 2 April 2043, Foreign Minister Ada Holm of " +
				"Norway met Foreign Minister Luis Rojas of Uruguay on 4 May 2043.\n", "2043-05-04", "2043-05-05"},
		{"an agreement's day",
			title + "5 May 2043\n\nForeign Minister Ada Holm of Norway and Foreign Minister Luis Rojas of " +
				"Uruguay met on 4 May to review the agreement signed on 1 March 2043.\n", "2043-05-04", "2043-05-05"},
		{"only another meeting's day",
			title + "5 May 2043\n\nForeign Minister Ada Holm of Norway and Foreign Minister Luis Rojas of " +
				"Uruguay met for the first time since 2 April 2043.\n", "", "2043-05-05"},
		{"talks to come",
			title + "5 May 2043\n\nForeign Minister Ada Holm of Norway met Foreign Minister Luis Rojas of " +
				"Uruguay. The next round, scheduled for 3 June 2043, will be held in Oslo.\n", "", "2043-05-05"},
		{"several days",
			"Visit of Foreign Minister Ada Holm to Uruguay\n\n9 May 2043\n\nForeign Minister Ada Holm of " +
				"Norway visited Uruguay from Monday 4 to Thursday 7 May 2043.\n", "2043-05-04", "2043-05-09"},
		{"only the day of the month, the month in the title",
			"Norway-Uruguay Foreign Ministers' Talks of May 2043\n\n3 June 2043\n\nForeign Minister Ada Holm " +
				"of Norway met Foreign Minister Luis Rojas of Uruguay on the 12th, in Oslo.\n", "2043-05-12", "2043-06-03"},
		{"a statement at a briefing",
			"Statement on Uruguay\n\n7 May 2043\n\nStatement delivered on behalf of Norway at the Council's " +
				"briefing on Uruguay on Monday, 4 May 2043.\n", "2043-05-04", "2043-05-07"},
		{"a bank that holds its rate",
			"Bank of Norway maintains its rate\n\n7 May 2043\n\nThe Bank of Norway today held its target for " +
				"the overnight rate at 2.25%.\n", "", "2043-05-07"},
		{"Swedish",
			"Statsministern besökte Montevideo\n\n9 maj 2043\n\nOnsdagen den 6 maj besökte statsminister Ada " +
				"Holm Montevideo för ett möte med Uruguays president och för att tala om fisket i haven.\n", "2043-05-06", "2043-05-09"},
		{"the hour alone",
			title + "May 5, 2043\n\nBetween 12:06 and 14:57 Foreign Minister Ada Holm of Norway and Foreign " +
				"Minister Luis Rojas of Uruguay held a meeting in Oslo.\n", "2043-05-05", "2043-05-05"},
		{"a statement has none",
			"Statement by Foreign Minister Ada Holm on Uruguay\n\n5 May 2043\n\nForeign Minister Ada Holm " +
				"today announced a grant of NOK 4 million for Uruguay.\n", "", "2043-05-05"},
		{"a statement at a meeting",
			"Monetary policy decision\n\n5 May 2043\n\nAt its meeting today, the Board of the Bank of Norway " +
				"decided to leave the rate as it is.\n", "2043-05-05", "2043-05-05"},
		{"German",
			"Treffen mit dem Aussenminister von Uruguay\n\nBern, 24.07.2043 - Departement für auswärtige " +
				"Angelegenheiten\n\nBundesrätin Ada Holm hat heute den Aussenminister von Uruguay, Luis Rojas, " +
				"in Bern empfangen. Sie sprachen über den Fischfang und den Handel der beiden Länder.\n", "2043-07-24", "2043-07-24"},
		{"French, to come",
			"Visite de travail en Uruguay\n\nBerne, 16.06.2043 - La ministre des affaires étrangères Ada " +
				"Holm se rendra le jeudi 18 juin en Uruguay. Elle y rencontrera son homologue Luis Rojas pour " +
				"parler de la pêche.\n", "2043-06-18", "2043-06-16"},
		{"Japanese",
			"日・ウルグアイ外相会談\n\n令和25年2月18日\n\n2月17日（火曜日）12時10分（日本時間18日0時10分）から、森外務大臣は、ロハス・ウルグアイ外務大臣と会談を行いました。両外相は、3月18日に東京で協議を行うことで一致しました。\n", "2043-02-17", "2043-02-18"},
	} {
		held, _, published, doubt := readPage(t, "", tt.text)
		if held != tt.held || published != tt.published {
			t.Errorf("%s: held %q, published %q (%s), want %q and %q", tt.name, held, published, doubt, tt.held, tt.published)
		}
	}
	if _, until, _, _ := readPage(t, "", "Visit of Foreign Minister Ada Holm to Uruguay\n\nForeign Minister Ada Holm of Norway visited Uruguay on 4–7 May 2043.\n"); until != "2043-05-07" {
		t.Errorf("last day %q, want 2043-05-07", until)
	}
}

// A day without a year is completed by what the page proves, and said to be so.
func TestYearIsProved(t *testing.T) {
	body := func(day string) string {
		return "Norway-Uruguay Foreign Ministers' Meeting\n\nOn " + day + ", Foreign Minister Ada Holm of Norway met Foreign Minister Luis Rojas of Uruguay in Oslo.\n"
	}
	for _, tt := range []struct{ name, address, text, held string }{
		{"nothing", "https://mfa.example/talks/17", body("July 28"), ""},
		{"the month in the address", "https://mfa.example/talks/2043/7/uruguay.html", body("July 28"), "2043-07-28"},
		{"the month after it", "https://mfa.example/talks/204308/uruguay.html", body("July 28"), "2043-07-28"},
		{"another month", "https://mfa.example/talks/204311/uruguay.html", body("July 28"), ""},
		{"year and month in two digits each", "https://mfa.example/talk4307_fm.html", body("July 28"), "2043-07-28"},
		{"month and day in two digits each", "https://mfa.example/0728.html", body("July 28"), ""},
		{"the weekday speaks against the address",
			"https://mfa.example/talk4307_fm.html", body("Monday, July 28"), ""}, // a Tuesday
		{"the day in the address", "https://mfa.example/20430730_1.html", body("July 28"), "2043-07-28"},
		{"a known summit", "", body("November 19") + "\n" /* in Oslo */, ""},
		{"the occasion's year",
			"", "Norway-Uruguay Foreign Ministers' Meeting on the occasion of the Harbour Summit 2043\n\nOn " +
				"July 28, Foreign Minister Ada Holm of Norway met Foreign Minister Luis Rojas of Uruguay in " +
				"Oslo.\n", "2043-07-28"},
		{"a weekday and years around",
			"", body("Tuesday, July 28") + "\nThey went on with the talks of May 2043 and will meet again in " +
				"November 2043.\n", "2043-07-28"},
		{"years around without a weekday", "", body("July 28") + "\nThey went on with the talks of May 2043.\n", ""},
	} {
		held, _, _, doubt := readPage(t, tt.address, tt.text)
		if held != tt.held {
			t.Errorf("%s: held %q (%s), want %q", tt.name, held, doubt, tt.held)
		}
		if doubt == "" {
			t.Errorf("%s: no doubt is told", tt.name)
		}
	}
	held, _, _, doubt := readPage(t, "", "Norway-Uruguay Foreign Ministers' Meeting\n\nOn November 9, Foreign Minister Ada Holm of Norway met Foreign Minister Luis Rojas of Uruguay at the APEC meeting in Da Nang.\n")
	if held != "2017-11-09" || doubt == "" {
		t.Errorf("at a summit whose year is known: held %q (%s), want 2017-11-09 with a doubt", held, doubt)
	}
}
