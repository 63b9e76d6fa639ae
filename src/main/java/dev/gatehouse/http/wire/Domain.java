package dev.gatehouse.http.wire;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The domain below which every workspace has a host of its own: below `npm.example.com`, the
/// workspace `team` has `team.npm.example.com`. Whatever else is below it is nobody's.
///
/// @param name in small letters, without a port and without a dot at either end
public record Domain(String name) {
  private static final int LONGEST = 189;
  private static final String PART = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern LABEL = Pattern.compile(PART);
  private static final Pattern NAME =
      Pattern.compile("(?:" + PART + "\\.)*(?=[a-z0-9-]*[a-z])" + PART);

  /// Takes a name in any case; refuses what is no domain, as an address of the network.
  public Domain {
    name = name.toLowerCase(Locale.ROOT);
    if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "The domain \"%s\" is none: write it as npm.example.com, without a scheme, a star or a port."
              .formatted(name));
    }
  }

  /// The host of the workspace called `workspace`; null if a host cannot have that name.
  public @Nullable String host(String workspace) {
    return isLabel(workspace) ? workspace + "." + name : null;
  }

  /// What stands before this domain in `host`, which has no port and may end with a dot; null if it
  /// is not below this domain. Only an [#isLabel] may be a workspace's.
  public @Nullable String before(String host) {
    String plain = withoutDot(host.toLowerCase(Locale.ROOT));
    return plain.endsWith("." + name)
        ? plain.substring(0, plain.length() - name.length() - 1)
        : null;
  }

  /// Whether that is one part of a host's name, as the name of a workspace has to be to have a
  /// host.
  public static boolean isLabel(String text) {
    return LABEL.matcher(text).matches();
  }

  /// A name with a dot at its end is the same name.
  public static String withoutDot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }
}
