package publish

import (
	"fmt"
	"slices"
	"strings"

	"readout/internal/ask"
	"readout/internal/letters"
	"readout/internal/show"
	"readout/timeline"
)

// Note is one Markdown file of a vault: a folder of linked notes, as Obsidian and like
// programs keep it.
type Note struct {
	Path string // below the folder, with slashes
	Text string
}

// Vault returns the notes of one series: one for the series, one a topic, one a meeting.
// Name is what people call the series.
func Vault(s TableSeries, name string) []Note {
	v := vault{series: s, folder: noteName(string(s.ID)), name: name, topics: map[string]string{}}
	if s.ID == "" {
		v.folder = "no-parties"
	}
	for _, t := range s.Topics {
		v.topics[t.ID] = t.Name
	}
	meetings := v.meetings()
	notes := []Note{v.seriesNote(meetings)}
	for _, t := range s.Timelines {
		notes = append(notes, v.topicNote(t))
	}
	for _, releases := range meetings {
		notes = append(notes, v.meetingNote(releases))
	}
	return notes
}

// VaultIndex returns the note that the others can be reached from.
func VaultIndex(all []Note) Note {
	var b strings.Builder
	b.WriteString("# Readout\n\n")
	for _, n := range all {
		folder, file, _ := strings.Cut(n.Path, "/")
		if file == folder+".md" {
			fmt.Fprintf(&b, "- %s\n", link(strings.TrimSuffix(n.Path, ".md"), folder))
		}
	}
	return Note{"Readout.md", b.String()}
}

// vault is a series in the making.
type vault struct {
	series       TableSeries
	folder, name string
	topics       map[string]string // their names by their ids
}

// meetings returns the releases of each meeting, the meetings in the order of a timeline.
func (v *vault) meetings() [][]*timeline.Release {
	var out [][]*timeline.Release
	at := map[string]int{}
	for _, r := range v.series.Releases {
		i, known := at[r.Meeting]
		if !known || r.Meeting == "" {
			i, out = len(out), append(out, nil)
			at[r.Meeting] = i
		}
		out[i] = append(out[i], r)
	}
	return out
}

func (v *vault) meetingPath(id string) string { return v.folder + "/meetings/" + noteName(id) }
func (v *vault) topicPath(id string) string   { return v.folder + "/topics/" + noteName(id) }

// meetingOf returns the id that a meeting's note is called by.
func meetingOf(r *timeline.Release) string {
	if r.Meeting == "" {
		return r.ID
	}
	return r.Meeting
}

func (v *vault) seriesNote(meetings [][]*timeline.Release) Note {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntags: [series]\n---\n# %s\n\n## Issues\n\n", escape(v.name))
	for _, t := range v.series.Topics {
		fmt.Fprintf(&b, "- %s, in %d releases, %s to %s\n", link(v.topicPath(t.ID), t.Name), t.Releases, t.First, t.Last)
	}
	b.WriteString("\n## Meetings\n\n")
	for _, releases := range slices.Backward(meetings) {
		first := releases[0]
		fmt.Fprintf(&b, "- %s\n", link(v.meetingPath(meetingOf(first)), show.Join(" ", first.Day().String(), first.Label())))
	}
	return Note{v.folder + "/" + v.folder + ".md", b.String()}
}

// topicNote has what became of an issue, the newest meeting first.
func (v *vault) topicNote(t *ask.Timeline) Note {
	var b strings.Builder
	names := make([]string, 0, len(t.Topic.Aliases)+1)
	for _, name := range append([]string{t.Topic.Name}, t.Topic.Aliases...) {
		names = append(names, fmt.Sprintf("%q", letters.Clean(name)))
	}
	fmt.Fprintf(&b, "---\naliases: [%s]\ntags: [topic]\n---\n# %s\n\n%s · raised at %d of %d meetings\n",
		strings.Join(names, ", "), escape(t.Topic.Name), link(v.folder+"/"+v.folder, v.name), t.Issue.Raised, t.Issue.Meetings)
	for _, e := range slices.Backward(t.Entries) {
		path := v.meetingPath(e.Meeting)
		head := link(path, show.Join(" ", e.Day.String(), e.Label))
		if !e.Raised {
			fmt.Fprintf(&b, "\n%s: not raised\n", head)
			continue
		}
		fmt.Fprintf(&b, "\n## %s\n\n", head)
		for _, st := range e.Statements {
			fmt.Fprintf(&b, "- **%s** %s %s\n", show.Join(" · ", string(st.Told()), joined(" ", st.Speakers)), redlined(st),
				link(path+"#^"+block(st.ID), "source"))
		}
		for _, d := range e.Dropped {
			fmt.Fprintf(&b, "- **%s** ~~%s~~\n", show.Dropped, escape(d.Text))
		}
	}
	return Note{v.topicPath(t.Topic.ID) + ".md", b.String()}
}

// meetingNote has every statement of every text about a meeting, each with a name to link to.
func (v *vault) meetingNote(releases []*timeline.Release) Note {
	first := releases[0]
	var b strings.Builder
	fmt.Fprintf(&b, "---\ndate: %s\ntags: [meeting, %s]\n---\n# %s\n\n%s\n", first.Day(), first.Kind,
		escape(first.Label()), show.Join(" · ", first.Day().String(), escape(first.Place), link(v.folder+"/"+v.folder, v.name)))
	for _, r := range releases {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n", escape(r.Title),
			show.Join(" · ", string(r.Issuer), r.ID, fmt.Sprintf("version %d", r.Version), show.Link(r.Source)))
		for _, st := range r.Statements {
			var topics []string
			for _, id := range st.Topics {
				topics = append(topics, link(v.topicPath(id), v.topics[id]))
			}
			act := string(st.Act)
			if st.Act == timeline.ActNone {
				act = ""
			}
			said := show.Join(" · ", joined(" ", st.Speakers), act, strings.Join(topics, " "))
			fmt.Fprintf(&b, "- %s ^%s\n", show.Join(" · ", escape(st.Text), said), block(st.ID))
		}
	}
	return Note{v.meetingPath(meetingOf(first)) + ".md", b.String()}
}

// link is a link of a vault; what would end its text is left out of it.
func link(path, text string) string {
	text = strings.Map(func(r rune) rune {
		if strings.ContainsRune("[]|#^", r) {
			return -1
		}
		return r
	}, letters.Clean(text))
	return "[[" + path + "|" + text + "]]"
}

// block is the name of a statement inside its note, which may have letters, digits and hyphens.
func block(id string) string { return strings.NewReplacer("#", "-s").Replace(noteName(id)) }

// noteName makes a name of a file of an id on every system: an id can be the user's own.
func noteName(id string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|^[]`, r) {
			return '-'
		}
		return r
	}, id)
}
