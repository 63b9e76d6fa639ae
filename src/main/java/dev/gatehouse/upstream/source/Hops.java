package dev.gatehouse.upstream.source;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The instances that a question has passed through, oldest first, so that a chain of servers that
/// leads back to its start is noticed. Sent and received in the header [#HEADER].
public record Hops(List<String> instances) {
  /// The header's name; its value is a comma-separated list of instance ids.
  public static final String HEADER = "x-gatehouse-hop";

  /// No sensible chain of registries is longer.
  public static final int MAX = 8;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Hops NONE = new Hops(List.of());

  public Hops {
    instances = List.copyOf(instances);
  }

  /// A question that starts here.
  public static Hops none() {
    return NONE;
  }

  /// Reads a received header. What is not an id is left out; at most one id more than [#MAX] is
  /// kept, which is enough to know that there are too many.
  public static Hops parse(@Nullable String header) {
    if (header == null) {
      return NONE;
    }
    List<String> found = new ArrayList<>();
    for (String part : header.split(",", MAX + 2)) {
      String id = part.strip();
      if (ID.matcher(id).matches() && found.size() <= MAX) {
        found.add(id);
      }
    }
    return new Hops(found);
  }

  /// Whether `id` may stand in the header.
  public static boolean isId(String id) {
    return ID.matcher(id).matches();
  }

  /// Whether the question has been at `instance` before, or has gone on for too long.
  public boolean isLoopFor(String instance) {
    return instances.size() >= MAX || instances.contains(instance);
  }

  /// The header to send on from `instance`.
  public String headerFrom(String instance) {
    return instances.isEmpty() ? instance : String.join(",", instances) + "," + instance;
  }
}
