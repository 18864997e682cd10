package timeline

func (l *linker) mergeAlike() {}
func (l *linker) discover()   {}
