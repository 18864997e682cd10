package calendar_test

import (
	"strings"
	"testing"

	"readout/internal/reading/calendar"
	"readout/timeline"
)

func date(t testing.TB, s string) timeline.Date {
	t.Helper()
	d, err := timeline.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// printed writes the days of a text: "2034-06-05", "--06-05 Mon" without a year, ".." a span.
func printed(s string) string {
	var out []string
	for _, d := range calendar.Default().Find(s) {
		year := d.Year
		if year == 0 {
			year = 2000
		}
		day := d.In(year)
		text := day.String()
		if last := d.Until(day); !last.IsZero() {
			text += ".." + last.String()
		}
		if d.Year == 0 {
			text = strings.ReplaceAll(strings.ReplaceAll(text, "2000-", "-"), "2001-", "-")
		}
		if d.Weekday > 0 {
			text += " " + []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}[d.Weekday-1]
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

// Years, months and digits of other calendars and scripts are read in the languages that use
// them, and the day stands where they put it.
func TestFindInOtherLanguages(t *testing.T) {
	for _, tt := range []struct{ lang, text, want string }{
		{"fa", "۱۵ مهر ۱۴۱۱", "2032-10-06"},
		{"fa", "۱۴۱۲/۰۳/۲۲", "2033-06-11"},
		{"fa", "30 اسفند 1403", "2025-03-20"}, // a leap year
		{"fa", "30 اسفند 1404", ""},
		{"ar", "1411/7/15", ""}, // of the lunar calendar
		{"th", "7 มี.ค. 2576", "2033-03-07"},
		{"th", "๔ กรกฎาคม ๒๕๗๕", "2032-07-04"},
		{"hi", "८ अगस्त २०३३", "2033-08-08"},
		{"bn", "১৮ নভেম্বর ২০৩২", "2032-11-18"},
		{"mn", "2033 оны 6 дугаар сарын 9-ний өдөр", "2033-06-09"},
		{"kk", "2032 жылғы 17 қыркүйек", "2032-09-17"},
		{"uz", "2033-yil 21-aprel kuni", "2033-04-21"},
		{"az", "8 may 2032-ci il", "2032-05-08"},
		{"en", "12-Mar-2041", "2041-03-12"},
	} {
		c := calendar.Default()
		if tt.lang != "en" {
			c = c.In(tt.lang)
		}
		got := ""
		for _, d := range c.Find(tt.text) {
			got += d.Date().String()
		}
		if got != tt.want {
			t.Errorf("In(%q).Find(%q) = %q, want %q", tt.lang, tt.text, got, tt.want)
		}
	}
}

// A day with strokes is read where another day of the text proves its order, and only there.
func TestOrdered(t *testing.T) {
	for text, want := range map[string]string{
		"12/02/2041 They met on 12 February 2041.":    "2041-02-12",
		"12/02/2041 They met on December 1, 2041.":    "2041-12-02",
		"12/02/2041 The next round is on 25/03/2041.": "2041-02-12",
		"12/02/2041 They met.":                        "",
		"12/02/2041, 11/02/2041, 13 June 2041":        "",
		"12/02/2041 25/03/2041 03/26/2041":            "",
	} {
		got := ""
		for _, d := range calendar.Default().Ordered(text).Find(text[:10]) {
			got += d.Date().String()
		}
		if got != want {
			t.Errorf("Ordered(%q) reads %q, want %q", text, got, want)
		}
	}
}

func TestFind(t *testing.T) {
	for in, want := range map[string]string{
		"17 March 2041": "2041-03-17", "March 17, 2041": "2041-03-17", "17th of March, 2041": "2041-03-17", "the 6th of March": "-03-06",
		"MARCH 3, 2041": "2041-03-03", "Sept. 9, 2041": "2041-09-09", "June ６, ２０４４": "2044-06-06",
		"2041-03-17": "2041-03-17", "2041/3/7": "2041-03-07", "2041.03.07": "2041-03-07", "2041. 3. 7.": "2041-03-07", "3.11.2041": "2041-11-03", "Oslo, 3. 11. 2041 - X": "2041-11-03",
		"17/3/2041": "2041-03-17", "3/17/2041": "2041-03-17", "6/26/41": "2041-06-26", "5/5/2041": "2041-05-05", "3/4/2041": "",
		"On March 17 (local time)": "-03-17", "Monday, June 5": "-06-05 Mon", "Monday 21 to Thursday 24 July 2042": "2042-07-21..2042-07-24 Mon",
		"from September 20 to 22, 2042": "2042-09-20..2042-09-22", "from September 30 to October 2, 2042": "2042-09-30..2042-10-02",
		"from December 30 to January 2, 2042": "2041-12-30..2042-01-02", "20 to 22 September 2042": "2042-09-20..2042-09-22",
		"4, 5 and 6 May 2042": "2042-05-04..2042-05-06", "January 30 and 31, 2042": "2042-01-30..2042-01-31", "October 30-31 2042": "2042-10-30..2042-10-31",
		"on Wednesday and Thursday, 23-24 January 2041": "2041-01-23..2041-01-24 Wed", "28 February – 2 March 2041": "2041-02-28..2041-03-02",
		"July 17 (Mon.), 2034": "2034-07-17 Mon", "(November 4, Port Alder)": "-11-04",
		"5 March and 9 November 2041": "-03-05, 2041-11-09", "the quotas of March 5, of April 9 and of 2041": "-03-05, -04-09",
		"am 5. Mai 2041": "2041-05-05", "Du 17 au 22 mars 2041": "2041-03-17..2041-03-22", "le 1er mars 2041": "2041-03-01", "le jeudi 17 juin": "-06-17 Thu",
		"Il 21 e il 22 settembre 2041": "2041-09-21..2041-09-22", "Il 1° luglio 2041": "2041-07-01", "el 14 de agosto de 2041": "2041-08-14", "del 3 al 5 de mayo": "-05-03..-05-05",
		"Fredagen den 13 oktober": "-10-13 Fri", "den 17–18 april": "-04-17..-04-18", "2. marts 2041": "2041-03-02", "7. maaliskuuta 2041": "2041-03-07", "στις 7 Μαρτίου 2041": "2041-03-07",
		"2041. március 7-én": "2041-03-07", "ngày 7 tháng 3 năm 2041": "2041-03-07", "17 марта 2041 г.": "2041-03-17", "٤ مايو ٢٠٤١": "2041-05-04", "4 آذار/مارس 2041": "2041-03-04",
		"28 كانون الثاني 2041": "2041-01-28",
		"2041年3月7日":            "2041-03-07", "令和13年6月12日": "2031-06-12", "令和元年5月2日": "2019-05-02", "平成二十九年三月九日": "2017-03-09", "二〇四二年十月十二日": "2042-10-12", "６月５日": "-06-05",
		"2041年（令和23年）3月7日（木）": "2041-03-07 Thu", "11月10日から12日まで": "-11-10..-11-12", "3月30日至4月2日": "-03-30..-04-02", "3月6、7日": "-03-06..-03-07", "2041년 3월 7일(목)": "2041-03-07 Thu", "5.3.(금)": "-05-03 Fri",
		// No days.
		"may 12 of them march 5 miles": "", "30 February 2041": "", "in 2041": "", "Resolution 2041-99-12": "", "the 8 set out": "", "version 1.2.3.2041": "", "1457/10/28": "",
		"about 5 percent, 3.5 March miles": "", "März 17:30": "", "Sun 5 times": "",
	} {
		if got := printed(in); got != want {
			t.Errorf("Find(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDayFirst(t *testing.T) {
	for in, want := range map[string]string{"3/4/2041": "2041-04-03", "17/3/2041": "2041-03-17", "3/17/2041": "2041-03-17"} {
		if found := calendar.Default().DayFirst().Find(in); len(found) != 1 || found[0].Date().String() != want {
			t.Errorf("Find(%q) = %v, want %s", in, found, want)
		}
	}
}

func TestOnly(t *testing.T) {
	c := calendar.Default()
	for in, want := range map[string]bool{
		"March 17, 2041": true, "Date 2041-03-17": true, "Wednesday, 3 April 2041": true, "Published on 3 April 2041, 5 p.m.": true, "３月７日": true, "Publish Date: 6/26/41": true,
		"On March 17 they met": false, "(March 17, Port Alder)": false, "Talks": false,
	} {
		if _, got := c.Only(in); got != want {
			t.Errorf("Only(%q) = %t, want %t", in, got, want)
		}
	}
}

func TestRelative(t *testing.T) {
	c := calendar.Default()
	ref := date(t, "2041-03-07") // a Thursday
	for _, tt := range []struct{ language, in, want string }{
		{"en", "The premier spoke today with", "2041-03-07"}, {"en", "They met yesterday.", "2041-03-06"}, {"en", "met on Tuesday in", "2041-03-05"},
		{"en", "met on Thursday", "2041-03-07"}, {"en", "met on Friday", "2041-03-01"}, {"en", "They met.", ""}, {"en", "faces today's challenges", ""},
		{"en", "will meet tomorrow", "2041-03-08"}, {"en", "On Tuesday, 9 April, they met", ""}, {"en", "met on the 5th in Oslo", ""}, {"en", "met on the 5th, in Oslo", "2041-03-05"},
		{"en", "the 5th meeting", ""},
		{"de", "hat heute empfangen", "2041-03-07"}, {"de", "ist hier zu Gast", ""}, {"fr", "reçu hier", "2041-03-06"}, {"fr", "a reçu aujourd’hui", "2041-03-07"},
		{"fr", "la journée d'aujourd'hui", "2041-03-07"}, {"sv", "mötte i dag", "2041-03-07"}, {"sv", "på tisdag", "2041-03-05"}, {"ru", "сегодня в Осло", "2041-03-07"},
		{"ja", "28日、両外相は", "2041-02-28"}, {"ja", "8日午後、", "2041-03-08"}, {"ja", "本日、会談", "2041-03-07"}, {"ja", "5月28日、", ""}, {"zh", "今天会见", "2041-03-07"},
	} {
		if got := c.Relative(tt.in, tt.language, ref).String(); got != tt.want {
			t.Errorf("Relative(%q, %s) = %q, want %q", tt.in, tt.language, got, tt.want)
		}
	}
}

func TestMonthAlone(t *testing.T) {
	c := calendar.Default()
	for in, want := range map[string]string{"the talks of March 2041": "2041-03", "en mars 2041": "2041-03", "2041年3月の会談": "2041-03", "5 March 2041": "", "in 2041": "", "令和13年6月": "2031-06"} {
		got := ""
		for _, d := range c.Partial(in) {
			if d.Day == 0 {
				d.Day = 1
				got = d.Date().String()[:7]
			}
		}
		if got != want {
			t.Errorf("Partial(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestMeta(t *testing.T) {
	c := calendar.Default()
	for in, want := range map[string]string{
		"2041-04-17T23:30:00-05:00": "2041-04-17", "Wed, 17 Apr 2041 23:30:00 -0500": "2041-04-17", "20410417": "2041-04-17", "17 avril 2041": "2041-04-17", "17 avril": "", "soon": "",
	} {
		if got := c.Meta(in).String(); got != want {
			t.Errorf("Meta(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestNumeral(t *testing.T) {
	for in, want := range map[string]int{"一": 1, "十": 10, "十九": 19, "二十": 20, "二十一": 21, "二〇三三": 2033, "三〇": 30, "": 0, "一つ": 0} {
		if got := calendar.Numeral(in); got != want {
			t.Errorf("Numeral(%q) = %d, want %d", in, got, want)
		}
	}
}

// Whatever the text, days lie in it, in order and apart, and exist.
func FuzzFind(f *testing.F) {
	c := calendar.Default()
	for _, s := range []string{"from September 30 to October 2, 2042", "令和元年5月1日", "3.11.2041", "Sun, 31 Dec", "11月10日から12日", "5.3.(금)", "二〇四二年十月十二日から二十日"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for _, d := range c.Find(s) {
			if d.Start < last || d.End <= d.Start || d.End > len(s) {
				t.Fatalf("Find(%q): %+v after %d", s, d, last)
			}
			last = d.End
			if d.Year != 0 && d.Date().IsZero() {
				t.Fatalf("Find(%q): %+v is no day", s, d)
			}
		}
		for _, d := range c.Partial(s) {
			if d.Start < 0 || d.End > len(s) || d.End <= d.Start {
				t.Fatalf("Partial(%q): %+v", s, d)
			}
		}
		c.Only(s)
		c.Meta(s)
		c.Relative(s, "en", date(t, "2041-03-07"))
	})
}

func BenchmarkFind(b *testing.B) {
	c := calendar.Default()
	s := "On March 17 (local time), the Minister for Foreign Affairs, who was visiting for the 40th session of the council, held a meeting of some 25 minutes with her counterpart in Lisbon."
	b.ReportAllocs()
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		c.Find(s)
	}
}
