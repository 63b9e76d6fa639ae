package dev.gatehouse.registries;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One npm registry of a workspace, as its settings stand now.
public record Registry(
    long id, Workspace workspace, String name, Settings settings, List<Upstream> upstreams) {

  /// What an owner decides.
  ///
  /// @param kind standard or firewall
  /// @param anonymousRead whether reading needs no token
  /// @param overwriting whether a published version may be replaced by other bytes
  /// @param ownersOnly whether only a package's owners may change it
  /// @param archived frozen and hidden from lists, still installable
  /// @param scopes scopes claimed here, each with its `@`: their packages are internal
  /// @param secondFactor whether changes of packages need the second factor of whoever makes them
  /// @param approver whose people decide on exceptions from the policies
  public record Settings(
      Kind kind,
      boolean anonymousRead,
      boolean overwriting,
      boolean ownersOnly,
      boolean archived,
      List<String> scopes,
      boolean secondFactor,
      Approver approver) {

    /// Settings that ask for no second factor and let admins decide on exceptions.
    public Settings(
        Kind kind,
        boolean anonymousRead,
        boolean overwriting,
        boolean ownersOnly,
        boolean archived,
        List<String> scopes) {
      this(kind, anonymousRead, overwriting, ownersOnly, archived, scopes, false, Approver.ADMIN);
    }

    /// The same, archived or not.
    public Settings withArchived(boolean now) {
      return new Settings(
          kind, anonymousRead, overwriting, ownersOnly, now, scopes, secondFactor, approver);
    }

    /// The same, overwriting or not.
    public Settings withOverwriting(boolean now) {
      return new Settings(
          kind, anonymousRead, now, ownersOnly, archived, scopes, secondFactor, approver);
    }

    /// The same, asking for a second factor or not.
    public Settings withSecondFactor(boolean now) {
      return new Settings(
          kind, anonymousRead, overwriting, ownersOnly, archived, scopes, now, approver);
    }

    /// What a new registry starts with.
    public static Settings of(Kind kind) {
      return new Settings(kind, false, false, false, false, List.of());
    }
  }

  /// Standard, or with the scanner and licence checks on from the start.
  public enum Kind {
    STANDARD,
    FIREWALL
  }

  /// The least role of those who decide on exceptions from the policies.
  public enum Approver {
    OWNER,
    ADMIN,
    DEVELOPER
  }

  /// The upstream called `name`, or null.
  public @Nullable Upstream upstream(String name) {
    return upstreams.stream().filter(one -> one.name().equals(name)).findFirst().orElse(null);
  }

  /// Whether the registry claims the scope of the package called `packageName`.
  public boolean claims(String packageName) {
    int slash = packageName.indexOf('/');
    return slash > 0 && settings.scopes().contains(packageName.substring(0, slash));
  }

  /// The path under the server's base, without a trailing slash: `/r/{name}` in the default
  /// workspace.
  public String path() {
    String local = "/r/" + name;
    return workspace.name().equals(Workspace.DEFAULT) ? local : "/w/" + workspace.name() + local;
  }
}
