#define _XOPEN_SOURCE 700
#include "CTerminal.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <sys/types.h>
#include <sys/wait.h>

extern char **environ;

// With every signal as a shell would leave it: those that this process ignores or blocks would stay
// so in the child. It stays in this process's group, which is the one that may use the terminal.
static int spawn(pid_t *child, char *const arguments[]) {
  posix_spawnattr_t attributes;
  sigset_t all, none;
  sigfillset(&all);
  sigemptyset(&none);
  int problem = posix_spawnattr_init(&attributes);
  if (problem != 0) return problem;
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  problem = posix_spawnp(child, arguments[0], NULL, &attributes, arguments, environ);
  posix_spawnattr_destroy(&attributes);
  return problem;
}

int winch_child_run(char *const arguments[]) {
  pid_t child;
  int problem = spawn(&child, arguments);
  if (problem != 0) return -problem;
  for (;;) {
    int status;
    if (waitpid(child, &status, WUNTRACED) < 0) {
      if (errno == EINTR) continue;
      return -errno;
    }
    if (WIFEXITED(status)) return WEXITSTATUS(status);
    if (WIFSIGNALED(status)) return 128 + WTERMSIG(status);
    if (WIFSTOPPED(status)) {
      winch_terminal_stop_process();
      kill(child, SIGCONT);
    }
  }
}
