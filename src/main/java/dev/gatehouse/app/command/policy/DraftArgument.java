package dev.gatehouse.app.command.policy;

import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.store.Draft;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A policy in one word, `delay=enforce,age=7d,exempt=@team/*,typescript`: its mode, then settings
/// as `policy set` takes them. What stands behind a comma and names no setting belongs to the one
/// before it.
final class DraftArgument {
  private static final Pattern SETTING = Pattern.compile("[a-z][a-z.-]*=.*", Pattern.DOTALL);

  private DraftArgument() {}

  static Draft parse(String text) {
    List<String> parts = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (parts.size() < 2 || SETTING.matcher(part).matches()) {
        parts.add(part);
      } else {
        parts.add(parts.removeLast() + "," + part);
      }
    }
    String head = parts.getFirst();
    int equals = head.indexOf('=');
    if (equals < 0) {
      throw SettingArguments.malformed(
          "\"%s\" sets no policy: write delay=enforce, and settings behind commas."
              .formatted(text));
    }
    PolicyName policy = PolicyText.parse(head.substring(0, equals));
    return new Draft(
        policy,
        mode(head.substring(equals + 1)),
        SettingArguments.of(policy, parts.subList(1, parts.size())));
  }

  private static Mode mode(String text) {
    return Arrays.stream(Mode.values())
        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(() ->
            SettingArguments.malformed(
                "There is no mode \"%s\": there are off, observe and enforce.".formatted(text)));
  }
}
