package show_test

import (
	"testing"
	"time"

	"readout/diff"
	"readout/diff/formula"
	"readout/internal/ask"
	"readout/timeline"
)

// noon is when the first version of everything was seen.
var noon = time.Date(2031, 5, 15, 12, 0, 0, 0, time.UTC)

func date(s string) timeline.Date {
	d, err := timeline.ParseDate(s)
	if err != nil {
		panic(err) // a fixture that is written wrongly
	}
	return d
}

// said is a statement on an issue.
func said(section int, act timeline.Act, topic, text string, speakers ...timeline.Party) timeline.Statement {
	return timeline.Statement{Section: section, Act: act, Text: text, Speakers: speakers, Path: []string{"1", "(1)"}[:section+1], Topics: []string{topic}}
}

// meeting is a release of the series between Iceland and Peru.
func meeting(id, held, title string, ss ...timeline.Statement) *timeline.Release {
	r := &timeline.Release{Version: 1, Versions: 1, Title: title, Issuer: "IS", Kind: timeline.KindMeeting, Level: timeline.LevelForeignMinisters, Place: "Reykjavík",
		Source: "https://ministry.example/news/" + id, Held: date(held), Published: date(held).AddDays(1), CapturedAt: noon, Language: "en",
		Parties: []timeline.Party{"IS", "PE"}, Series: "IS-PE", SHA256: "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9",
		Participants: []timeline.Participant{
			{Name: "Birna Hallsdóttir", Title: "Minister for Foreign Affairs", Party: "IS", Evidence: &timeline.Evidence{How: timeline.ProofPublisher}},
			{Name: "Ciro Quispe", Title: "Minister of Foreign Relations", Party: "PE", Evidence: &timeline.Evidence{
				How: timeline.ProofOffice, Text: "Ciro Quispe, Minister of Foreign Relations of Peru"}},
			{Name: "Tor Lie", Title: "Adviser"},
		},
		Sections: []timeline.Section{{Number: "1", Heading: "Anchovy and capelin", Depth: 1}, {Number: "2", Heading: "Geothermal power", Depth: 1}}, Statements: ss}
	r.Name(id)
	return r
}

const (
	fish = "anchovy-and-capelin"
	heat = "geothermal-power"
)

// series are four meetings on two issues, with a change of every kind; one of the
// titles holds what no terminal should be shown.
func series() ([]*timeline.Release, []timeline.Topic) {
	both := []timeline.Party{"IS", "PE"}
	rs := []*timeline.Release{
		meeting("2031-05-14-is-pe", "2031-05-14", "Iceland-Peru Foreign Ministers' Meeting",
			said(0, timeline.ActAgree, fish, "The two ministers agreed that the quota of 400 tonnes will be kept until 2033.", both...),
			said(0, timeline.ActState, fish, "Foreign Minister Quispe stated that observers were needed on every vessel.", "PE"),
			said(1, timeline.ActWelcome, heat, "The two ministers welcomed the drilling at the foot of the Misti.", both...)),
		meeting("2032-02-03-is-pe", "2032-02-03", "Telephone Talk between the Foreign Ministers of Iceland and Peru on Matters of Common Interest",
			said(0, timeline.ActDiscuss, fish, "The two ministers exchanged views on whether the quota of 350 tonnes may be kept until 2033.", both...)),
		meeting("2032-11-09-is-pe", "2032-11-09", "Iceland-Peru \x1b[31mVice-Ministerial\u202e Talks\x07",
			said(1, timeline.ActWelcome, heat, "The two sides welcomed the drilling at the foot of the Misti.", both...)),
		meeting("2033-06-21-is-pe", "2033-06-21", "Iceland-Peru Summit Meeting",
			said(0, timeline.ActDiscuss, fish, "The two leaders exchanged views on whether the quota of 350 tonnes may be kept until 2035.", both...),
			said(0, timeline.ActState, fish, "President Condori stated that observers were needed on every vessel.", "PE")),
	}
	return rs, []timeline.Topic{
		{ID: fish, Name: "Anchovy and capelin", Aliases: []string{"Living resources of the sea"}, Releases: 3, Statements: 5, First: date("2031-05-14"), Last: date("2033-06-21")},
		{ID: heat, Name: "Geothermal power", Releases: 2, Statements: 2, First: date("2031-05-14"), Last: date("2032-11-09")},
	}
}

// altered are two versions of the first release.
func altered() (before, after *timeline.Release) {
	rs, _ := series()
	again, _ := series()
	before, after = rs[0], again[0]
	before.Versions, after.Versions, after.Version = 2, 2, 2
	after.CapturedAt = noon.AddDate(0, 0, 3)
	after.Statements[0].Text = "The two ministers agreed that the quota of 450 tonnes will be kept until 2033."
	return before, after
}

// answers are one of every kind, by the name of their golden file.
func answers(t *testing.T) map[string]ask.Answer {
	t.Helper()
	rs, topics := series()
	before, after := altered()
	assigned := timeline.Assigned(rs, topics...)
	threads := ask.Threads(assigned, topics, timeline.Filter{}, diff.Options{})
	built := timeline.Build(assigned, topics[0].ID, timeline.Filter{})
	chain := diff.Chain(built, diff.Options{})
	record := diff.Compare(before, after, diff.Options{Cause: diff.Record})
	position := diff.Compare(rs[0], rs[1], diff.Options{})
	again, _ := series() // to be linked by the rules, which sets the topics of its statements
	linked := timeline.Link(again, timeline.LinkOptions{Curation: &timeline.Curation{Decisions: []timeline.Decision{{Op: timeline.Pin, Topic: "Anchovy", Release: rs[0].ID, Text: rs[0].Statements[0].Text}}}})
	name := func(p timeline.Party) string { return map[timeline.Party]string{"IS": "Iceland", "PE": "Peru"}[p] }
	var hits []ask.SearchHit
	for _, r := range rs {
		hits = append(hits, ask.NewSearchHit(r, r.Statements[0]))
	}
	came := ask.NewChangesRelease(rs[1])
	came.Add(topics[0], position)
	return map[string]ask.Answer{
		"blame":       ask.NewBlame(rs[3], diff.Blame(rs[3], rs, nil)),
		"brief":       ask.NewBrief(threads, ask.BriefOptions{}),
		"chain":       &ask.Chain{Schema: "readout.chain/1", Series: "IS-PE", Topic: ask.TopicName(topics[0]), Diffs: []*ask.Diff{ask.NewDiff(position), ask.NewDiff(record)}},
		"changes":     &ask.Changes{Releases: []ask.ChangesRelease{came, ask.NewChangesRelease(rs[2])}, Records: []*ask.Diff{ask.NewDiff(record)}, Sources: []ask.Trouble{{Source: "oslo", State: "failed", Detail: "the server answers 503 Service Unavailable", Since: noon}}},
		"check":       ask.NewCheck([]string{"release 2031-05-14-is-pe: the hash of its captured bytes is not that of its record, which stands in the bucket of captures"}),
		"compact":     &ask.Compact{Before: 5 << 20, After: 300 << 10},
		"copy":        &ask.Copy{From: "readout.db", To: "postgres://desk@db.example/readout", Captures: 4, Head: "a line\n4\nroot"},
		"diff":        ask.NewDiff(position),
		"empty":       ask.NewIngest(nil, false),
		"explanation": ask.NewExplanation(rs[0].Statements[0], linked),
		"ingest": ask.NewIngest([]ask.IngestResult{
			{Input: "a.html", Status: "new", Release: rs[0].ID, Version: 1, Series: "IS-PE", Held: rs[0].Held, Statements: 3},
			{Input: "b.html", Status: "revised", Release: rs[0].ID, Version: 2, Series: "IS-PE", Published: rs[0].Published, Statements: 3},
			{Input: "c.html", Status: "failed", Error: "is empty"}}, true),
		"courtesy":  ask.NewExplanation(timeline.Statement{ID: "2032-02-03-is-pe#2", Text: "A summary of the talk follows."}, linked),
		"list":      ask.NewList(rs),
		"log":       ask.NewLog(rs[0].ID, []ask.LogVersion{{Version: 1, CapturedAt: ask.Instant{Time: noon}, Captures: 2, SHA256: before.SHA256}, {Version: 2, CapturedAt: ask.Instant{Time: after.CapturedAt}, Captures: 1, SHA256: after.SHA256, WordsInserted: 1, WordsDeleted: 1}}),
		"matrix":    ask.NewMatrix(threads),
		"migration": &ask.Migration{Store: "postgres://desk@db.example/readout", From: 1, To: 2, DryRun: true, Steps: []string{"the tokens of commits"}, Statements: []string{"create table readout.commit (token bytea primary key)"}},
		"phrase":    ask.NewPhrase(timeline.Trace(rs, "observers were needed", timeline.TraceOptions{}), "IS-PE"),
		"phrases":   ask.NewPhrases("IS-PE", timeline.Stock(rs, timeline.StockOptions{Uses: 2}), nil),
		"record":    ask.NewDiff(record),
		"reindex":   &ask.Reindex{Readings: 4, Changed: 1, Failed: []string{"2031-05-14-is-pe: the bytes are no text"}},
		"release":   ask.NewRelease(rs[0]),
		"search":    ask.NewSearch("quota", hits),
		"series":    ask.NewSeriesList([]ask.SeriesItem{{ID: "IS-PE", Name: "Iceland and Peru", Parties: rs[0].Parties, Releases: 4, Topics: 2, First: rs[0].Held, Last: rs[3].Held}, {Releases: 1}}),
		"stats":     &ask.Stats{Store: "/home/desk/.local/share/readout/readout.db", Bytes: 2 << 20, Releases: 4, Versions: 5, Captures: 6, Statements: 7, Series: 1, First: rs[0].Held, Last: rs[3].Held},
		"synopsis":  ask.NewSynopsis(built, diff.Lay(chain)),
		"timeline":  ask.NewTimeline(ask.Follow(assigned, topics[0].ID, timeline.Filter{}, diff.Options{}), ask.TimelineView{}),
		"screen":    ask.NewTimeline(ask.Follow(assigned, topics[0].ID, timeline.Filter{}, diff.Options{}), ask.TimelineView{Screen: true, Formulas: formula.Find(rs, formula.Options{Least: 2})}),
		"topics":    ask.NewTopics("IS-PE", topics),
		"twosided":  ask.NewTwoSided(diff.Compare(rs[0], rs[3], diff.Options{}), name, "one meeting, told by both sides"),
		"watches": ask.NewWatches([]ask.Watch{{Name: "fish", Filter: ask.NewsFilter{Series: "IS-PE", Topic: "anchovy", Phrase: "every vessel", Kinds: []ask.NewsKind{ask.NewsKinds()[0]},
			Forms: []timeline.Kind{timeline.KindCall}, Levels: []timeline.Level{timeline.LevelForeignMinisters}, MinWords: 3}}}),
	}
}
