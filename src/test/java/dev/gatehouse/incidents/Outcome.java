package dev.gatehouse.incidents;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What became of an incident's version.
///
/// @param atFirst half an hour after it was published
/// @param stillUnknown a minute before its advisory
/// @param justKnown as soon as the advisory is here; null if there is none
/// @param afterwards when the delay is over, too
/// @param strict what the other policies say of it by themselves
record Outcome(
    Incident incident,
    Seen atFirst,
    Seen stillUnknown,
    @Nullable Seen justKnown,
    Seen afterwards,
    Seen strict) {

  /// One look at it.
  ///
  /// @param verdict `allow`, `hold`, `quarantine`, `block`, or `never` if nobody here knows of it
  /// @param by the policies that withhold it
  /// @param warned the policies that warn of it
  record Seen(String verdict, List<String> by, List<String> warned) {
    static final Seen NEVER = new Seen("never", List.of(), List.of());

    static Seen of(JsonNode why) {
      List<String> by = new ArrayList<>();
      List<String> warned = new ArrayList<>();
      for (JsonNode one : why.at("/registries/0/policies")) {
        String outcome = one.path("outcome").asText();
        String policy = one.path("policy").asText();
        if (outcome.equals("withholds")) {
          by.add(policy);
        } else if (outcome.equals("passed") && !one.path("reasons").isEmpty()) {
          warned.add(policy);
        }
      }
      return new Seen(why.path("verdict").asText(), by, warned);
    }

    boolean isServed() {
      return verdict.equals("allow");
    }

    /// For the table.
    String words() {
      String policies = " by `" + String.join("`, `", by) + "`";
      return switch (verdict) {
        case "never" -> "never asked for";
        case "hold" -> "held" + policies;
        case "quarantine" -> "quarantined" + policies;
        case "block" -> "blocked" + policies;
        default ->
            warned.isEmpty() ? "**served**" : "**served**, `" + warned.getFirst() + "` warns";
      };
    }
  }

  /// While it is still going on.
  static final class Making {
    private final Incident incident;
    @Nullable Seen atFirst;
    @Nullable Seen stillUnknown;
    @Nullable Seen justKnown;
    @Nullable Seen afterwards;
    @Nullable Seen strict;

    Making(Incident incident) {
      this.incident = incident;
    }

    Outcome made() {
      return new Outcome(
          incident,
          Objects.requireNonNull(atFirst),
          Objects.requireNonNull(stillUnknown),
          justKnown,
          Objects.requireNonNull(afterwards),
          Objects.requireNonNull(strict));
    }
  }
}
