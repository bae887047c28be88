/// One press of a key, as the terminal reports it.
public enum KeyPress: Sendable, Hashable {
  case character(Character)
  /// A letter with Ctrl, in lower case.
  case control(Character)
  case enter, tab, backTab, escape, backspace, delete
  case up, down, left, right, home, end, pageUp, pageDown
  case function(Int)
}
