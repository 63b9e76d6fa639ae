package dev.gatehouse.registries;

/// What an upstream asks for. Prints as `***`.
public sealed interface Credential {

  /// `Authorization: Bearer …`.
  record Bearer(String secret) implements Credential {
    @Override
    public String toString() {
      return "Bearer ***";
    }
  }

  /// `Authorization: Basic …`.
  record Basic(String user, String secret) implements Credential {
    @Override
    public String toString() {
      return "Basic " + user + ":***";
    }
  }
}
