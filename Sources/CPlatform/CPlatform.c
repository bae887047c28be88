#define _GNU_SOURCE

#include "CPlatform.h"

#include <errno.h>
#include <fcntl.h>
#ifdef __linux__
#include <linux/fs.h>
#include <malloc.h>
#include <sys/ioctl.h>
#endif
#include <pthread.h>
#include <sched.h>
#include <unistd.h>

int winch_reserve(int descriptor, int64_t length) {
#ifdef __linux__
  while (fallocate(descriptor, FALLOC_FL_KEEP_SIZE, 0, (off_t)length) != 0) {
    if (errno != EINTR) return errno;
  }
  return 0;
#else
  (void)descriptor;
  (void)length;
  return EOPNOTSUPP;
#endif
}

int64_t winch_copy_part(int source, int target, int64_t length) {
#ifdef __linux__
  return copy_file_range(source, NULL, target, NULL, (size_t)length, 0);
#else
  (void)source;
  (void)target;
  (void)length;
  errno = EOPNOTSUPP;
  return -1;
#endif
}

int winch_clone(int source, int target) {
#ifdef FICLONE
  return ioctl(target, FICLONE, source) == 0 ? 0 : errno;
#else
  (void)source;
  (void)target;
  return EOPNOTSUPP;
#endif
}

void winch_give_way(void) {
#ifdef __linux__
  struct sched_param parameters = {0};
  (void)pthread_setschedparam(pthread_self(), SCHED_IDLE, &parameters);
#endif
}

void winch_use_one_arena(void) {
#ifdef __GLIBC__
  // Whether it is heeded changes nothing but the memory taken.
  (void)mallopt(M_ARENA_MAX, 1);
#endif
}
