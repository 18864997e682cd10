package extract_test
import ("testing";"os";"fmt";"path/filepath";"strings";"readout/timeline")
func TestShow(t *testing.T){
 pat := os.Getenv("SHOW")
 eachPage(t, pat, func(t *testing.T, file string, rel *timeline.Release){ fmt.Println("=====", filepath.Base(file)); fmt.Println(strings.Join(siteLines(rel),"\n")) })
}
