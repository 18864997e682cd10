package publish

import (
	"encoding/xml"
	"io"
	"strconv"

	"readout/internal/ask"
	"readout/timeline"
)

// SpreadCSV writes one row for each party.
func SpreadCSV(w io.Writer, s *ask.Spread) error {
	rows := [][]string{{"phrase", "party", "releases", "since", "first", "first_release", "first_statement", "first_text",
		"last", "last_release", "last_statement", "last_text"}}
	for _, p := range s.Parties {
		row := []string{s.Phrase, string(p.Party), strconv.Itoa(p.Uses), strconv.Itoa(p.Since)}
		for _, u := range []ask.SpreadUse{p.First, p.Last} {
			row = append(row, u.Day.String(), u.Release, u.Statement, u.Text)
		}
		rows = append(rows, row)
	}
	return writeCSV(w, rows)
}

// graphML is a graph in the form that graph editors read
// (http://graphml.graphdrawing.org/specification.html).
type graphML struct {
	XMLName xml.Name   `xml:"http://graphml.graphdrawing.org/xmlns graphml"`
	Keys    []graphKey `xml:"key"`
	Graph   graph      `xml:"graph"`
}

type graphKey struct {
	ID   string `xml:"id,attr"`
	For  string `xml:"for,attr"`
	Name string `xml:"attr.name,attr"`
	Type string `xml:"attr.type,attr"`
}

type graph struct {
	Direction string      `xml:"edgedefault,attr"`
	Nodes     []graphNode `xml:"node"`
	Edges     []graphEdge `xml:"edge"`
}

type graphNode struct {
	ID   string      `xml:"id,attr"`
	Data []graphData `xml:"data"`
}

type graphEdge struct {
	Source string      `xml:"source,attr"`
	Target string      `xml:"target,attr"`
	Data   []graphData `xml:"data"`
}

type graphData struct {
	Key   string `xml:"key,attr"`
	Value string `xml:",chardata"`
}

// SpreadGraphML writes the parties as nodes; an edge leads to each from those that had said
// the phrase before and said it with it the first time.
func SpreadGraphML(w io.Writer, s *ask.Spread) error {
	g := graphML{Keys: []graphKey{
		{"first", "node", "first", "string"}, {"last", "node", "last", "string"}, {"releases", "node", "releases", "int"},
		{"since", "node", "since", "int"},
		{"text", "edge", "text", "string"}, {"release", "edge", "release", "string"},
	}, Graph: graph{Direction: "directed"}}
	said := map[timeline.Party]timeline.Date{}
	for _, p := range s.Parties {
		said[p.Party] = p.First.Day
	}
	for _, p := range s.Parties {
		g.Graph.Nodes = append(g.Graph.Nodes, graphNode{string(p.Party), []graphData{
			{"first", p.First.Day.String()}, {"last", p.Last.Day.String()}, {"releases", strconv.Itoa(p.Uses)},
			{"since", strconv.Itoa(p.Since)}}})
		for _, q := range p.First.With {
			if day, ok := said[q]; ok && q != p.Party && day.Compare(p.First.Day) < 0 {
				g.Graph.Edges = append(g.Graph.Edges, graphEdge{string(q), string(p.Party),
					[]graphData{{"text", p.First.Text}, {"release", p.First.Release}}})
			}
		}
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(g); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
