package dev.gatehouse.npm.lockfile;

import dev.gatehouse.npm.DependencySpec;
import dev.gatehouse.npm.Integrity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// yarn.lock of yarn 1, which looks like YAML and is not. An entry begins in the first column with
/// the specs that it answers; its fields are indented by two, as `version "1.0.0"`.
final class YarnClassicLock {
  private static final List<String> FIELDS = List.of("version", "resolved", "integrity");

  private final Gathered gathered = new Gathered();
  private final Map<String, String> fields = new HashMap<>();
  private String specs = "";

  private YarnClassicLock() {}

  static Lockfile read(String fileName, String text) {
    var lock = new YarnClassicLock();
    int number = 0;
    for (String raw : (Iterable<String>) text.lines()::iterator) {
      number++;
      String line = raw.stripTrailing();
      if (!line.isEmpty() && line.charAt(0) != '#' && !lock.take(line)) {
        return new Lockfile.NotUnderstood(
            "%s is broken at line %d: it may hold an unfinished merge."
                .formatted(fileName, number));
      }
    }
    lock.finish();
    return lock.gathered.as("yarn's lockfile, version 1");
  }

  private boolean take(String line) {
    if (line.charAt(0) != ' ') {
      finish();
      specs = line;
      return line.endsWith(":");
    }
    if (specs.isEmpty() || !line.startsWith("  ")) {
      return false;
    }
    String field = line.substring(2);
    int space = field.indexOf(' ');
    if (space > 0 && FIELDS.contains(field.substring(0, space))) {
      fields.put(field.substring(0, space), unquoted(field.substring(space + 1)));
    }
    return true;
  }

  private void finish() {
    if (!specs.isEmpty()) {
      String first = unquoted(specs.substring(0, specs.length() - 1).split(", ", 2)[0]);
      int at = first.indexOf('@', 1);
      String name = at < 0 ? first : first.substring(0, at);
      add(name, at < 0 ? "" : first.substring(at + 1));
    }
    fields.clear();
  }

  private void add(String name, String spec) {
    String version = fields.getOrDefault("version", "");
    switch (DependencySpec.of(name, spec)) {
      case DependencySpec.FromRegistry(String real, _)
          when Gathered.isOfRegistry(fields.get("resolved"), version) ->
          gathered.add(real, version, integrity());
      case DependencySpec.FromRegistry _ ->
          gathered.skipElsewhere(name, fields.getOrDefault("resolved", ""));
      case DependencySpec.Elsewhere(String reason) -> gathered.skip(name, reason);
    }
  }

  /// Old entries have a SHA-1 behind the address only.
  private String integrity() {
    String given = fields.get("integrity");
    String resolved = fields.getOrDefault("resolved", "");
    Integrity sha1 = Integrity.ofShasum(resolved.substring(resolved.indexOf('#') + 1));
    return given != null ? given : Objects.toString(sha1, "");
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
