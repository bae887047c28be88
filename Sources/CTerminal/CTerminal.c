#define _XOPEN_SOURCE 700
#define _XOPEN_SOURCE_EXTENDED 1
#define _DEFAULT_SOURCE 1
#include "CTerminal.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "internal.h"

// Beyond every code of ncurses and of its extended keys.
enum { paste_begin = 5000, paste_end = 5001 };

static SCREEN *screen;
static FILE *in, *out;
static bool is_active;
static char enter[256];
static char leave[256];

bool winch_terminal_set_locale(const char *name) {
  setlocale(LC_ALL, name);
  // Numbers are for programs too: they keep their point.
  setlocale(LC_NUMERIC, "C");
  return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

bool winch_terminal_has_locale(void) { return setlocale(LC_CTYPE, "") != NULL; }

const char *winch_terminal_encoding(void) { return nl_langinfo(CODESET); }

const char *winch_terminal_library(void) { return curses_version(); }

bool winch_terminal_is_known(const char *term) {
  int status = 0;
  return setupterm(term, STDOUT_FILENO, &status) == OK && status == 1;
}

int winch_terminal_known_colors(void) {
  int count = tigetnum("colors");
  return count > 0 ? count : 0;
}

static bool is_capability(const char *name, const char *sequence) {
  const char *value = tigetstr((char *)name);
  return value != NULL && value != (const char *)-1 && strncmp(value, sequence, strlen(sequence)) == 0;
}

bool winch_terminal_known_redraws_lines(void) {
  return is_capability("cuu", "\033[%p1%dA") && is_capability("el", "\033[K");
}

int winch_terminal_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

// Past ncurses' buffer, which is empty at those moments.
void winch_terminal_send(const char *sequence) {
  size_t left = strlen(sequence);
  fflush(out);
  while (left > 0) {
    ssize_t written = write(fileno(out), sequence, left);
    if (written < 0 && errno == EINTR) continue;
    // A terminal that is gone is told by the end of its input.
    if (written <= 0) return;
    sequence += written;
    left -= (size_t)written;
  }
}

// Takes out the waits that a description asks for, such as $<2/>, which are no text.
static void append_without_waits(char *all, const char *sequence) {
  size_t length = strlen(all);
  while (*sequence != '\0') {
    const char *end = strncmp(sequence, "$<", 2) == 0 ? strchr(sequence, '>') : NULL;
    if (end != NULL) {
      sequence = end + 1;
    } else {
      all[length++] = *sequence++;
    }
  }
  all[length] = '\0';
}

static void prepare_crash(void) {
  char all[512];
  strcpy(all, leave);
  const char *names[] = {"sgr0", "cnorm", "rmkx", "rmcup"};
  for (int index = 0; index < 4; index++) {
    const char *sequence = tigetstr(names[index]);
    if (sequence == NULL || sequence == (char *)-1) continue;
    if (strlen(all) + strlen(sequence) < sizeof all) append_without_waits(all, sequence);
  }
  winch_crash_keep_sequence(all);
}

// Terminals that are not in application mode send these, whatever their description says.
static void define_keys(void) {
  static const struct {
    const char *sequence;
    int code;
  } keys[] = {
      {"\033[A", KEY_UP},      {"\033[B", KEY_DOWN},  {"\033[C", KEY_RIGHT},
      {"\033[D", KEY_LEFT},    {"\033[H", KEY_HOME},  {"\033[F", KEY_END},
      {"\033[1~", KEY_HOME},   {"\033[4~", KEY_END},  {"\033[7~", KEY_HOME},
      {"\033[8~", KEY_END},    {"\033[Z", KEY_BTAB},  {"\033[3~", KEY_DC},
      {"\033[5~", KEY_PPAGE},  {"\033[6~", KEY_NPAGE}, {"\033[200~", paste_begin},
      {"\033[201~", paste_end},
  };
  for (size_t index = 0; index < sizeof keys / sizeof keys[0]; index++)
    define_key(keys[index].sequence, keys[index].code);
  // What the terminal says of the mouse comes as the bytes it is.
  define_key(NULL, KEY_MOUSE);
}

static void set_modes(void) {
  raw();
  noecho();
  nonl();
  keypad(stdscr, TRUE);
  nodelay(stdscr, TRUE);
  leaveok(stdscr, FALSE);
  curs_set(0);
}

// The descriptors stay the caller's; ncurses wants files.
static bool open_files(int input, int output) {
  in = fdopen(fcntl(input, F_DUPFD_CLOEXEC, 3), "r");
  out = fdopen(fcntl(output, F_DUPFD_CLOEXEC, 3), "w");
  return in != NULL && out != NULL;
}

bool winch_terminal_start(
    const char *term, int input, int output, const char *enter_sequence,
    const char *leave_sequence) {
  if (strlen(enter_sequence) >= sizeof enter || strlen(leave_sequence) >= sizeof leave) return false;
  strcpy(enter, enter_sequence);
  strcpy(leave, leave_sequence);
  if (!open_files(input, output)) return false;
  winch_crash_keep_modes(fileno(in), fileno(out));
  screen = newterm(term, out, in);
  if (screen == NULL) {
    winch_terminal_close();
    return false;
  }
  prepare_crash();
  set_modes();
  set_escdelay(25);
  define_keys();
  if (has_colors()) {
    start_color();
    use_default_colors();
  }
  winch_stderr_capture();
  winch_crash_arm();
  is_active = true;
  winch_terminal_send(enter);
  return true;
}

void winch_terminal_stop(void) {
  if (!is_active) return;
  is_active = false;
  winch_terminal_send(leave);
  endwin();
  fflush(out);
  winch_crash_disarm();
  winch_stderr_release();
}

void winch_terminal_close(void) {
  winch_terminal_stop();
  if (screen != NULL) delscreen(screen);
  if (in != NULL) fclose(in);
  if (out != NULL) fclose(out);
  screen = NULL;
  in = out = NULL;
}

void winch_terminal_resume(void) {
  if (is_active) return;
  is_active = true;
  reset_prog_mode();
  set_modes();
  clearok(curscr, TRUE);
  winch_stderr_capture();
  winch_crash_arm();
  winch_terminal_send(enter);
}

struct winch_size winch_terminal_size(void) {
  struct winsize size = {0};
  if (out != NULL && ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0)
    return (struct winch_size){size.ws_col, size.ws_row};
  return (struct winch_size){stdscr != NULL ? getmaxx(stdscr) : 80,
                             stdscr != NULL ? getmaxy(stdscr) : 24};
}

struct winch_size winch_terminal_adopt_size(void) {
  struct winch_size size = winch_terminal_size();
  resizeterm(size.row_count, size.column_count);
  clearok(curscr, TRUE);
  return size;
}

int winch_terminal_colors(void) { return has_colors() ? COLORS : 0; }

// user_caps(5): a flag RGB means as many bits for each part as the colours are spread over.
bool winch_terminal_has_direct_colors(void) {
  return winch_terminal_colors() == 1 << 24 && tigetflag("RGB") == 1;
}

int winch_terminal_pairs(void) { return has_colors() ? COLOR_PAIRS : 0; }

void winch_terminal_define_pair(int pair, int foreground, int background) {
  init_extended_pair(pair, foreground, background);
}

void winch_terminal_put(
    int column, int row, const uint32_t *scalars, int count, int attributes, int pair) {
  wchar_t text[CCHARW_MAX + 1] = {0};
  for (int index = 0; index < count && index < CCHARW_MAX; index++)
    text[index] = (wchar_t)scalars[index];
  attr_t attribute = A_NORMAL;
  if (attributes & WINCH_BOLD) attribute |= A_BOLD;
  if (attributes & WINCH_DIM) attribute |= A_DIM;
  if (attributes & WINCH_UNDERLINE) attribute |= A_UNDERLINE;
  if (attributes & WINCH_REVERSE) attribute |= A_REVERSE;
  cchar_t cell;
  if (setcchar(&cell, text, attribute, 0, &pair) == OK) mvadd_wch(row, column, &cell);
}

void winch_terminal_set_cursor(int column, int row) {
  curs_set(column >= 0 ? 1 : 0);
  if (column >= 0) move(row, column);
}

void winch_terminal_refresh(void) { refresh(); }

void winch_terminal_invalidate(void) { clearok(curscr, TRUE); }

static enum winch_key key(int code) {
  if (code >= KEY_F(1) && code <= KEY_F(12))
    return (enum winch_key)(WINCH_KEY_FUNCTION + code - KEY_F0);
  switch (code) {
    case KEY_UP: return WINCH_KEY_UP;
    case KEY_DOWN: return WINCH_KEY_DOWN;
    case KEY_LEFT: return WINCH_KEY_LEFT;
    case KEY_RIGHT: return WINCH_KEY_RIGHT;
    case KEY_HOME: return WINCH_KEY_HOME;
    case KEY_END: return WINCH_KEY_END;
    case KEY_PPAGE: return WINCH_KEY_PAGE_UP;
    case KEY_NPAGE: return WINCH_KEY_PAGE_DOWN;
    case KEY_BACKSPACE: return WINCH_KEY_BACKSPACE;
    case KEY_DC: return WINCH_KEY_DELETE;
    case KEY_ENTER: return WINCH_KEY_ENTER;
    case KEY_BTAB: return WINCH_KEY_BACK_TAB;
    case paste_begin: return WINCH_KEY_PASTE_BEGIN;
    case paste_end: return WINCH_KEY_PASTE_END;
    default: return WINCH_KEY_OTHER;
  }
}

// Bytes, not get_wch's characters: in a locale without UTF-8 that swallows what follows a character
// it cannot read.
enum winch_read winch_terminal_read(uint32_t *value) {
  int code = getch();
  if (code == ERR) return WINCH_READ_NOTHING;
  if (code <= 0xFF) {
    *value = (uint32_t)code;
    return WINCH_READ_BYTE;
  }
  *value = (uint32_t)key(code);
  return WINCH_READ_KEY;
}

bool winch_terminal_wait(int milliseconds) {
  struct pollfd input = {.fd = fileno(in), .events = POLLIN};
  return poll(&input, 1, milliseconds) > 0 && input.revents == POLLIN;
}

void winch_terminal_discard_input(void) {
  flushinp();
  tcflush(fileno(in), TCIFLUSH);
}

bool winch_terminal_input_has_ended(void) {
  struct pollfd input = {.fd = fileno(in), .events = POLLIN};
  if (poll(&input, 1, 0) <= 0) return false;
  if (input.revents & (POLLHUP | POLLERR | POLLNVAL)) return true;
  int waiting = 0;
  // Readable without a byte to read is the end of a file.
  return (input.revents & POLLIN) && ioctl(fileno(in), FIONREAD, &waiting) == 0 && waiting == 0;
}

void winch_terminal_stop_process(void) {
  sigset_t stop, before;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  // The others of the job, such as the make that runs this.
  signal(SIGTSTP, SIG_IGN);
  kill(0, SIGTSTP);
  // To this very thread, because a signal to the process may land where signals are blocked.
  signal(SIGTSTP, SIG_DFL);
  pthread_sigmask(SIG_UNBLOCK, &stop, &before);
  pthread_kill(pthread_self(), SIGTSTP);
  // Here the process has stopped and been continued.
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  signal(SIGTSTP, SIG_IGN);
}
