package dev.gatehouse.web.npm.unsupported;

/// What is not offered, with the sentence that people read.
public enum Feature {
  /// Neither an empty answer, which all clients print as "0 vulnerabilities", nor anything else
  /// that they can decode: npm is silent about it while it installs, and each client's own audit
  /// ends with an error.
  AUDIT(
      "This registry has no advisories to audit against, so it gives no answer rather than a false"
          + " one."),

  /// `npm stage`, and publishing by way of it.
  STAGING("Staged publishing is not offered here: publish directly."),

  /// `npm trust`.
  TRUST("Trusted publishers are not offered here: publish with a token."),

  /// The exchange of a CI's identity for a token; clients then use the token that they have.
  IDENTITY_EXCHANGE(
      "This registry does not exchange identity tokens: publish with a token of your own."),

  /// `npm org`, and what `npm access` grants to teams.
  TEAMS(
      "Organisations are not offered here: teams are, and a registry's page Access in the web app"
          + " says who may do what."),

  /// `npm hook`.
  HOOKS("Hooks of the npm client are not offered here.");

  private final String sentence;

  Feature(String sentence) {
    this.sentence = sentence;
  }

  /// What is not offered, and what to do instead.
  public String sentence() {
    return sentence;
  }
}
