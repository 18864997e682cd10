package storage

import "syscall"

// letPagesGo tells the kernel that the process needs the pages of a mapping no more. They
// stay in the page cache, and are mapped again where they are read again.
func letPagesGo(start uintptr, size int64) {
	_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, start, uintptr(size), syscall.MADV_DONTNEED) // they stay
}
