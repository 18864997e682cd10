package diff

import "math"

// vector is a sparse vector with its length. No term stands twice in it.
type vector struct {
	terms []term
	norm  float64
}

type term struct {
	id     uint32
	weight float32
}

// measure sets the length.
func (v *vector) measure() {
	var sum float64
	for _, t := range v.terms {
		sum += float64(t.weight) * float64(t.weight)
	}
	v.norm = math.Sqrt(sum)
}

// dense is a vector laid out flat: many sparse ones are multiplied with one that
// is loaded into it, at one look-up a term. It is zero between uses.
type dense []float32

// load lays v out.
func (d *dense) load(v *vector) {
	for _, t := range v.terms {
		d.grow(t.id)
		(*d)[t.id] = t.weight
	}
}

// unload takes v away again.
func (d dense) unload(v *vector) {
	for _, t := range v.terms {
		d[t.id] = 0
	}
}

// dot is the scalar product of what is loaded with v.
func (d dense) dot(v *vector) float64 {
	var sum float64
	for _, t := range v.terms {
		if int(t.id) < len(d) {
			sum += float64(d[t.id]) * float64(t.weight)
		}
	}
	return sum
}

// tally adds one term for each distinct id to terms, weighing as much as the id
// is often, in order of first occurrence.
func (d *dense) tally(terms []term, ids []uint32) []term {
	for _, id := range ids {
		d.grow(id)
		(*d)[id]++
	}
	for _, id := range ids {
		if n := (*d)[id]; n > 0 {
			terms = append(terms, term{id, n})
			(*d)[id] = 0
		}
	}
	return terms
}

func (d *dense) grow(id uint32) {
	if n := int(id) + 1 - len(*d); n > 0 {
		*d = append(*d, make([]float32, max(n, len(*d)))...)
	}
}

// postings list, for each term, the vectors that have it: a vector is multiplied
// with all of them at the cost of the terms they share.
type postings struct {
	start   []int32 // of each term's postings
	vectors []int32
	weights []float32
}

// newPostings turns the vectors of the units round; terms are below size.
func newPostings(us []unit, of func(*unit) *vector, size int) postings {
	p := postings{start: make([]int32, size+1)}
	for i := range us {
		for _, t := range of(&us[i]).terms {
			p.start[t.id]++
		}
	}
	total := int32(0)
	for id, n := range p.start {
		total += n
		p.start[id] = total
	}
	p.vectors, p.weights = make([]int32, total), make([]float32, total)
	for i := len(us) - 1; i >= 0; i-- {
		for _, t := range of(&us[i]).terms {
			p.start[t.id]--
			p.vectors[p.start[t.id]], p.weights[p.start[t.id]] = int32(i), t.weight
		}
	}
	return p
}

// dots sets out[i] to the scalar product of v with the i-th vector.
func (p *postings) dots(v *vector, out []float64) {
	clear(out)
	for _, t := range v.terms {
		for k := p.start[t.id]; k < p.start[t.id+1]; k++ {
			out[p.vectors[k]] += float64(t.weight) * float64(p.weights[k])
		}
	}
}
