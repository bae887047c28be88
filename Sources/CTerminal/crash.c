#define _XOPEN_SOURCE 700
#include "internal.h"

#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

// A handler may only call async-signal-safe functions (signal-safety(7)), and endwin is none. So
// what it needs is prepared: the modes of before, and the sequence that leaves the screen.
static int in = STDIN_FILENO, out = STDOUT_FILENO;
static struct termios modes;
static bool has_modes;
static char leave[512];
static size_t leave_length;

static const int faults[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT};
enum { fault_count = sizeof faults / sizeof faults[0] };

static void handle(int number) {
  if (write(out, leave, leave_length) < 0) {
    // Nothing can be done about it here.
  }
  // What was typed, or told by the terminal, is not meant for the shell.
  tcflush(in, TCIFLUSH);
  if (has_modes) tcsetattr(in, TCSANOW, &modes);
  winch_stderr_release();
  // SA_RESETHAND has brought the default action back: the process ends by the signal it got.
  raise(number);
}

void winch_crash_keep_modes(int input, int output) {
  in = input;
  out = output;
  has_modes = tcgetattr(in, &modes) == 0;
}

void winch_crash_keep_sequence(const char *leave_sequence) {
  leave_length = strlen(leave_sequence);
  if (leave_length > sizeof leave) leave_length = sizeof leave;
  memcpy(leave, leave_sequence, leave_length);
}

void winch_crash_arm(void) {
  // A stack overflow leaves no stack to handle it on.
  static char *spare_stack;
  const size_t size = 64 * 1024;
  if (spare_stack == NULL && (spare_stack = malloc(size)) != NULL) {
    stack_t stack = {.ss_sp = spare_stack, .ss_size = size};
    sigaltstack(&stack, NULL);
  }
  struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESETHAND | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  for (int index = 0; index < fault_count; index++) sigaction(faults[index], &action, NULL);
}

void winch_crash_disarm(void) {
  for (int index = 0; index < fault_count; index++) signal(faults[index], SIG_DFL);
}
