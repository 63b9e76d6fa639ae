package dev.gatehouse.npm;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What makes a package name. Each method returns the rest of a sentence that begins with the name,
/// or null if there is no fault.
final class NameRules {
  /// The modules of Node.js, which a package of the same name could never be loaded beside.
  private static final Set<String> NODE_MODULES =
      Set.of(
          ("assert async_hooks buffer child_process cluster console constants crypto dgram"
                  + " diagnostics_channel dns domain events fs http http2 https inspector module"
                  + " net os path perf_hooks process punycode querystring readline repl stream"
                  + " string_decoder sys timers tls trace_events tty url util v8 vm wasi"
                  + " worker_threads zlib")
              .split(" "));

  private static final Set<String> RESERVED = Set.of("node_modules", "favicon.ico");

  private NameRules() {}

  static @Nullable String faultForReading(String name) {
    if (name.isEmpty() || name.length() > PackageName.MAX_LENGTH) {
      return "is not between 1 and %d characters long.".formatted(PackageName.MAX_LENGTH);
    }
    if (name.charAt(0) != '@') {
      if (RESERVED.contains(name.toLowerCase(Locale.ROOT)) || name.equals("-")) {
        return "is reserved and cannot be a package.";
      }
      return name.charAt(0) == '_' ? "begins with an underscore." : faultOfPart(name);
    }
    int slash = name.indexOf('/');
    if (slash < 0) {
      return "begins with @ like a scope, but no package follows: write @scope/name.";
    }
    String fault = faultOfPart(name.substring(1, slash));
    return fault != null ? fault : faultOfPart(name.substring(slash + 1));
  }

  static @Nullable String faultForPublishing(PackageName name) {
    String scope = name.scope();
    if (scope == null && NODE_MODULES.contains(name.value().toLowerCase(Locale.ROOT))) {
      return "is the name of a module of Node.js: choose another or publish it in a scope.";
    }
    String fault = scope == null ? null : faultOfNewPart(scope);
    return fault != null ? fault : faultOfNewPart(name.unscoped());
  }

  private static @Nullable String faultOfPart(String part) {
    if (part.isEmpty()) {
      return "lacks its scope or its name: write @scope/name.";
    }
    if (part.charAt(0) == '.') {
      return "begins with a dot, or its scope does.";
    }
    for (int i = 0; i < part.length(); i++) {
      if (!isPlain(part.charAt(i)) && "~'!()*".indexOf(part.charAt(i)) < 0) {
        return "contains a character that no package name may have:"
            + " use letters, digits, dots, hyphens and underscores.";
      }
    }
    return null;
  }

  private static @Nullable String faultOfNewPart(String part) {
    if (part.charAt(0) == '_' || part.charAt(0) == '-') {
      return "cannot be published: a new name and its scope begin with a letter or a digit.";
    }
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (!isPlain(c) || (c >= 'A' && c <= 'Z')) {
        return "cannot be published:"
            + " new names are of lower-case letters, digits, dots, hyphens and underscores.";
      }
    }
    return null;
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '.';
  }
}
