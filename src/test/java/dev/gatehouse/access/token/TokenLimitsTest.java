package dev.gatehouse.access.token;

import static dev.gatehouse.testing.Problems.assertThatProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.npm.PackageName;
import dev.gatehouse.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TokenLimitsTest {
  private static final Instant DAY = Instant.parse("2027-01-01T00:00:00Z");
  private static final TokenLimits PARENT =
      new TokenLimits(false, Set.of(1L, 2L), Set.of(), ranges("10.0.0.0/8", "192.0.2.0/24"), DAY);

  @Test
  void inheritsWhatIsLeftOpen() {
    assertThat(TokenLimits.NONE.within(PARENT)).isEqualTo(PARENT);
    assertThat(TokenLimits.NONE.within(TokenLimits.NONE)).isEqualTo(TokenLimits.NONE);
  }

  @Test
  void keepsWhatIsNarrower() {
    var narrower =
        new TokenLimits(
            true, Set.of(2L), Set.of(), ranges("10.1.0.0/16", "192.0.2.9"), DAY.minusSeconds(1));

    assertThat(narrower.within(PARENT)).isEqualTo(narrower);
    assertThat(narrower.within(TokenLimits.NONE)).isEqualTo(narrower);
  }

  @Test
  void refusesOtherRegistries() {
    refuses(new TokenLimits(false, Set.of(2L, 3L), Set.of(), List.of(), null), "other registries");
  }

  @Test
  void refusesOtherPackages() {
    TokenLimits parent = packages("@acme/*", "left-pad");
    TokenLimits narrower = packages("@acme/widget", "left-pad");
    assertThat(narrower.within(parent)).isEqualTo(narrower);
    assertThat(parent.within(parent)).isEqualTo(parent);
    assertThat(TokenLimits.NONE.within(parent)).isEqualTo(parent);
    for (String wider : List.of("@acme2/widget", "right-pad", "left-pad-2", "@left-pad/*")) {
      assertThatProblem(Problem.Forbidden.class, () -> packages(wider).within(parent))
          .as(wider)
          .contains("is limited to other packages");
    }
    assertThatProblem(Problem.Forbidden.class, () -> parent.within(narrower))
        .contains("is limited to other packages");
  }

  @Test
  void namesPackagesOrWholeScopesAndNothingBetween() {
    TokenLimits limits = packages("@acme/*", "left-pad");
    for (String covered : List.of("@acme/widget", "@acme/a", "left-pad")) {
      assertThat(limits.covers(PackageName.parse(covered))).as(covered).isTrue();
    }
    for (String other : List.of("@acme2/widget", "@acm/e", "acme", "left-pads", "Left-Pad")) {
      assertThat(limits.covers(PackageName.parse(other))).as(other).isFalse();
    }
    assertThat(limits.covers((PackageName) null)).isFalse();
    assertThat(TokenLimits.NONE.covers((PackageName) null)).isTrue();
    for (String none :
        List.of(
            "",
            "*",
            "@acme",
            "@acme/",
            "@acme/w*",
            "@*/widget",
            "@acme/**",
            "a/*",
            "@a/../*",
            "a b")) {
      assertThatProblem(Problem.Malformed.class, () -> PackageLimit.of(none))
          .as(none)
          .contains("as in @acme/*");
    }
  }

  @Test
  void refusesOtherAddresses() {
    refuses(
        new TokenLimits(false, Set.of(), Set.of(), ranges("10.1.0.0/16", "11.0.0.0/8"), null),
        "other addresses");
    refuses(
        new TokenLimits(false, Set.of(), Set.of(), ranges("0.0.0.0/0"), null), "other addresses");
  }

  @Test
  void refusesALaterExpiry() {
    refuses(
        new TokenLimits(false, Set.of(), Set.of(), List.of(), DAY.plusMillis(1)),
        "expires earlier");
    assertThat(new TokenLimits(false, Set.of(), Set.of(), List.of(), DAY).within(PARENT))
        .isEqualTo(PARENT);
  }

  @Test
  void aReadOnlyTokenMakesNoneAtAll() {
    var readOnly = new TokenLimits(true, Set.of(), Set.of(), List.of(), null);

    assertThatProblem(Problem.Forbidden.class, () -> readOnly.within(readOnly))
        .contains("is read-only");
  }

  private static void refuses(TokenLimits wider, String why) {
    assertThatProblem(Problem.Forbidden.class, () -> wider.within(PARENT)).contains(why);
  }

  private static TokenLimits packages(String... texts) {
    Set<PackageLimit> some =
        List.of(texts).stream().map(PackageLimit::of).collect(Collectors.toSet());
    return new TokenLimits(false, Set.of(), some, List.of(), null);
  }

  private static List<AddressRange> ranges(String... texts) {
    return List.of(texts).stream().map(AddressRange::of).toList();
  }
}
