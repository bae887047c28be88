#ifndef WINCH_CPLATFORM_H
#define WINCH_CPLATFORM_H

#include <stdint.h>

/// Takes room on the disk for the first `length` bytes of an open file without changing its length.
///
/// Returns 0, or the value of errno; EOPNOTSUPP where the filesystem or the system has no such thing
/// (Linux: fallocate(2) with FALLOC_FL_KEEP_SIZE, which glibc shows to GNU programs alone).
int winch_reserve(int descriptor, int64_t length);

/// Has the system copy up to `length` bytes from where one open file stands to where another does, and
/// moves both on. A filesystem that can lets the files share them.
///
/// Returns the bytes copied, 0 at the end, or -1 with errno set where it cannot
/// (Linux: copy_file_range(2), which glibc shows to GNU programs alone).
int64_t winch_copy_part(int source, int target, int64_t length);

/// Makes an open empty file share all blocks of another, without copying.
///
/// Returns 0, or the value of errno where the filesystem cannot (Linux: ioctl_ficlone(2), whose header
/// Swift's Glibc module leaves out).
int winch_clone(int source, int target);

/// Gives the calling thread processor and disk only while nobody else wants them, where the system can
/// and allows it (Linux: SCHED_IDLE, from which it derives the priority at the disk).
void winch_give_way(void);

/// Lets all threads that begin later take memory from one arena (glibc: mallopt(3), M_ARENA_MAX). Each
/// would have one of its own, and what is free in one is of no use to the others.
void winch_use_one_arena(void);

#endif
