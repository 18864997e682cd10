package timeline

import "slices"

// decide carries out one decision of a curator. A decision about a topic or a
// statement that the series does not have does nothing.
func (d *draft) decide(x Decision) {
	t := d.resolve(x.Topic)
	switch x.Op {
	case Rename:
		if t >= 0 && foldName(x.Name) != "" {
			d.topics[t].other = append([]string{d.topics[t].name}, d.topics[t].other...)
			d.topics[t].name = x.Name
		}
	case Alias:
		if t >= 0 && foldName(x.Name) != "" {
			d.topics[t].other = append([]string{x.Name}, d.topics[t].other...)
		}
	case Merge:
		if into := d.resolve(x.Into); t >= 0 && into >= 0 && t != into {
			d.merge(t, into)
		}
	case Apart:
		if other := d.resolve(x.Into); t >= 0 && other >= 0 {
			d.parted = append(d.parted, [2]int{t, other})
		}
	case Split:
		d.split(t, x)
	case Pin:
		if t < 0 {
			t = d.named(x.Topic)
		}
		if t >= 0 {
			d.each(x, func(i int) { d.pin(i, t, "pinned to "+x.Topic) })
		}
	case Exclude:
		if t >= 0 || x.Topic == "" {
			d.each(x, func(i int) {
				d.of[i] = slices.DeleteFunc(d.of[i], func(p place) bool { return x.Topic == "" || p.topic == t })
			})
		}
	}
}

// resolve finds the topic that ref is the id or a name of, -1 for none. A topic
// with statements is preferred, then a present name to a former one.
func (d *draft) resolve(ref string) int {
	want := foldName(ref)
	if want == "" {
		return -1
	}
	found, best := -1, 0
	has := make([]bool, len(d.topics))
	for _, ps := range d.of {
		for _, p := range ps {
			has[p.topic] = true
		}
	}
	for t, x := range d.topics {
		score := 0
		if foldName(x.name) == want {
			score = 2
		} else if slices.ContainsFunc(x.other, func(n string) bool { return foldName(n) == want }) || foldName(x.table) == want {
			score = 1
		}
		root := d.follow(t)
		if score > 0 && has[root] {
			score += 2
		}
		if score > best {
			found, best = root, score
		}
	}
	return found
}

// different reports whether a curator says that two topics are two issues.
func (d *draft) different(a, b int) bool {
	return slices.ContainsFunc(d.parted, func(p [2]int) bool {
		x, y := d.follow(p[0]), d.follow(p[1])
		return x == a && y == b || x == b && y == a
	})
}

// follow is the topic that has taken t over, or t.
func (d *draft) follow(t int) int {
	for d.topics[t].merged >= 0 {
		t = d.topics[t].merged
	}
	return t
}

// named makes a topic of the given name, -1 where the name has no word.
func (d *draft) named(name string) int {
	if foldName(name) == "" {
		return -1
	}
	d.topics = append(d.topics, draftTopic{name: name, merged: -1})
	return len(d.topics) - 1
}

func (d *draft) merge(from, into int) {
	d.topics[into].other = append(append(d.topics[into].other, d.topics[from].name), d.topics[from].other...)
	d.topics[from].merged = into
	for i, ps := range d.of {
		k := slices.IndexFunc(ps, func(p place) bool { return p.topic == from })
		if k < 0 {
			continue
		}
		if slices.ContainsFunc(ps, func(p place) bool { return p.topic == into }) {
			d.of[i] = slices.Delete(ps, k, k+1)
		} else {
			ps[k].topic = into
		}
	}
}

// split moves the statements of t that contain the decision's text to the topic of
// its name; where t is no topic, every statement that contains it.
func (d *draft) split(t int, x Decision) {
	run := words(x.Text)
	to := d.resolve(x.Name)
	if to < 0 {
		to = d.named(x.Name)
	}
	if to < 0 || to == t || len(run) == 0 {
		return
	}
	for i := range d.units {
		if !containsRun(words(d.units[i].statement.Text), run) {
			continue
		}
		k := slices.IndexFunc(d.of[i], func(p place) bool { return p.topic == t })
		if t >= 0 && k < 0 {
			continue
		}
		if k >= 0 {
			d.of[i] = slices.Delete(d.of[i], k, k+1)
		}
		d.pin(i, to, "split off by "+x.Text)
	}
}

// pin puts unit i into topic t, first.
func (d *draft) pin(i, t int, why string) {
	ps := slices.DeleteFunc(d.of[i], func(p place) bool { return p.topic == t })
	d.of[i] = append([]place{{topic: t, decided: why}}, ps...)
	if len(d.of[i]) > maxTopics {
		d.of[i] = d.of[i][:maxTopics]
	}
}

// each calls do for the statements that a decision refers to.
func (d *draft) each(x Decision, do func(i int)) {
	want := foldText(x.Text)
	for i := range d.units {
		u := &d.units[i]
		if (x.Release == "" || d.releases[u.release].ID == x.Release) && foldText(u.statement.Text) == want {
			do(i)
		}
	}
}
