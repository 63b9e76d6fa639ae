package dev.gatehouse.web.api.trouble;

import dev.gatehouse.web.api.trouble.ClientSettings.Address;
import dev.gatehouse.web.api.trouble.ClientSettings.Kind;
import dev.gatehouse.web.api.trouble.ClientSettings.Other;
import dev.gatehouse.web.api.trouble.ClientSettings.Secret;
import java.util.List;
import java.util.Set;

/// Reads an `.npmrc`: of npm, pnpm, yarn classic, bun and deno, or variables that stand for it.
final class NpmrcLines {
  private static final Set<String> SECRETS =
      Set.of("_authToken", "_auth", "_password", "username", "email");

  private NpmrcLines() {}

  static ClientSettings read(List<String> lines) {
    var settings = new ClientSettings(Kind.NPMRC);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      int equals = line.indexOf('=');
      if (equals > 0 && line.charAt(0) != ';' && line.charAt(0) != '#') {
        String key = ClientSettings.unquoted(line.substring(0, equals));
        String value = ClientSettings.unquoted(line.substring(equals + 1));
        read(settings, i + 1, key, value);
      }
    }
    return settings;
  }

  private static void read(ClientSettings settings, int line, String key, String value) {
    int colon = key.lastIndexOf(':');
    String place = colon < 0 ? null : key.substring(0, colon);
    String name = key.substring(colon + 1);
    if (name.equals("registry") && (place == null || place.startsWith("@"))) {
      settings.add(new Address(line, place, value));
    } else if (SECRETS.contains(name)) {
      settings.add(new Secret(line, place, name, value));
    } else if (name.equals("always-auth")) {
      settings.add(new Other(line, name, value));
    }
  }
}
