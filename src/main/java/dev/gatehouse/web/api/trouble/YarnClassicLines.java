package dev.gatehouse.web.api.trouble;

import dev.gatehouse.web.api.trouble.ClientSettings.Address;
import dev.gatehouse.web.api.trouble.ClientSettings.Kind;
import dev.gatehouse.web.api.trouble.ClientSettings.Other;
import dev.gatehouse.web.api.trouble.ClientSettings.Secret;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a `.yarnrc` of yarn classic, which has a name and a value on each line.
final class YarnClassicLines {
  private static final Pattern SETTING =
      Pattern.compile("\\s*(\"[^\"\\s]+\"|[^\"\\s#=]+)\\s+(\"[^\"]*\"|\\S+)\\s*");

  /// What tells it from a sentence that begins so.
  private static final Pattern FILE =
      Pattern.compile(
          "(?m)^\\h*(?:\"?(?:@[\\w.-]+:)?registry\"?\\h+\"?https?://\\S+|\"?always-auth\"?\\h+(?:true|false)|\"//\\S+:_[A-Za-z]+\"\\h+\\S+)\\h*$");

  private YarnClassicLines() {}

  static boolean isSuch(String text) {
    return FILE.matcher(text).find();
  }

  static ClientSettings read(List<String> lines) {
    var settings = new ClientSettings(Kind.YARNCLASSIC);
    for (int i = 0; i < lines.size(); i++) {
      Matcher setting = SETTING.matcher(lines.get(i));
      if (setting.matches()) {
        String key = ClientSettings.unquoted(setting.group(1));
        read(settings, i + 1, key, ClientSettings.unquoted(setting.group(2)));
      }
    }
    return settings;
  }

  private static void read(ClientSettings settings, int line, String key, String value) {
    int colon = key.lastIndexOf(':');
    @Nullable String place = colon < 0 ? null : key.substring(0, colon);
    String name = key.substring(colon + 1);
    if (name.equals("registry") && (place == null || place.startsWith("@"))) {
      settings.add(new Address(line, place, value));
    } else if (name.startsWith("_auth") || name.equals("_password")) {
      settings.add(new Secret(line, place, name, value));
    } else if (name.equals("always-auth")) {
      settings.add(new Other(line, name, value));
    }
  }
}
