package dev.gatehouse.access.token;

/// A token just made: the only time that its `text` is seen.
public record IssuedToken(String text, Token token) {
  @Override
  public String toString() {
    return "IssuedToken[text=***, token=" + token + "]";
  }
}
