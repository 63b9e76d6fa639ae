package dev.gatehouse.web.api.trouble;

import dev.gatehouse.web.api.trouble.ClientSettings.Address;
import dev.gatehouse.web.api.trouble.ClientSettings.Kind;
import dev.gatehouse.web.api.trouble.ClientSettings.Other;
import dev.gatehouse.web.api.trouble.ClientSettings.Secret;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a `.yarnrc.yml` as far as it speaks of registries, by its indentation: all that yarn
/// writes itself, and what its documentation shows.
final class YarnrcLines {
  private static final Pattern COMMENT = Pattern.compile("(^|\\s+)#.*");

  private final ClientSettings settings = new ClientSettings(Kind.YARNRC);
  private final Deque<Level> levels = new ArrayDeque<>();

  private YarnrcLines() {}

  private record Level(int indent, String key) {}

  static ClientSettings read(List<String> lines) {
    var reader = new YarnrcLines();
    for (int i = 0; i < lines.size(); i++) {
      String plain = lines.get(i).strip();
      plain = COMMENT.matcher(plain).replaceFirst("");
      if (!plain.isEmpty()) {
        reader.read(i + 1, lines.get(i).indexOf(plain.charAt(0)), plain);
      }
    }
    return reader.settings;
  }

  private void read(int line, int indent, String plain) {
    if (plain.startsWith("-")) {
      if (!levels.isEmpty() && levels.peek().key.equals("unsafeHttpWhitelist")) {
        add(line, "unsafeHttpWhitelist", plain.substring(1));
      }
      return;
    }
    while (!levels.isEmpty() && levels.peek().indent >= indent) {
      levels.pop();
    }
    int colon = plain.startsWith("\"") ? plain.indexOf("\":") + 1 : plain.indexOf(':');
    if (colon <= 0) {
      return;
    }
    String key = ClientSettings.unquoted(plain.substring(0, colon));
    String value = ClientSettings.unquoted(plain.substring(colon + 1));
    if (value.isEmpty()) {
      levels.push(new Level(indent, key));
    } else {
      set(line, key, value);
    }
  }

  private void set(int line, String key, String value) {
    switch (key) {
      case "npmRegistryServer" -> settings.add(new Address(line, scope(), value));
      case "npmPublishRegistry" -> add(line, key + (scope() == null ? "" : scope()), value);
      case "npmAuthToken" -> settings.add(new Secret(line, place(), "_authToken", value));
      case "npmAuthIdent" -> settings.add(new Secret(line, place(), "_auth", value));
      case "npmAlwaysAuth" -> add(line, key, value);
      case "unsafeHttpWhitelist" -> {
        for (String host : value.replaceAll("[\\[\\]]", "").split(",", -1)) {
          add(line, key, host);
        }
      }
      default -> {
        // It does not matter here.
      }
    }
  }

  private void add(int line, String name, String value) {
    settings.add(new Other(line, name, ClientSettings.unquoted(value)));
  }

  /// A scope, or under npmRegistries an address.
  private @Nullable String place() {
    Level inner = levels.peek();
    if (inner == null) {
      return null;
    }
    String outer = levels.peekLast().key;
    return outer.equals("npmRegistries") ? inner.key : scope();
  }

  private @Nullable String scope() {
    Level inner = levels.peek();
    return inner == null || !levels.peekLast().key.equals("npmScopes") ? null : "@" + inner.key;
  }
}
