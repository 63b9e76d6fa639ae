package dev.gatehouse.app.command.policy;

/// A package with versions of it, as they are typed: `left-pad@1.3.0`, `@scope/name@^1.2.0`.
record NamedVersions(String name, String versions) {
  static NamedVersions parse(String text) {
    int at = text.indexOf('@', 1);
    if (at < 0 || at == text.length() - 1) {
      throw SettingArguments.malformed(
          "\"%s\" names no version: write left-pad@1.3.0.".formatted(text));
    }
    return new NamedVersions(text.substring(0, at), text.substring(at + 1));
  }
}
