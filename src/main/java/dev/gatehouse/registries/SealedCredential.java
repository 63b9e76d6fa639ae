package dev.gatehouse.registries;

import dev.gatehouse.db.Vault;
import dev.gatehouse.upstream.source.Credential;
import java.nio.charset.StandardCharsets;

/// Credentials of upstreams as the database has them: kind and parts in lines, sealed.
final class SealedCredential {
  private SealedCredential() {}

  static String of(Credential credential, Vault vault) {
    String text =
        switch (credential) {
          case Credential.Bearer(String secret) -> "bearer\n" + secret;
          case Credential.Basic(String user, String secret) -> "basic\n" + user + "\n" + secret;
        };
    return vault.seal(text.getBytes(StandardCharsets.UTF_8));
  }

  static Credential open(String sealed, Vault vault) {
    String text = new String(vault.open(sealed), StandardCharsets.UTF_8);
    String[] parts = text.split("\n", 3);
    return parts[0].equals("bearer")
        ? new Credential.Bearer(parts[1])
        : new Credential.Basic(parts[1], parts[2]);
  }
}
