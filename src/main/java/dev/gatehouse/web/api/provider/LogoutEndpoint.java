package dev.gatehouse.web.api.provider;

import dev.gatehouse.access.provider.SingleSignOn;
import dev.gatehouse.access.secret.Allowance;
import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.wire.QueryString;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

/// `POST /sign-in/provider/logout`: where a provider tells, behind the browsers, that a session of
/// its is over (OpenID Connect Back-Channel Logout). A form, as that standard has it; what counts
/// in it is signed, so that it does not matter who sends it.
///
/// Strangers could have signatures looked at without end. So an address that sends what proves
/// nothing is refused for a while; what a provider has signed is not counted, however much of it
/// comes at once.
public final class LogoutEndpoint implements Handler {
  private static final long LARGEST = 32 << 10;
  private static final int MOST = 120;
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final String OFTEN =
      "Too much has come from this address that no provider has signed: try again later.";

  private final SingleSignOn signOn;
  private final Allowance unproven;

  /// Hands on to `signOn`, by `clock`.
  public LogoutEndpoint(SingleSignOn signOn, Clock clock) {
    this.signOn = signOn;
    this.unproven = new Allowance(clock, MOST, WINDOW);
  }

  @Override
  public Response handle(Request request) throws IOException {
    unproven.require(request.client(), OFTEN);
    String form;
    try (InputStream body = request.decodedBody(LARGEST)) {
      form = new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
    try {
      signOn.signOutBehind(Objects.requireNonNullElse(QueryString.value(form, "logout_token"), ""));
    } catch (ProblemException refused) {
      if (refused.problem() instanceof Problem.Malformed) {
        unproven.take(request.client(), OFTEN);
      }
      throw refused;
    }
    return Response.empty(200).with("cache-control", "no-store");
  }
}
