package web

import (
	"encoding"
	"reflect"
	"strings"
	"time"
)

// openAPI is as much of an OpenAPI 3.1 document as there is to say. Schemas are
// read off the types of the answers, so that they cannot disagree with them.
type openAPI struct {
	OpenAPI    string                              `json:"openapi"`
	Info       openInfo                            `json:"info"`
	Paths      map[string]map[string]openOperation `json:"paths"`
	Components openComponents                      `json:"components"`
}

type openInfo struct {
	Title       string `json:"title"`
	Version     string `json:"version"`
	Description string `json:"description"`
}

type openOperation struct {
	Summary    string                  `json:"summary"`
	Parameters []openParameter         `json:"parameters,omitempty"`
	Responses  map[string]openResponse `json:"responses"`
}

type openParameter struct {
	Name        string      `json:"name"`
	In          string      `json:"in"`
	Description string      `json:"description"`
	Required    bool        `json:"required,omitempty"`
	Schema      *openSchema `json:"schema"`
}

type openResponse struct {
	Description string                 `json:"description"`
	Content     map[string]openContent `json:"content,omitempty"`
}

type openContent struct {
	Schema *openSchema `json:"schema"`
}

type openComponents struct {
	Schemas map[string]*openSchema `json:"schemas"`
}

type openSchema struct {
	Ref        string                 `json:"$ref,omitempty"`
	AnyOf      []*openSchema          `json:"anyOf,omitempty"`
	Type       string                 `json:"type,omitempty"`
	Format     string                 `json:"format,omitempty"`
	Enum       []string               `json:"enum,omitempty"`
	Items      *openSchema            `json:"items,omitempty"`
	Properties map[string]*openSchema `json:"properties,omitempty"`
	Required   []string               `json:"required,omitempty"`
}

// describe writes the questions down as OpenAPI has it.
func describe(all []endpoint) *openAPI {
	d := &openAPI{
		OpenAPI:    "3.1.0",
		Paths:      map[string]map[string]openOperation{},
		Components: openComponents{map[string]*openSchema{}},
		Info:       openInfo{"readout", "1", "The questions of the command line over HTTP; every answer is the document that the command gives with --format json. Answers carry an ETag."},
	}
	for _, e := range all {
		op := openOperation{Summary: e.summary, Responses: map[string]openResponse{
			"200":     {"the answer", map[string]openContent{"application/json": {d.schema(e.schema)}}},
			"304":     {"the caller has it already (If-None-Match)", nil},
			"default": {"what went wrong (RFC 9457)", map[string]openContent{"application/problem+json": {d.schema(reflect.TypeFor[problemJSON]())}}},
		}}
		for _, p := range e.params {
			op.Parameters = append(op.Parameters, openParameter{p.name, p.in, p.words, p.required, &openSchema{
				Type: "string",
				Enum: p.values,
			}})
		}
		d.Paths["/api/v1"+e.path] = map[string]openOperation{"get": op}
	}
	return d
}

// schema describes a type. Structs become components of their own.
func (d *openAPI) schema(t reflect.Type) *openSchema {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return &openSchema{Type: "string", Format: "date-time"}
	case t.Implements(reflect.TypeFor[encoding.TextMarshaler]()):
		return &openSchema{Type: "string"}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return d.schema(t.Elem()).orNull()
	case reflect.Slice, reflect.Array:
		return &openSchema{Type: "array", Items: d.schema(t.Elem())}
	case reflect.Bool:
		return &openSchema{Type: "boolean"}
	case reflect.String:
		return &openSchema{Type: "string"}
	case reflect.Float32, reflect.Float64:
		return &openSchema{Type: "number"}
	case reflect.Struct:
		return d.structure(t)
	case reflect.Map, reflect.Interface:
		return &openSchema{Type: "object"}
	}
	return &openSchema{Type: "integer"}
}

// orNull describes what may be missing.
func (s *openSchema) orNull() *openSchema {
	return &openSchema{AnyOf: []*openSchema{s, {Type: "null"}}}
}

func (d *openAPI) structure(t reflect.Type) *openSchema {
	name := strings.ToUpper(t.Name()[:1]) + t.Name()[1:]
	if path := t.PkgPath(); !strings.HasSuffix(path, "/render") && !strings.HasSuffix(path, "/web") {
		name = path[strings.LastIndex(path, "/")+1:] + "." + name
	}
	ref := &openSchema{Ref: "#/components/schemas/" + name}
	if d.Components.Schemas[name] != nil {
		return ref
	}
	out := &openSchema{Type: "object", Properties: map[string]*openSchema{}}
	d.Components.Schemas[name] = out // before its fields: a type may hold itself
	d.fields(t, out)
	return ref
}

// fields adds what encoding/json would write; a field of the outer struct hides one
// of the same name in an embedded struct.
func (d *openAPI) fields(t reflect.Type, out *openSchema) {
	for _, f := range reflect.VisibleFields(t) {
		tag, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !f.IsExported() || f.Anonymous || tag == "-" || tag == "" {
			continue
		}
		if _, ok := out.Properties[tag]; ok && len(f.Index) > 1 {
			continue
		}
		out.Properties[tag] = d.schema(f.Type)
		if !strings.Contains(options, "omit") {
			out.Required = append(out.Required, tag)
		}
	}
}
