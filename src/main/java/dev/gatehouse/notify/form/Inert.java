package dev.gatehouse.notify.form;

import java.util.regex.Pattern;

/// Text that a program which shows it makes nothing of.
final class Inert {
  private static final Pattern SCHEME = Pattern.compile("(?i)(?<=[a-z])://|\\bmailto:|\\bwww\\.");

  private Inert() {}

  /// `text` with the beginnings of addresses broken, which chat programs make links of by
  /// themselves.
  static String unlinked(String text) {
    return SCHEME
        .matcher(text)
        .replaceAll(found -> found.group().replace(":", "[:]").replace(".", "[.]"));
  }
}
