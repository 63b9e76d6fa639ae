package dev.gatehouse.web.api.provider;

import dev.gatehouse.access.secret.Allowance;
import dev.gatehouse.http.Request;
import java.time.Clock;
import java.time.Duration;

/// What strangers send where a provider's word is taken. They could have signatures looked at
/// without end, which takes some 20 ms for one of SAML: so an address that sends what proves
/// nothing is refused for a while. What a provider has signed is not counted, however much of it
/// comes.
public final class Unproven {
  private static final int MOST = 120;
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final String OFTEN =
      "Too much has come from this address that no provider has signed: try again later.";

  private final Allowance allowance;

  /// By `clock`.
  public Unproven(Clock clock) {
    this.allowance = new Allowance(clock, MOST, WINDOW);
  }

  /// Refuses whoever has sent too much of it.
  void require(Request request) {
    allowance.require(request.client(), OFTEN);
  }

  /// Counts what `request` brought.
  void count(Request request) {
    allowance.take(request.client(), OFTEN);
  }
}
