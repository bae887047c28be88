#define _GNU_SOURCE

#include "CFilesystem.h"

#include <errno.h>
#include <fcntl.h>

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
