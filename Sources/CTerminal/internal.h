#ifndef WINCH_CTERMINAL_INTERNAL_H
#define WINCH_CTERMINAL_INTERNAL_H

// Restores the terminal after a signal that ends the process because of a fault in it.
// The modes are kept before the screen is taken, the sequence once the terminal is known.
void winch_crash_keep_modes(int input, int output);
void winch_crash_keep_sequence(const char *leave_sequence);
void winch_crash_arm(void);
void winch_crash_disarm(void);

// Keeps what is written to standard error off the screen, and shows it afterwards.
void winch_stderr_capture(void);
// Async-signal-safe.
void winch_stderr_release(void);

#endif
