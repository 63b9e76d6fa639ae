package dev.gatehouse.web.api.trouble;

import dev.gatehouse.web.api.trouble.ClientSettings.Address;
import dev.gatehouse.web.api.trouble.ClientSettings.Kind;
import dev.gatehouse.web.api.trouble.ClientSettings.Secret;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a `bunfig.toml` as far as it speaks of registries, line by line.
final class BunfigLines {
  private static final Pattern SETTING = Pattern.compile("\\s*\"?(@?[\\w.-]+)\"?\\s*=\\s*(.*)");

  /// A registry, or a scope's, with a line for each of its members.
  private static final Pattern TABLE =
      Pattern.compile("\\[install\\.(?:registry|scopes\\.\"?(@?[\\w.-]+)\"?)]");

  private static final Pattern MEMBER = Pattern.compile("\\b(url|token)\\s*=\\s*\"([^\"]*)\"");

  private BunfigLines() {}

  static ClientSettings read(List<String> lines) {
    var settings = new ClientSettings(Kind.BUNFIG);
    String section = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.startsWith("[")) {
        section = line;
        continue;
      }
      Matcher setting = SETTING.matcher(line);
      boolean scopes = section.equals("[install.scopes]");
      Matcher table = TABLE.matcher(section);
      if (table.matches()) {
        String scope = table.group(1) == null ? null : "@" + table.group(1).replaceFirst("^@", "");
        member(settings, i + 1, scope, MEMBER.matcher(line));
        continue;
      }
      if (setting.matches() && (scopes || isDefault(section, setting.group(1)))) {
        String scope = scopes ? "@" + setting.group(1).replaceFirst("^@", "") : null;
        read(settings, i + 1, scope, setting.group(2));
      }
    }
    return settings;
  }

  private static boolean isDefault(String section, String key) {
    return section.equals("[install]") && key.equals("registry");
  }

  private static void read(
      ClientSettings settings, int line, @Nullable String scope, String value) {
    if (!value.startsWith("{")) {
      settings.add(new Address(line, scope, ClientSettings.unquoted(value)));
      return;
    }
    member(settings, line, scope, MEMBER.matcher(value));
  }

  private static void member(
      ClientSettings settings, int line, @Nullable String scope, Matcher member) {
    while (member.find()) {
      if (member.group(1).equals("url")) {
        settings.add(new Address(line, scope, member.group(2)));
      } else {
        settings.add(new Secret(line, scope, "_authToken", member.group(2)));
      }
    }
  }
}
