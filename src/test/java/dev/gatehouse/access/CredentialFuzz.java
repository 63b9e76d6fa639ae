package dev.gatehouse.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.gatehouse.access.PresentedCredential.NameAndPassword;
import dev.gatehouse.access.PresentedCredential.Secret;
import dev.gatehouse.access.PresentedCredential.Unreadable;
import dev.gatehouse.access.token.TokenText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A fuzz target: whatever stands in `Authorization`, it is a secret, a name with a password, or
/// refused with a sentence that does not repeat it; and what was written as a pair is read as it.
public final class CredentialFuzz {
  private CredentialFuzz() {}

  /// The entry point that Jazzer calls.
  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    String header = data.consumeRemainingAsString();
    switch (PresentedCredential.read(header)) {
      case Secret(String text) -> assertThat(header.length()).isGreaterThan(text.length());
      case NameAndPassword(String name, String password) -> requireSame(name, password);
      case Unreadable(String sentence) -> assertThat(sentence).matches("[A-Z_].{10,200}\\.");
    }
    if (TokenText.isWellFormed(header)) {
      assertThat(header).startsWith(TokenText.PREFIX);
    }
  }

  private static void requireSame(String name, String password) {
    byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    String again = "Basic " + Base64.getEncoder().encodeToString(pair);
    if (again.length() <= PresentedCredential.LONGEST) {
      assertThat(PresentedCredential.read(again)).isEqualTo(new NameAndPassword(name, password));
    }
  }
}
