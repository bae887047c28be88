#ifndef WINCH_CFILESYSTEM_H
#define WINCH_CFILESYSTEM_H

#include <stdint.h>

/// Takes room on the disk for the first `length` bytes of an open file without changing its length.
///
/// Returns 0, or the value of errno; EOPNOTSUPP where the filesystem or the system has no such thing
/// (Linux: fallocate(2) with FALLOC_FL_KEEP_SIZE, which glibc shows to GNU programs alone).
int winch_reserve(int descriptor, int64_t length);

#endif
