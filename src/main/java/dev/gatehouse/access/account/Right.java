package dev.gatehouse.access.account;

/// What a [Role] may do.
public enum Right {
  /// Read packages, search, audit.
  READ("read packages", Role.READ_ONLY),
  /// Publish, deprecate, move tags.
  PUBLISH("publish packages", Role.DEVELOPER),
  /// Take back what one has published oneself.
  UNPUBLISH_OWN("unpublish their own packages", Role.DEVELOPER),
  /// Decide on exceptions from policies, where the registry leaves that to one's role.
  DECIDE("decide on exceptions", Role.DEVELOPER),
  /// Take back what others have published.
  UNPUBLISH_ANY("unpublish packages of others", Role.ADMIN),
  /// Create and change registries and upstreams.
  MANAGE_REGISTRIES("manage registries", Role.ADMIN),
  /// Create and change accounts, except those of owners.
  MANAGE_ACCOUNTS("manage accounts", Role.ADMIN),
  /// Create and change accounts of owners.
  MANAGE_OWNERS("manage owners", Role.OWNER);

  private final String words;
  private final Role least;

  Right(String words, Role least) {
    this.words = words;
    this.least = least;
  }

  /// The role with the fewest rights that has this one.
  Role least() {
    return least;
  }

  /// How a sentence names it: `may not {words}`.
  public String words() {
    return words;
  }
}
