package dev.gatehouse.policy.licence;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What people write for a licence who do not know its id, and what npm's own tools read in it.
final class CommonNames {
  private static final Pattern LINK = Pattern.compile("\\s*<[^<>]*>$");
  private static final Map<String, String> IDS = new HashMap<>();

  static {
    name("MIT", "mit license", "the mit license", "mitclause", "mit-license");
    name("BSD-2-Clause", "bsd", "bsd*", "bsd-like", "bsd-2", "simplified bsd");
    name("BSD-3-Clause", "bsd-3", "new bsd", "bsd 3-clause");
    name("Apache-2.0", "apache", "apache2", "apache 2", "apache 2.0", "apache v2", "apachev2");
    name("Apache-2.0", "apache-2", "apache2.0", "apache license 2.0", "apache license");
    name("Apache-2.0", "apache license, version 2.0", "apache, version 2.0", "apache version 2.0");
    name("GPL-2.0-only", "gplv2", "gpl v2", "gpl-2", "gpl2", "gnu gpl v2");
    name("GPL-3.0-or-later", "gpl", "gplv3", "gpl v3", "gpl-3", "gpl3", "gnu gpl v3", "gpl-3.0");
    name("LGPL-3.0-or-later", "lgpl", "lgpl 3", "lgplv3", "lgpl v3", "lgpl-3", "lgpl-3.0");
    name("AGPL-3.0-or-later", "agplv3", "agpl v3", "agpl-3", "agpl 3", "agpl-3.0");
    name("MPL-2.0", "mpl", "mplv2", "mpl 2.0", "mpl v2", "mpl-2", "mpl2");
    name("CC0-1.0", "cc0");
    name("WTFPL", "wtfpl2");
    name("SSPL-1.0", "sspl");
    name("Artistic-2.0", "artistic");
  }

  private CommonNames() {}

  /// The id that `text` is a common name of, or null.
  static @Nullable String id(String text) {
    String name = LINK.matcher(text.strip()).replaceFirst("");
    String common = IDS.get(name.toLowerCase(Locale.ROOT));
    // Behind a link stands an id as often as a name.
    return common == null && name.length() < text.length() ? SpdxIds.get().licence(name) : common;
  }

  private static void name(String id, String... names) {
    for (String name : names) {
      IDS.put(name, id);
    }
  }
}
