package reading

import (
	"testing"
	"time"

	"readout/timeline"
)

func TestKanjiNumber(t *testing.T) {
	for in, want := range map[string]int{"一": 1, "十": 10, "十九": 19, "二十": 20, "二十一": 21, "二〇三三": 2033, "三〇": 30, "": 0, "一つ": 0} {
		if got := kanjiNumber(in); got != want {
			t.Errorf("kanjiNumber(%q) = %d, want %d", in, got, want)
		}
	}
}

func TestDaysInOtherLanguages(t *testing.T) {
	c := Default().calendar
	for in, want := range map[string]string{
		"令和１５年６月１２日（日）": "2033-06-12", "平成二十九年三月九日": "2017-03-09", "昭和６３年１月４日": "1988-01-04", "令和元年５月２日": "2019-05-02",
		"二〇四二年十月十二日": "2042-10-12", "2041년 5월 3일": "2041-05-03", "٤ مايو ٢٠٤١": "2041-05-04",
		"3. Mai 2041": "2041-05-03", "le 1er mai 2041": "2041-05-01", "3 de mayo de 2041": "2041-05-03", "3 мая 2041 года": "2041-05-03", "3 Mayıs 2041": "2041-05-03",
	} {
		days := c.find(plain(in))
		if len(days) != 1 {
			t.Errorf("%q prints %d days, want 1", in, len(days))
			continue
		}
		if got := days[0].complete(timeline.Date{}).String(); got != want {
			t.Errorf("%q is %s, want %s", in, got, want)
		}
	}
	ref, _ := timeline.NewDate(2041, time.March, 3)
	for in, want := range map[string]string{"28日、両外相は": "2041-02-28", "4日午後、": "2041-03-04", "本日、会談": "2041-03-03", "5月28日、": "", "сегодня в Осло": "2041-03-03"} {
		got := ""
		if d := c.relativeDay(in, ref); !d.IsZero() {
			got = d.String()
		}
		if got != want {
			t.Errorf("relative(%q) = %q, want %q", in, got, want)
		}
	}
}
