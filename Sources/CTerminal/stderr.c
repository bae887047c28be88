#define _XOPEN_SOURCE 700
#include "internal.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// A message that a library prints would tear the screen, so it waits in a file without a name.
static int real = -1;
static int kept = -1;

void winch_stderr_capture(void) {
  if (real >= 0 || !isatty(STDERR_FILENO)) return;
  char path[] = "/tmp/winch-stderr-XXXXXX";
  kept = mkstemp(path);
  if (kept < 0) return;
  unlink(path);
  // A program started meanwhile must not hold on to the terminal.
  fcntl(kept, F_SETFD, FD_CLOEXEC);
  real = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (real < 0 || dup2(kept, STDERR_FILENO) < 0) {
    close(kept);
    kept = -1;
  }
}

// Control characters could act on the terminal; C1 ones are two bytes in UTF-8, the first C2.
static void make_harmless(char *text, ssize_t length, bool *after_c2) {
  for (ssize_t index = 0; index < length; index++) {
    unsigned char byte = (unsigned char)text[index];
    bool is_c1 = *after_c2 && byte < 0xA0;
    *after_c2 = byte == 0xC2;
    if ((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F || is_c1) text[index] = '?';
  }
}

void winch_stderr_release(void) {
  if (real < 0 || kept < 0) return;
  dup2(real, STDERR_FILENO);
  // The end of it says most: what a crash has printed last.
  const off_t most = 8192;
  off_t end = lseek(kept, 0, SEEK_END);
  lseek(kept, end > most ? end - most : 0, SEEK_SET);
  char text[512];
  ssize_t length;
  bool after_c2 = false;
  while ((length = read(kept, text, sizeof text)) > 0) {
    make_harmless(text, length, &after_c2);
    if (write(STDERR_FILENO, text, (size_t)length) < 0) break;
  }
  close(kept);
  close(real);
  kept = real = -1;
}
