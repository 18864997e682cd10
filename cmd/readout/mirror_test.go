package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// question is asked of the API and of the command line.
type question struct {
	address string // under /api/v1
	args    []string
}

// inventory is what there is to ask about in an archive.
type inventory struct {
	series []seriesInventory
}

// seriesInventory is one series with some of its topics and releases.
type seriesInventory struct {
	id       string
	topics   []string
	followed []string // of the topics, those that more than one release raises
	releases []string
	revised  []string // of the releases, those with more than one version
	twoSided []string // of the releases, those of a meeting that another one tells of too
}

// mirrors says for every path of the API which commands answer the same.
var mirrors = map[string]func(*inventory) []question{
	"/series":  func(*inventory) []question { return []question{{"/series", []string{"series"}}} },
	"/sources": func(*inventory) []question { return []question{{"/sources", []string{"sources"}}} },
	"/releases": ofEachSeries(func(s *seriesInventory) []question {
		return []question{
			{"/releases", []string{"list"}},
			{"/releases?kind=call", []string{"list", "--kind", "call"}},
			{"/releases?series=" + s.id + "&since=2031-10-02&until=2033-01-01", []string{"list", "--series", s.id, "--since", "2031-10-02", "--until", "2033-01-01"}},
		}
	}),
	"/releases/{release}": ofEachRelease(func(id string) []question {
		return []question{{"/releases/" + id, []string{"show", id}}, {"/releases/" + id + "@v1", []string{"show", id + "@v1"}}}
	}),
	"/releases/{release}/log":   ofEachRelease(func(id string) []question { return []question{{"/releases/" + id + "/log", []string{"log", id}}} }),
	"/releases/{release}/blame": ofEachRelease(func(id string) []question { return []question{{"/releases/" + id + "/blame", []string{"blame", id}}} }),
	"/releases/{release}/cite": ofEachRelease(func(id string) []question {
		return []question{{"/releases/" + id + "/cite", []string{"cite", id}}, {"/releases/" + id + "/cite?statement=1", []string{"cite", id + "#1"}}}
	}),
	"/formulas": ofEachSeries(func(s *seriesInventory) []question {
		at, args := "/formulas?series="+s.id, []string{"formulas", "--series", s.id}
		out := []question{{at, args}, {at + "&limit=0&since=2032-01-01&until=2040-05-01", append(args, "--limit", "0", "--since", "2032-01-01", "--until", "2040-05-01")},
			{at + "&lane=meeting+foreign-ministers", append(args, "--lane", "meeting foreign-ministers")}}
		for _, topic := range s.topics {
			out = append(out, question{at + "&topic=" + topic, append(args, "--topic", topic)})
		}
		return out
	}),
	"/spread": func(*inventory) []question {
		at, args := "/spread?q=on+an+equal+footing", []string{"spread", "on an equal footing"}
		return []question{{at, args}, {at + "&since=2032-01-01&until=2040-05-01", append(args, "--since", "2032-01-01", "--until", "2040-05-01")},
			{"/spread?q=zeppelin", []string{"spread", "zeppelin"}}}
	},
	"/substitutions": ofEachSeries(func(s *seriesInventory) []question {
		at, args := "/substitutions?series="+s.id, []string{"substitutions", "--series", s.id}
		return []question{{at, args}, {at + "&since=2032-01-01&until=2040-05-01", append(args, "--since", "2032-01-01", "--until", "2040-05-01")}}
	}),
	"/proposals": ofEachSeries(func(s *seriesInventory) []question {
		return []question{{"/proposals?series=" + s.id, []string{"topics", "propose", "--series", s.id}}}
	}),
	"/doubts": func(*inventory) []question {
		return []question{{"/doubts", []string{"doubts"}}, {"/doubts?field=held", []string{"doubts", "--field", "held"}}}
	},
	"/releases/{release}/sides": ofEachSeries(func(s *seriesInventory) (out []question) {
		for _, id := range s.twoSided {
			out = append(out, question{"/releases/" + id + "/sides", []string{"diff", "--two-sided", id}})
		}
		return out
	}),
	"/topics": ofEachSeries(func(s *seriesInventory) []question {
		return []question{{"/topics?series=" + s.id, []string{"topics", "--series", s.id}}}
	}),
	"/timeline": ofEachTopic(func(s, topic string) []question {
		at, args := "/timeline?series="+s+"&topic="+topic, []string{"timeline", topic, "--series", s}
		return []question{
			{at, args},
			{at + "&changes=only", append(args, "--changes-only")},
			{at + "&since=2031-10-02&until=2033-01-01&speaker=NO&act=agree", append(args, "--since", "2031-10-02", "--until", "2033-01-01", "--speaker", "NO", "--act", "agree")},
		}
	}),
	// Where there is nothing to compare the command says so, and the API has a chain of
	// no steps.
	"/chain": ofEachSeries(func(s *seriesInventory) (out []question) {
		for _, topic := range s.followed {
			out = append(out, question{"/chain?series=" + s.id + "&topic=" + topic, []string{"diff", "--series", s.id, "--topic", topic, "--all"}})
		}
		return out
	}),
	"/synopsis": ofEachTopic(func(s, topic string) []question {
		return []question{{"/synopsis?series=" + s + "&topic=" + topic, []string{"diff", "--series", s, "--topic", topic, "--table"}}}
	}),
	"/diff": ofEachSeries(func(s *seriesInventory) (out []question) {
		for i, id := range s.releases[1:] {
			old := s.releases[i]
			out = append(out, question{"/diff?old=" + old + "&new=" + id, []string{"diff", old, id}})
			if len(s.topics) > 0 {
				out = append(out, question{"/diff?old=" + old + "&new=" + id + "&topic=" + s.topics[0], []string{"diff", old, id, "--topic", s.topics[0]}})
			}
		}
		for _, id := range s.revised {
			out = append(out, question{"/diff?old=" + id + "@v1&new=" + id + "@v2", []string{"diff", id + "@v1", id + "@v2"}})
		}
		return out
	}),
	"/phrase": ofEachSeries(func(s *seriesInventory) []question {
		at, args := "/phrase?q=on+an+equal+footing&series="+s.id, []string{"phrase", "on an equal footing", "--series", s.id}
		return []question{{at, args}, {at + "&speaker=NO", append(args, "--speaker", "NO")}, {"/phrase?q=zeppelin&series=" + s.id, []string{"phrase", "zeppelin", "--series", s.id}}}
	}),
	"/phrases": ofEachSeries(func(s *seriesInventory) []question {
		at, args := "/phrases?series="+s.id, []string{"phrases", "--series", s.id}
		return []question{{at, args}, {at + "&since=2032-01-01&until=2040-05-01", append(args, "--since", "2032-01-01", "--until", "2040-05-01")}}
	}),
	"/matrix": ofEachSeries(func(s *seriesInventory) []question {
		return []question{{"/matrix?series=" + s.id, []string{"matrix", "--series", s.id}}}
	}),
	// The command keeps to a page unless it is asked not to, the API never does.
	"/brief": ofEachSeries(func(s *seriesInventory) []question {
		at, args := "/brief?series="+s.id, []string{"brief", "--series", s.id, "--topics", "0"}
		return []question{{at, args}, {at + "&before=2033-06-01", append(args, "--before", "2033-06-01")}}
	}),
	"/search": ofEachSeries(func(s *seriesInventory) []question {
		return []question{
			{"/search?q=the", []string{"search", "the"}},
			{"/search?q=the&limit=3", []string{"search", "the", "--limit", "3"}},
			{"/search?q=zeppelin", []string{"search", "zeppelin"}},
			{"/search?q=%22two+ministers%22&series=" + s.id + "&since=2031-10-02&until=2040-05-01&speaker=NO&act=agree",
				[]string{"search", `"two ministers"`, "--series", s.id, "--since", "2031-10-02", "--until", "2040-05-01", "--speaker", "NO", "--act", "agree"}},
		}
	}),
}

// alone are the paths that no command answers alike, and why.
var alone = map[string]string{
	"/notable": "no command asks it: these are the sentences that the first page and the pages of series begin with",
	"/changes": "the command tells what one reader has not seen and moves that reader on; the API, which only reads, has what came in last, as the page and the feed do",
}

func ofEachSeries(ask func(*seriesInventory) []question) func(*inventory) []question {
	return func(in *inventory) (out []question) {
		for i := range in.series {
			out = append(out, ask(&in.series[i])...)
		}
		return out
	}
}

func ofEachTopic(ask func(series, topic string) []question) func(*inventory) []question {
	return ofEachSeries(func(s *seriesInventory) (out []question) {
		for _, topic := range s.topics {
			out = append(out, ask(s.id, topic)...)
		}
		return out
	})
}

func ofEachRelease(ask func(id string) []question) func(*inventory) []question {
	return ofEachSeries(func(s *seriesInventory) (out []question) {
		for _, id := range s.releases {
			out = append(out, ask(id)...)
		}
		return out
	})
}

// TestAPIMirrorsTheCommands asks the server every question of its description, and the
// command line the same: the answers are the same bytes, and have the shape that the
// description gives them.
func TestAPIMirrorsTheCommands(t *testing.T) {
	for name, fill := range map[string]func(desk){"seeds": func(desk) {}, "rich": enrich} {
		t.Run(name, func(t *testing.T) {
			d := desk{t, t.TempDir()}
			for name, value := range home(d.dir) {
				t.Setenv(name, value)
			}
			d.write("readout.db", string(seedStore(t)))
			fill(d)
			address, stop := serving(t, "--db", filepath.Join(d.dir, "readout.db"))
			defer stop()
			in, described := d.inventory(), readDescription(t, address)
			for path := range mirrors {
				if described.Paths["/api/v1"+path] == nil {
					t.Errorf("the API has no %s", path)
				}
			}
			for path, operations := range described.Paths {
				path := strings.TrimPrefix(path, "/api/v1")
				if alone[path] != "" {
					described.shaped(operations["get"], path, answer(t, address, path))
					continue
				}
				if mirrors[path] == nil {
					t.Errorf("no command is named that answers as %s does", path)
					continue
				}
				for _, q := range distinct(mirrors[path](in)) {
					got := answer(t, address, q.address)
					want, _ := d.run(exitOK, append(q.args, "--format", "json")...)
					if diff := cmp.Diff(want, got); diff != "" {
						t.Errorf("GET /api/v1%s is not what readout %s writes (-command +API):\n%s", q.address, strings.Join(q.args, " "), cut(diff))
					}
					described.shaped(operations["get"], q.address, got)
				}
			}
		})
	}
}

// answer returns the answer to a question that has one.
func answer(t *testing.T, address, path string) string {
	t.Helper()
	code, body := fetched(t, address+"api/v1"+path)
	if code != 200 {
		t.Errorf("GET /api/v1%s = %d: %s", path, code, body)
	}
	return body
}

// distinct drops questions that were asked before.
func distinct(all []question) []question {
	seen := map[string]bool{}
	return slices.DeleteFunc(all, func(q question) bool {
		again := seen[q.address]
		seen[q.address] = true
		return again
	})
}

// cut keeps a message short enough to be read.
func cut(s string) string { return s[:min(len(s), 2000)] }

func (d desk) write(name, text string) string {
	d.t.Helper()
	path := filepath.Join(d.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
	return path
}

// enrich adds what the samples lack: both sides' accounts of one meeting, a page that
// was altered, a meeting of many parties, one of parties that nobody knows, a series that
// met every month, statements with signs that JSON and addresses escape, sources.
func enrich(d desk) {
	const meeting = " Foreign Ministers' Meeting\n\nOn March 2, 2034, the Foreign Ministers of Norway and Uruguay held a meeting in Oslo.\n\n1. Krill quota issue\n\n"
	text := "(1) The two ministers agreed on how the krill quota should be divided on an equal footing.\n\n(2) They spoke of the \"<krill> & cod\" fund; 50 % of it \u2028is \u00e9l\u00e8ve money \U0001F990.\n"
	ingest := func(args ...string) {
		if !slices.Contains(args, "--captured-at") {
			args = append(args, "--captured-at", "2036-01-01T00:00:00Z")
		}
		d.run(exitOK, append([]string{"ingest"}, args...)...)
	}
	ours := d.write("ours.txt", "Norway-Uruguay"+meeting+text)
	ingest(ours, "--parties", "NO,UY", "--id", "2034-03-02-account-no", "--captured-at", "2034-03-03T09:00:00Z")
	ingest(d.write("theirs.txt", "Uruguay-Norway"+meeting+strings.Replace(text, "agreed on", "discussed", 1)), "--parties", "NO,UY", "--id", "2034-03-02-account-uy", "--captured-at", "2034-03-03T09:00:00Z")
	ingest(d.write("altered.txt", "Norway-Uruguay"+meeting+strings.Replace(text, "50 %", "half", 1)), "--parties", "NO,UY", "--id", "2034-03-02-account-no", "--captured-at", "2034-04-03T09:00:00Z")
	ingest(d.write("many.txt", "Meeting of the Arctic and Southern Forum\n\nJune 4, 2035\n\n1. Lighthouses\n\nThe ministers agreed to keep the lighthouses in good repair.\n"), "--parties", "NO,UY,JP,RU,CL,IS")
	ingest(d.write("nobody.txt", "A statement\n\nJune 5, 2035\n\nThe ministers welcomed the repair of the lighthouses.\n"))
	ingest(monthlyMeetings(func(name, text string) string { return d.write(name, text) })...)
	d.run(exitOK, "topics", "rename", "krill-quota-issue", "Krill & cod", "--series", "NO-UY")
	list := filepath.Join(d.dir, "config", "readout", "sources.yaml")
	if err := os.MkdirAll(filepath.Dir(list), 0o700); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(list, []byte("sources:\n  - {name: harbour, url: 'https://mfa.example/press/', kind: index, links: '/r/\\d+', parties: [NO, UY], schedule: 6h}\n  - {name: island, url: 'https://island.example/feed.xml', kind: feed}\n"), 0o600); err != nil {
		d.t.Fatal(err)
	}
}

// topicsAsked and releasesAsked bound what the test asks about in each series.
const topicsAsked, releasesAsked = 2, 3

// inventory asks the command line what there is.
func (d desk) inventory() *inventory {
	d.t.Helper()
	var all struct {
		Series []struct{ ID string }
	}
	d.read(&all, "series")
	out := &inventory{}
	for _, s := range all.Series {
		if s.ID == "" {
			continue // the command line has no name for it
		}
		x := seriesInventory{id: s.ID}
		var topics struct {
			Topics []struct {
				ID       string
				Releases int
			}
		}
		d.read(&topics, "topics", "--series", s.ID)
		for _, t := range topics.Topics[:min(topicsAsked, len(topics.Topics))] {
			x.topics = append(x.topics, t.ID)
			if t.Releases > 1 {
				x.followed = append(x.followed, t.ID)
			}
		}
		var list struct {
			Releases []struct {
				ID       string
				Versions int
			}
		}
		d.read(&list, "list", "--series", s.ID)
		for i, r := range list.Releases {
			if i < releasesAsked || r.Versions > 1 {
				x.releases = append(x.releases, r.ID)
			}
			if r.Versions > 1 {
				x.revised = append(x.revised, r.ID)
			}
			if strings.Contains(r.ID, "account") {
				x.twoSided = append(x.twoSided, r.ID)
			}
		}
		out.series = append(out.series, x)
	}
	return out
}

// read decodes what a command writes.
func (d desk) read(into any, args ...string) {
	d.t.Helper()
	out, _ := d.run(exitOK, append(args, "--format", "json")...)
	if err := json.Unmarshal([]byte(out), into); err != nil {
		d.t.Fatalf("readout %s: %v", strings.Join(args, " "), err)
	}
}

// description is as much of an OpenAPI document as the test reads.
type description struct {
	t          *testing.T
	Paths      map[string]map[string]operation
	Components struct{ Schemas map[string]*shape }
}

type operation struct {
	Parameters []struct{ Name, In string }
	Responses  map[string]struct {
		Content map[string]struct{ Schema *shape }
	}
}

// shape is a schema of the description.
type shape struct {
	Ref        string `json:"$ref"`
	AnyOf      []*shape
	Type       string
	Items      *shape
	Properties map[string]*shape
	Required   []string
}

func readDescription(t *testing.T, address string) *description {
	t.Helper()
	d := &description{t: t}
	if err := json.Unmarshal([]byte(answer(t, address, "/openapi.json")), d); err != nil {
		t.Fatal(err)
	}
	return d
}

// shaped sees that an answer is as described, and the question too.
func (d *description) shaped(o operation, address, answer string) {
	d.t.Helper()
	var v any
	if err := json.Unmarshal([]byte(answer), &v); err != nil {
		d.t.Fatalf("GET %s: %v", address, err)
	}
	if faults := d.faults("", o.Responses["200"].Content["application/json"].Schema, v); faults != nil {
		d.t.Errorf("GET %s: the answer is not as described: %s", address, cut(strings.Join(faults, "; ")))
	}
	u, err := url.Parse(address)
	if err != nil {
		d.t.Fatal(err)
	}
	for name := range u.Query() {
		if !slices.ContainsFunc(o.Parameters, func(p struct{ Name, In string }) bool { return p.Name == name && p.In == "query" }) {
			d.t.Errorf("GET %s: %s is not described", address, name)
		}
	}
}

// faults returns where a value is not as its schema has it. A field that the schema
// lacks is a fault.
func (d *description) faults(at string, s *shape, v any) []string {
	switch {
	case s == nil:
		return []string{at + ": no schema"}
	case s.Ref != "":
		return d.faults(at, d.Components.Schemas[strings.TrimPrefix(s.Ref, "#/components/schemas/")], v)
	case s.AnyOf != nil:
		var all []string
		for _, one := range s.AnyOf {
			found := d.faults(at, one, v)
			if found == nil {
				return nil
			}
			all = append(all, found...)
		}
		return all
	}
	if kind := kindOf(v); kind != s.Type && !(kind == "integer" && s.Type == "number") {
		return []string{fmt.Sprintf("%s is of type %s, not %s", at, kind, s.Type)}
	}
	var out []string
	switch v := v.(type) {
	case []any:
		for i, x := range v {
			out = append(out, d.faults(fmt.Sprintf("%s[%d]", at, i), s.Items, x)...)
		}
	case map[string]any:
		for _, name := range s.Required {
			if _, ok := v[name]; !ok {
				out = append(out, at+"."+name+" is missing")
			}
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			out = append(out, d.faults(at+"."+name, s.Properties[name], v[name])...)
		}
	}
	return out
}

// kindOf names the type of a value as a schema does.
func kindOf(v any) string {
	switch v := v.(type) {
	case string:
		return "string"
	case bool:
		return "boolean"
	case float64:
		if v == math.Trunc(v) {
			return "integer"
		}
		return "number"
	case []any:
		return "array"
	case map[string]any:
		return "object"
	}
	return "null"
}
