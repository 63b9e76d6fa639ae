package dev.gatehouse.access.token;

import dev.gatehouse.npm.PackageName;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a token may do less than its account.
///
/// @param readOnly whether it only reads
/// @param registries the ids of the only registries it works on; empty: the whole workspace
/// @param packages the only packages that it changes, and then it changes nothing else; empty: all
/// @param ranges the only addresses it works from; empty: everywhere
/// @param expires when it stops working, or null
public record TokenLimits(
    boolean readOnly,
    Set<Long> registries,
    Set<PackageLimit> packages,
    List<AddressRange> ranges,
    @Nullable Instant expires) {
  /// As much as the account itself.
  public static final TokenLimits NONE =
      new TokenLimits(false, Set.of(), Set.of(), List.of(), null);

  /// Copies the collections.
  public TokenLimits {
    registries = Set.copyOf(registries);
    packages = Set.copyOf(packages);
    ranges = List.copyOf(ranges);
  }

  /// Whether requests from `address` may use the token.
  public boolean admits(InetAddress address) {
    if (ranges.isEmpty()) {
      return true;
    }
    for (AddressRange range : ranges) {
      if (range.contains(address)) {
        return true;
      }
    }
    return false;
  }

  /// Whether the token works on the registry with that id.
  public boolean covers(long registryId) {
    return registries.isEmpty() || registries.contains(registryId);
  }

  /// Whether the token may change the package `name`; what is no package is null.
  public boolean covers(@Nullable PackageName name) {
    return packages.isEmpty()
        || (name != null && packages.stream().anyMatch(one -> one.covers(name)));
  }

  /// These limits for a token that is asked for with a token of limits `parent`: what is left open
  /// is inherited, and whatever is wider than the parent is forbidden with a sentence.
  public TokenLimits within(TokenLimits parent) {
    if (parent.readOnly) {
      throw wider("is read-only, and such tokens make no others");
    }
    if (!parent.registries.isEmpty() && !parent.registries.containsAll(registries)) {
      throw wider("is limited to other registries");
    }
    if (!parent.packages.isEmpty() && !packages.stream().allMatch(parent::containsPackages)) {
      throw wider("is limited to other packages");
    }
    if (!parent.ranges.isEmpty() && !ranges.stream().allMatch(parent::containsRange)) {
      throw wider("is limited to other addresses");
    }
    if (parent.expires != null && expires != null && expires.isAfter(parent.expires)) {
      throw wider("expires earlier");
    }
    return new TokenLimits(
        readOnly,
        registries.isEmpty() ? parent.registries : registries,
        packages.isEmpty() ? parent.packages : packages,
        ranges.isEmpty() ? parent.ranges : ranges,
        expires == null ? parent.expires : expires);
  }

  private boolean containsRange(AddressRange inner) {
    return ranges.stream().anyMatch(range -> range.contains(inner));
  }

  private boolean containsPackages(PackageLimit inner) {
    return packages.stream().anyMatch(one -> one.covers(inner));
  }

  private static ProblemException wider(String why) {
    return new ProblemException(
        new Problem.Forbidden(
            "The token you use %s: a token makes no wider one. Use one with more rights, or ask an"
                    .formatted(why)
                + " owner."));
  }
}
