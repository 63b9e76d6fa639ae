package dev.gatehouse.access.provider.saml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.testing.TestingSamlIdp;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;

/// A fuzz target: whatever the bytes, they are refused as an answer, for whose key nobody has, and
/// are no metadata, or such that have all that is asked for.
public final class SamlResponseFuzz {
  private static final String ISSUER = "https://idp.example.test/metadata";
  private static final String ANSWERS = "https://npm.example.test/sign-in/provider/saml";
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

  private static final ResponseCheck CHECK = new ResponseCheck(Clock.fixed(NOW, ZoneOffset.UTC));
  private static final ResponseCheck.Expected EXPECTED =
      new ResponseCheck.Expected(
          ISSUER,
          new SamlSettings(
              "https://idp.example.test/sso", List.of(TestingSamlIdp.create().base64()), ""),
          new ServiceProvider(ANSWERS + "/default", ANSWERS),
          "_question");

  private SamlResponseFuzz() {}

  /// The entry point that Jazzer calls.
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      Statement believed = CHECK.prove(Base64.getEncoder().encodeToString(bytes), EXPECTED);
      throw new AssertionError("believed: " + believed);
    } catch (RefusedAnswer refused) {
      assertThat(refused.refusal()).isNotNull();
    }
    try {
      assertThat(IdpMetadata.read(new String(bytes, StandardCharsets.UTF_8)).signOn()).isNotNull();
    } catch (ProblemException refused) {
      assertThat(refused.problem()).isNotNull();
    }
  }
}
