package dev.gatehouse.policy;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// What becomes of a version. When several disagree the stricter wins and every reason is kept.
public sealed interface Verdict {
  /// Why; empty only for [Allow].
  List<Reason> reasons();

  /// It is served.
  record Allow() implements Verdict {
    private static final Allow ONE = new Allow();

    @Override
    public List<Reason> reasons() {
      return List.of();
    }
  }

  /// It is withheld until an instant.
  record Hold(Instant until, List<Reason> reasons) implements Verdict {
    /// Keeps its own copy.
    public Hold {
      reasons = List.copyOf(reasons);
    }
  }

  /// It is withheld until a person decides.
  record Quarantine(List<Reason> reasons) implements Verdict {
    /// Keeps its own copy.
    public Quarantine {
      reasons = List.copyOf(reasons);
    }
  }

  /// It is withheld.
  record Block(List<Reason> reasons) implements Verdict {
    /// Keeps its own copy.
    public Block {
      reasons = List.copyOf(reasons);
    }
  }

  /// It is served.
  static Verdict allow() {
    return Allow.ONE;
  }

  /// Whether the version is not served.
  default boolean withholds() {
    return !(this instanceof Allow);
  }

  /// How it is written: `allow`, `hold`, `quarantine` or `block`.
  default String word() {
    return switch (this) {
      case Allow _ -> "allow";
      case Hold _ -> "hold";
      case Quarantine _ -> "quarantine";
      case Block _ -> "block";
    };
  }

  /// The stricter of both: block, quarantine, hold (the longer), allow; with the reasons of both.
  default Verdict and(Verdict other) {
    if (this instanceof Allow) {
      return other;
    }
    if (other instanceof Allow) {
      return this;
    }
    List<Reason> all = Stream.concat(reasons().stream(), other.reasons().stream()).toList();
    if (this instanceof Block || other instanceof Block) {
      return new Block(all);
    }
    return this instanceof Hold(Instant mine, _) && other instanceof Hold(Instant theirs, _)
        ? new Hold(mine.isAfter(theirs) ? mine : theirs, all)
        : new Quarantine(all);
  }
}
