// The terminal, by plain named functions over ncursesw: its own names are macros, variadic
// functions and global variables, none of which Swift can use.
//
// All but the crash handling belong to one thread at a time.
#ifndef WINCH_CTERMINAL_H
#define WINCH_CTERMINAL_H

#include <stdbool.h>
#include <stdint.h>

// What a read has found.
enum winch_read {
  WINCH_READ_NOTHING,
  // A byte of text.
  WINCH_READ_BYTE,
  // One of winch_key.
  WINCH_READ_KEY,
};

enum winch_key {
  WINCH_KEY_OTHER,
  WINCH_KEY_UP,
  WINCH_KEY_DOWN,
  WINCH_KEY_LEFT,
  WINCH_KEY_RIGHT,
  WINCH_KEY_HOME,
  WINCH_KEY_END,
  WINCH_KEY_PAGE_UP,
  WINCH_KEY_PAGE_DOWN,
  WINCH_KEY_BACKSPACE,
  WINCH_KEY_DELETE,
  WINCH_KEY_ENTER,
  WINCH_KEY_BACK_TAB,
  WINCH_KEY_PASTE_BEGIN,
  WINCH_KEY_PASTE_END,
  // F1 is this plus 1.
  WINCH_KEY_FUNCTION = 100,
};

enum winch_attribute {
  WINCH_BOLD = 1,
  WINCH_DIM = 2,
  WINCH_UNDERLINE = 4,
  WINCH_REVERSE = 8,
};

struct winch_size {
  int column_count;
  int row_count;
};

// Sets the locale, the environment's when the name is empty; true when it is one of UTF-8.
bool winch_terminal_set_locale(const char *name);
// True when the system has the locale that the environment names.
bool winch_terminal_has_locale(void);
// The character encoding of the locale that was set last.
const char *winch_terminal_encoding(void);
// Name and version of ncurses.
const char *winch_terminal_library(void);
// True when the terminal's description is known. Nothing is written.
bool winch_terminal_is_known(const char *term);
// Colours of the description that was last found known; 0 for none.
int winch_terminal_known_colors(void);
// True when by the description that was last found known the sequences of ECMA-48 move the cursor to
// lines above, and erase to the end of a line.
bool winch_terminal_known_redraws_lines(void);
// Columns wcwidth(3) gives a scalar: 0 to 2, or -1 for what cannot be printed.
int winch_terminal_width(uint32_t scalar);

// Takes the terminal behind two descriptors: alternate screen and raw keys. False when that fails.
// Another one that was taken before must have been closed.
//
// Of the two sequences the first is sent whenever the terminal is taken, the second whenever it is
// given back, by a crash too.
bool winch_terminal_start(
    const char *term, int input, int output, const char *enter, const char *leave);
// Gives it back; may be called more than once.
void winch_terminal_stop(void);
// Gives it back for good, with all that was kept for it.
void winch_terminal_close(void);
// Takes it again after winch_terminal_stop.
void winch_terminal_resume(void);

// Writes a sequence at once, past ncurses.
void winch_terminal_send(const char *sequence);

struct winch_size winch_terminal_size(void);
// Takes over the size the terminal has now, and returns it.
struct winch_size winch_terminal_adopt_size(void);
// 0 for a terminal without colours.
int winch_terminal_colors(void);
// True where a colour's number is its red, green and blue, eight bits each, but for the first eight
// numbers, which are the usual colours.
bool winch_terminal_has_direct_colors(void);
// How many pairs can be defined.
int winch_terminal_pairs(void);
// Colours are -1 for the terminal's own.
void winch_terminal_define_pair(int pair, int foreground, int background);

// Puts a character and its marks, at most five scalars, into a cell.
void winch_terminal_put(
    int column, int row, const uint32_t *scalars, int count, int attributes, int pair);
// The cursor is hidden when the column is negative.
void winch_terminal_set_cursor(int column, int row);
// Writes what has changed, all at once.
void winch_terminal_refresh(void);
// The next refresh writes everything.
void winch_terminal_invalidate(void);

// Never waits, but for the rest of an escape sequence (25 ms).
enum winch_read winch_terminal_read(uint32_t *value);
// Waits until there is something to read, so many milliseconds at the most; false when there is not.
bool winch_terminal_wait(int milliseconds);
// Throws away what has come and was not read.
void winch_terminal_discard_input(void);
// True when the terminal is gone and nothing will ever be read again.
bool winch_terminal_input_has_ended(void);

// Stops the process and its group, as Ctrl-Z does in a shell.
void winch_terminal_stop_process(void);

// Runs a program on the terminal and waits for its end; it is found in PATH. When it stops, so does
// this process. Blocks its thread.
//
// Returns the exit status, 128 and the signal's number for a program that a signal ended, or a
// negative errno when it could not be started.
int winch_child_run(char *const arguments[]);

#endif
