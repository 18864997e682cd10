package web_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"readout/internal/archive"
	"readout/internal/reading"
	"readout/internal/web"
	"readout/timeline"
)

// axePath is where the checker of accessibility lies: axe.min.js of the npm package
// axe-core.
const axePath = "READOUT_AXE"

// TestAccessibility lets axe-core look at every page in both themes, on a telephone
// and on a desk.
func TestAccessibility(t *testing.T) {
	path := os.Getenv(axePath)
	if path == "" {
		if os.Getenv("CI") == "true" {
			t.Fatalf("$%s does not name axe.min.js: npm pack axe-core", axePath)
		}
		t.Skipf("$%s does not name axe.min.js: npm pack axe-core", axePath)
	}
	axe, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b := browse(t, newServer(t, web.Options{Source: twoSided(t)}))
	for _, dark := range []bool{false, true} {
		b.dark(dark)
		for _, width := range []int64{360, 1440} {
			b.size(width)
			for _, path := range allPages() {
				b.open(path)
				eval[any](b, string(axe)+"; null")
				found := value(b, chromedp.Evaluate[[]string](`axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
					.then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ": " + n.target.join(" ") + " " + n.failureSummary)))`, chromedp.EvalAwaitPromise))
				for _, f := range found {
					t.Errorf("%s at %d px, dark %v: %s", path, width, dark, f)
				}
			}
		}
	}
}

// TestKeyboard goes from the first page to a redline without a mouse.
func TestKeyboard(t *testing.T) {
	b := browse(t, newServer(t, web.Options{Source: seeded(t)}))
	b.size(1440)
	b.open("/")
	b.tabTo("Skip to the content")
	b.run(chromedp.KeyEvent(kb.Enter))
	b.tabTo("Norway and Uruguay")
	b.enter("/series/NO-UY")
	b.tabTo("Shipping corridor for green ammonia") // the matrix is one stop, at its first row
	b.run(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowRight))
	if got := eval[string](b, "document.activeElement.title"); !strings.Contains(got, "2 reworded") {
		t.Fatalf("two steps to the right of the topic is %q, want its second meeting", got)
	}
	b.enter(seedTopic)
	if got := eval[string](b, "document.querySelector(':target del:not(.whole)').textContent"); got != "agreed" {
		t.Errorf("the first deletion at the place reached is %q, want that of the second meeting", got)
	}
	b.run(chromedp.KeyEvent("/"))
	if got := eval[string](b, "document.activeElement.id"); got != "q" {
		t.Errorf("after a slash the focus is on %q, want the search box", got)
	}
}

// tabTo presses the tab key until the focus is on the link with that text, and sees
// that the focus can be seen all the way.
func (t *tab) tabTo(text string) {
	t.Helper()
	for range 60 {
		t.run(chromedp.KeyEvent(kb.Tab))
		if eval[string](t, "getComputedStyle(document.activeElement).outlineStyle") == "none" {
			t.Errorf("the focus on %s cannot be seen", eval[string](t, "document.activeElement.outerHTML.slice(0, 80)"))
		}
		if strings.TrimSpace(eval[string](t, "document.activeElement.textContent")) == text {
			return
		}
	}
	t.Fatalf("the tab key does not reach %q", text)
}

// enter follows the link that has the focus.
func (t *tab) enter(path string) {
	t.Helper()
	t.run(chromedp.KeyEvent(kb.Enter))
	t.await(fmt.Sprintf("location.pathname === %q && document.readyState === 'complete'", path))
}

// shownChange is a change in the JSON of a comparison.
type shownChange struct {
	Silence string
	Edits   []struct{ Op, Text string }
}

// TestRedlineShowsWhatTheJSONSays compares the words on the page, those struck through
// and those underlined with the edits that the API gives.
func TestRedlineShowsWhatTheJSONSays(t *testing.T) {
	s := newServer(t, web.Options{Source: seeded(t)})
	b := browse(t, s)
	for _, path := range []string{seedCompare, seedRecord, "/compare/2032-05-19-no-uy-foreign-ministers-meeting/2033-11-24-no-uy-summit-meeting"} {
		parts := strings.Split(path, "/")
		var d struct {
			Changes []shownChange
		}
		if err := json.Unmarshal([]byte(page(t, s, "/api/v1/diff?"+url.Values{"old": {parts[2]}, "new": {parts[3]}}.Encode())), &d); err != nil {
			t.Fatal(err)
		}
		// What is not said again and not proved to be dropped stands at the end.
		slices.SortStableFunc(d.Changes, func(x, y shownChange) int { return cmp.Compare(min(1, len(x.Silence)), min(1, len(y.Silence))) })
		b.open(path)
		got := eval[[][]string](b, `[...document.querySelectorAll(".redline")].map(p => ["", "ins", "del"].map(name =>
			name ? [...p.querySelectorAll(name)].map(e => e.textContent).join("|") : p.textContent))`)
		if len(got) != len(d.Changes) {
			t.Fatalf("%s shows %d changes, the JSON has %d", path, len(got), len(d.Changes))
		}
		for i, c := range d.Changes {
			var all string
			var ins, del []string
			for _, e := range c.Edits {
				all += e.Text
				switch e.Op {
				case "insert":
					ins = append(ins, e.Text)
				case "delete":
					del = append(del, e.Text)
				}
			}
			for k, want := range []string{all, strings.Join(ins, "|"), strings.Join(del, "|")} {
				// Before and now, where they are set apart, are a block each.
				if shown := strings.ReplaceAll(got[i][k], "\n", ""); shown != want {
					t.Errorf("%s, change %d, part %d shows %q, want %q", path, i, k, got[i][k], want)
				}
			}
		}
		// Words are underlined and struck through, whole sentences are not.
		for selector, want := range map[string]string{"ins:not(.whole, .apart ~ *)": "underline", "del:not(.whole, .apart *)": "line-through", ".whole, .apart *": "none"} {
			for _, got := range eval[[]string](b, `[...document.querySelectorAll(".redline :is(`+selector+`)")].map(e => getComputedStyle(e).textDecorationLine)`) {
				if got != want {
					t.Errorf("%s: %s is decorated by %q, want %q", path, selector, got, want)
				}
			}
		}
	}
}

// TestNarrowing leaves out what the boxes of a page say.
func TestNarrowing(t *testing.T) {
	b := browse(t, newServer(t, web.Options{Source: seeded(t)}))
	for path, parts := range map[string][2]string{
		seedRecord: {".change-reworded", ".change-unchanged"},
		"/changes": {".item.record", ".item:not(.record)"},
	} {
		b.open(path)
		b.run(chromedp.Click(".only input"))
		for i, selector := range parts {
			shown := eval[int](b, fmt.Sprintf("[...document.querySelectorAll(%q)].filter(e => e.checkVisibility()).length", selector))
			if all := eval[int](b, fmt.Sprintf("document.querySelectorAll(%q).length", selector)); all == 0 || shown != [2]int{all, 0}[i] {
				t.Errorf("%s, narrowed, shows %d of %d %s", path, shown, all, selector)
			}
		}
	}
}

// TestDark sees that the page follows the theme of the system.
func TestDark(t *testing.T) {
	b := browse(t, newServer(t, web.Options{Source: seeded(t)}))
	const brightness = `getComputedStyle(document.body).backgroundColor.match(/\d+/g).reduce((sum, n) => sum + +n, 0)`
	b.open("/")
	b.dark(false)
	light := eval[int](b, brightness)
	b.dark(true)
	if dark := eval[int](b, brightness); light < 600 || dark > 150 {
		t.Errorf("the background is %d of 765 in the light and %d in the dark", light, dark)
	}
}

// TestDecisionInTheBrowser renames a topic by the form of its page and takes it back.
func TestDecisionInTheBrowser(t *testing.T) {
	b := browse(t, newServer(t, web.Options{Source: seeded(t)}))
	b.open(seedTopic)
	b.run(chromedp.Click(".curate summary"), chromedp.SetValue(`form:has([value="rename"]) input[name="name"]`, "Krill, mostly"),
		chromedp.Click(`form:has([value="rename"]) button`))
	b.await(`document.querySelector("h1")?.textContent === "Krill, mostly"`)
	b.run(chromedp.Click(".curate summary"), chromedp.Click(`.curate a[href$="/decisions"]`))
	b.await(`document.body.textContent.includes("is called “Krill, mostly”")`)
	b.run(chromedp.Click("form button:not(.find button)"))
	b.await(`document.body.textContent.includes("None has been taken")`)
	b.open(seedTopic)
	if got := eval[string](b, `document.querySelector("h1").textContent`); got != "Krill quota issue" {
		t.Errorf("after the undo the topic is called %q", got)
	}
	b.quiet("the decision")
}

// TestSearchAnswersWhileTyping types into the box and follows an answer.
func TestSearchAnswersWhileTyping(t *testing.T) {
	b := browse(t, newServer(t, web.Options{Source: seeded(t)}))
	b.open("/")
	b.run(chromedp.SendKeys("#q", "two ministers"))
	b.await(`document.querySelectorAll(".suggest a").length > 2`)
	b.run(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.Enter)) // past the ledger of the phrase
	b.await(`location.pathname.startsWith("/releases/") && location.hash.startsWith("#s")`)
	b.quiet("search")
	b.open("/")
	b.run(chromedp.SendKeys("#q", "krill quo"))
	b.await(`document.querySelectorAll(".suggest a").length > 0`)
	b.run(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter)) // past the button to what comes first
	b.await(fmt.Sprintf("location.pathname === %q", seedTopic))
	b.quiet("an issue")
}

// TestCopyTakesTheProofAlong copies a statement with source, day and hash, as the command
// that cites it writes them.
func TestCopyTakesTheProofAlong(t *testing.T) {
	b := browse(t, newServer(t, web.Options{Source: seeded(t)}))
	for path, end := range map[string]string{
		seedMeeting: `SHA-256 0035443877190eb77e7d8647baaabe811bac0bef53d006d4585ab579ed4c9c6b \(2032-05-19-no-uy-foreign-ministers-meeting@v2#1\)\.$`,
		seedTopic:   `\(2033-11-24-no-uy-summit-meeting@v1#\d+\)\.$`,
	} {
		b.open(path)
		b.run(chromedp.Evaluate[chromedp.Void](`navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); };
			[...document.querySelectorAll(".copy")].find((e) => e.checkVisibility()).click()`))
		b.await(`window.copied?.length > 0`)
		if got := eval[string](b, "window.copied"); !regexp.MustCompile("^“.+” .*" + end).MatchString(got) {
			t.Errorf("%s: copied is %q, want a quotation that ends %q", path, got, end)
		}
	}
}

// TestHostileTextsDoNothing opens pages whose texts carry scripts.
func TestHostileTextsDoNothing(t *testing.T) {
	a, id := hostileArchive(t)
	b := browse(t, newServer(t, web.Options{Source: a}))
	for _, path := range []string{"/", "/series/NO-UY", "/releases/" + url.PathEscape(id), "/search?q=fish", "/changes", "/search?q=" + url.QueryEscape("<script>alert(1)</script> fish")} {
		b.open(path) // a dialogue would stop everything here
		if n := eval[int](b, `document.querySelectorAll("main script, main img, [onload], [onerror]").length`); n > 0 {
			t.Errorf("%s has %d elements out of a text", path, n)
		}
		b.quiet(path)
	}
	b.open("/")
	b.run(chromedp.SendKeys("#q", "fish"))
	b.await(`document.querySelectorAll(".suggest a").length > 0`)
	if n := eval[int](b, `document.querySelectorAll(".suggest script, .suggest img").length`); n > 0 {
		t.Error("an answer while typing has elements out of a text")
	}
}

// TestManyReleases opens the pages of a series of 500 meetings.
func TestManyReleases(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes 500 releases in")
	}
	a := newArchive(t)
	ingest(t, a, sampleReleases(1, 500))
	s := newServer(t, web.Options{Source: a})
	series := "/series/" + string(sampleSeries(0))
	b := browse(t, s)
	for _, width := range []int64{360, 1440} {
		b.size(width)
		for _, path := range []string{"/", series, series + "?meetings=all", series + "/topics/ferry-links", series + "/topics/ferry-links/synopsis", "/phrase?q=on+an+equal+footing", "/search?q=ferry", "/changes"} {
			if w := get(t, s, path); w.Code != http.StatusOK {
				t.Fatalf("GET %s = %d", path, w.Code)
			}
			b.open(path)
			if over := eval[int](b, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); over > 0 {
				t.Errorf("%s at %d px is %d px too wide: %s", path, width, over, eval[string](b, widest))
			}
			b.quiet(path)
		}
	}
	// An issue of so many meetings is not a page without end, and what goes over the wire stays small.
	b.open(series + "/topics/ferry-links")
	if high := eval[int](b, "document.documentElement.scrollHeight"); high > 8000 {
		t.Errorf("the page of an issue is %d pixels high", high)
	}
	for _, path := range []string{"/", series, series + "/topics/ferry-links", "/search?q=ferry", "/changes"} {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Host = "localhost"
		r.Header.Set("Accept-Encoding", "gzip, br")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if n := w.Body.Len(); n > 60<<10 {
			t.Errorf("%s takes %d bytes over the wire", path, n)
		}
	}
	b.open(series)
	if n := eval[int](b, `document.querySelectorAll(".matrix tbody [tabindex='0']").length - document.querySelectorAll(".matrix tbody").length`); n != 0 {
		t.Errorf("a matrix has %d stops of the tab key beyond one", n)
	}
	// The brief of so many meetings is a page of paper still, and says when in words.
	brief := series + "/brief"
	b.open(brief)
	if iso := eval[[]string](b, `document.querySelector("main").innerText.match(/\d{4}-\d\d-\d\d/g) ?? []`); len(iso) > 0 {
		t.Errorf("the brief writes days as %v", iso)
	}
	if n := b.sheets(); n != 1 {
		t.Errorf("the brief prints on %d pages", n)
	}
	b.open(brief + "?topics=all")
	if n := b.sheets(); n < 2 {
		t.Errorf("all that can be said prints on %d pages", n)
	}
}

// TestLongNamesKeepToANarrowWindow opens the pages of a series of very many parties, with
// names, titles and words that no line is long enough for.
func TestLongNamesKeepToANarrowWindow(t *testing.T) {
	a := newArchive(t)
	word := strings.Repeat("Lighthousekeepers", 12)
	var many []timeline.Party
	for _, code := range sampleCodes {
		many = append(many, timeline.Party(code))
	}
	for n := range 2 {
		text := fmt.Sprintf("Conference on %s\n\nJune %d, 2035\n\n1. %s issue\n\n(1) The ministers agreed on the %s issue, part %d.\n\n(2) The ministers discussed https://mfa.example/%s at an early date.\n", word, n+3, word, word, n, word)
		ingest(t, a, each(archive.Input{Name: fmt.Sprintf("long-%d.txt", n), Data: []byte(text), CapturedAt: noon,
			Overrides: reading.Overrides{ID: fmt.Sprintf("2035-06-%02d-%s", n+3, strings.ToLower(word[:60])), Parties: many}}))
	}
	s := newServer(t, web.Options{Source: a})
	var list struct{ Releases []struct{ ID, Series string } }
	if err := json.Unmarshal([]byte(page(t, s, "/api/v1/releases")), &list); err != nil || len(list.Releases) != 2 {
		t.Fatalf("the archive has %+v, %v; want two releases", list, err)
	}
	series, first, second := "/series/"+list.Releases[0].Series, list.Releases[0].ID, list.Releases[1].ID
	var topics struct{ Topics []struct{ ID string } }
	if err := json.Unmarshal([]byte(page(t, s, "/api/v1/topics?series="+list.Releases[0].Series)), &topics); err != nil || len(topics.Topics) == 0 {
		t.Fatalf("the series has %+v, %v; want a topic", topics, err)
	}
	topic := series + "/topics/" + url.PathEscape(topics.Topics[0].ID)
	b := browse(t, s)
	b.size(360)
	for _, path := range []string{"/", series, series + "/brief", series + "/phrases", series + "/decisions", topic, topic + "?view=side", topic + "/synopsis", "/releases/" + first, "/releases/" + second + "/blame",
		"/compare/" + first + "/" + second, "/compare", "/search?q=ministers", "/phrase?q=at+an+early+date", "/changes"} {
		b.open(path)
		if over := eval[int](b, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); over > 0 {
			t.Errorf("%s is %d px too wide: %s", path, over, eval[string](b, widest))
		}
		b.quiet(path)
	}
}
