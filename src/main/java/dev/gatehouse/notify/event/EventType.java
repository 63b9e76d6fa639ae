package dev.gatehouse.notify.event;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The kinds of events, by the words that messages and people use for them.
public enum EventType {
  /// A version is there that was not there before, or has other bytes.
  VERSION_PUBLISHED("version.published"),
  /// Versions wait for a person, by a policy or by hand.
  VERSION_QUARANTINED("version.quarantined"),
  /// Scanner or policies have found something wrong, anew or again.
  ISSUE_OPENED("issue.opened"),
  /// Somebody wants an exception from a policy.
  WAIVER_ASKED("waiver.asked"),
  /// Somebody has approved, refused or revoked one.
  WAIVER_DECIDED("waiver.decided"),
  /// Somebody has fetched what is known to be malware.
  MALWARE_FOUND("malware.found"),
  /// Somebody tries a webhook; it need not be asked for.
  WEBHOOK_TEST("webhook.test");

  private final String word;

  EventType(String word) {
    this.word = word;
  }

  /// As messages name it.
  public String word() {
    return word;
  }

  /// The one of that word, or null.
  public static @Nullable EventType of(String word) {
    return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst().orElse(null);
  }

  /// Those of these words, separated by spaces; words that are not known are left out.
  public static Set<EventType> parse(String words) {
    return Arrays.stream(words.split(" ", -1))
        .map(EventType::of)
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(EventType.class)));
  }

  /// Their words, in order, separated by spaces.
  public static String join(Set<EventType> types) {
    return types.stream().sorted().map(EventType::word).collect(Collectors.joining(" "));
  }

  /// The words of those that can be chosen.
  public static List<String> choices() {
    return Arrays.stream(values()).filter(one -> one != WEBHOOK_TEST).map(EventType::word).toList();
  }
}
