package dev.gatehouse.web.api.trouble;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Puts settings that stand in an environment, however a shell or a build's file writes them, into
/// the words of the file that they stand for. Other lines stay as they are.
final class VariableLines {
  private static final Pattern VARIABLE =
      Pattern.compile(
          "\\s*(?:-\\s+)?(?:export\\s+|set\\s+|ENV\\s+|\\$env:)?\"?"
              + "((?i:npm_config_|pnpm_config_)[^\\s=\"]+?|(?:YARN_NPM|BUN_CONFIG)_[A-Z_]+)\"?"
              + "\\s*(?:=|:\\s)\\s*(\\S.*)");

  private static final Map<String, String> BERRY =
      Map.of(
          "YARN_NPM_REGISTRY_SERVER", "npmRegistryServer",
          "YARN_NPM_PUBLISH_REGISTRY", "npmPublishRegistry",
          "YARN_NPM_AUTH_TOKEN", "npmAuthToken",
          "YARN_NPM_AUTH_IDENT", "npmAuthIdent",
          "YARN_NPM_ALWAYS_AUTH", "npmAlwaysAuth");

  private VariableLines() {}

  static List<String> asFile(List<String> lines) {
    return lines.stream().map(VariableLines::asFile).toList();
  }

  private static String asFile(String line) {
    Matcher variable = VARIABLE.matcher(line);
    String setting = variable.matches() ? setting(variable.group(1), variable.group(2)) : null;
    return setting == null ? line : setting;
  }

  private static @Nullable String setting(String name, String value) {
    if (name.startsWith("YARN_NPM_")) {
      String key = BERRY.get(name);
      return key == null ? null : key + ": " + value;
    }
    if (name.startsWith("BUN_CONFIG_")) {
      return name.equals("BUN_CONFIG_REGISTRY")
          ? "registry=" + ClientSettings.unquoted(value)
          : null;
    }
    return key(name.substring(name.toLowerCase(Locale.ROOT).indexOf("config_") + 7)) + "=" + value;
  }

  /// As npm reads it: of a plain name, every underscore but those at its beginning is a hyphen.
  private static String key(String name) {
    if (name.startsWith("//") || name.startsWith("@")) {
      return name;
    }
    String plain = name.toLowerCase(Locale.ROOT);
    return plain.equals("_authtoken")
        ? "_authToken"
        : plain.charAt(0) + plain.substring(1).replace('_', '-');
  }
}
