package dev.gatehouse.e2e.clients;

/// A file of a user's configuration, below the home directory, as the documentation tells people to
/// write it. `REGISTRY` stands for the registry's URL with its last slash, `KEY` for the same
/// without the scheme, `TOKEN` for the token.
public record ConfigFile(String path, String text) {

  String filled(String registry, String token) {
    return text.replace("REGISTRY", registry)
        .replace("KEY", registry.replaceFirst("^https?:", ""))
        .replace("TOKEN", token);
  }
}
