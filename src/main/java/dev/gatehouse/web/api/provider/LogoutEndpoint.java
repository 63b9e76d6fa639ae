package dev.gatehouse.web.api.provider;

import dev.gatehouse.access.provider.SingleSignOn;
import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.wire.QueryString;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// `POST /sign-in/provider/logout`: where a provider tells, behind the browsers, that a session of
/// its is over (OpenID Connect Back-Channel Logout). A form, as that standard has it; what counts
/// in it is signed, so that it does not matter who sends it.
public record LogoutEndpoint(SingleSignOn signOn, Unproven unproven) implements Handler {
  private static final long LARGEST = 32 << 10;

  @Override
  public Response handle(Request request) throws IOException {
    unproven.require(request);
    String form;
    try (InputStream body = request.decodedBody(LARGEST)) {
      form = new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
    try {
      signOn.signOutBehind(Objects.requireNonNullElse(QueryString.value(form, "logout_token"), ""));
    } catch (ProblemException refused) {
      if (refused.problem() instanceof Problem.Malformed) {
        unproven.count(request);
      }
      throw refused;
    }
    return Response.empty(200).with("cache-control", "no-store");
  }
}
