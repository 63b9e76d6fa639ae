package dev.gatehouse.policy.judge;

import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.decision.Decisions;
import dev.gatehouse.policy.fact.FactKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// The rules of one registry at one moment, compiled and immutable: its policies that are not off,
/// and what people decided.
public final class Rules {
  /// No policy and no decision: everything is allowed.
  public static final Rules NONE = new Rules(List.of(), Decisions.NONE);

  /// Raised when the engine itself judges differently, so that no copy outlives the change.
  private static final int ENGINE = 1;

  private final List<Rule> active;
  private final Decisions decisions;
  private final Set<FactKind> needs = EnumSet.noneOf(FactKind.class);
  private final boolean needsTarball;
  private final String identity;

  /// Those of `rules` that are not off, with `decisions`.
  public Rules(List<Rule> rules, Decisions decisions) {
    this.active =
        rules.stream()
            .filter(rule -> rule.mode() != Mode.OFF)
            .sorted(Comparator.comparing(rule -> rule.policy().name()))
            .toList();
    this.decisions = decisions;
    active.forEach(rule -> needs.addAll(rule.policy().needs()));
    this.needsTarball =
        active.stream()
            .filter(rule -> rule.mode() == Mode.ENFORCE)
            .anyMatch(rule -> rule.policy().needs().stream().anyMatch(FactKind::inTarball));
    this.identity = digest();
  }

  /// The policies that are not off, in the order of [PolicyName].
  public List<Rule> active() {
    return active;
  }

  /// What people decided.
  public Decisions decisions() {
    return decisions;
  }

  /// The facts that policies need, enforced or observed; others need not be computed.
  public Set<FactKind> needs() {
    return EnumSet.copyOf(needs);
  }

  /// Whether that kind of fact is needed.
  public boolean needs(FactKind kind) {
    return needs.contains(kind);
  }

  /// Whether a tarball must be received whole and inspected before its first byte is served:
  /// whether an enforced policy needs what is in it.
  public boolean needsTarball() {
    return needsTarball;
  }

  /// Whether `policy` is enforced.
  public boolean enforces(PolicyName policy) {
    return active.stream()
        .anyMatch(rule -> rule.policy().name() == policy && rule.mode() == Mode.ENFORCE);
  }

  /// Whether nothing is judged and nothing decided about that package, so that everything is
  /// allowed.
  public boolean allowsAll(String name) {
    return active.isEmpty() && decisions.identity(name).isEmpty();
  }

  /// A short text that differs whenever the verdict about any version of that package could, given
  /// the same facts at the same time; the same on all nodes and after restarts. Time is not in it:
  /// see [Judgement#changesAt].
  public String identity(String name) {
    String decided = decisions.identity(name);
    return decided.isEmpty() ? identity : identity + "-" + sha256(decided);
  }

  private String digest() {
    StringBuilder text = new StringBuilder().append(ENGINE);
    active.forEach(rule ->
        text.append('\n')
            .append(rule.policy().name())
            .append(' ')
            .append(rule.mode())
            .append(' ')
            .append(rule.settings()));
    return sha256(text.toString());
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256.", impossible);
    }
  }
}
