package ask

import "readout/timeline"

// Sources is the answer of "sources list".
type Sources struct {
	Schema  string   `json:"schema"` // "readout.sources/1"
	File    string   `json:"file"`
	Sources []Source `json:"sources"` // in the order of the file
}

// Source is a place that is followed.
type Source struct {
	Name     string           `json:"name"`
	URL      string           `json:"url"`
	Kind     string           `json:"kind"`
	Links    string           `json:"links"` // regular expression, "" for the general rule
	Parties  []timeline.Party `json:"parties"`
	Issuer   timeline.Party   `json:"issuer"`
	Schedule string           `json:"schedule"`
}

// NewSources returns the sources of a file, in their order, as an answer.
func NewSources(file string, list []Source) *Sources {
	for i := range list {
		list[i].Parties = some(list[i].Parties)
	}
	return &Sources{Schema: "readout.sources/1", File: file, Sources: some(list)}
}

// Lines returns the sources.
func (x *Sources) Lines() []any { return lines(x.Sources) }

// Inspection is the answer of "sources test" and "sources add".
type Inspection struct {
	Schema string          `json:"schema"` // "readout.inspection/1"
	URL    string          `json:"url"`    // that answered
	Kind   string          `json:"kind"`
	Why    string          `json:"why"` // it is taken for that kind
	Title  string          `json:"title"`
	Links  []InspectedLink `json:"links"` // all of a list in its order, taken or not; none of a page
	Taken  int             `json:"taken"`
	Feeds  []string        `json:"feeds"` // that the page names: they are lighter to follow
	Note   string          `json:"note"`
	First  *Sample         `json:"first"` // the first release as it would be read, null for none
}

// InspectedLink is a link and whether it would be taken.
type InspectedLink struct {
	URL    string `json:"url"`
	Text   string `json:"text"`
	Taken  bool   `json:"taken"`
	Reason string `json:"reason"`
}

// Sample is a page as it would be read.
type Sample struct {
	URL      string   `json:"url"`
	Standing string   `json:"standing"` // "" where it would be a version
	Reason   string   `json:"reason"`
	Release  *Release `json:"release"`
	Cut      []string `json:"cut"` // what of the page was left out, in its order
}

// NewInspection returns what is known of an address before it is looked at.
func NewInspection(address string) *Inspection {
	return &Inspection{Schema: "readout.inspection/1", URL: address, Links: []InspectedLink{}, Feeds: []string{}}
}

// Lines returns the links.
func (x *Inspection) Lines() []any { return lines(x.Links) }

// Catalogue is the answer of "sources catalogue".
type Catalogue struct {
	Schema  string            `json:"schema"` // "readout.catalogue/1"
	Sources []CatalogueSource `json:"sources"`
}

// CatalogueSource is a place where a ministry or central bank is known to publish.
type CatalogueSource struct {
	Name      string         `json:"name"`
	Party     timeline.Party `json:"party"`
	Publisher string         `json:"publisher"`
	URL       string         `json:"url"`
	Checked   timeline.Date  `json:"checked"` // the day on which it was last seen to work, "" where nobody has looked yet
}

// NewCatalogue returns those as an answer.
func NewCatalogue(list []CatalogueSource) *Catalogue {
	return &Catalogue{Schema: "readout.catalogue/1", Sources: some(list)}
}

// Lines returns the sources.
func (c *Catalogue) Lines() []any { return lines(c.Sources) }
