package dev.gatehouse.web.api.provider;

import dev.gatehouse.access.provider.Provider;
import dev.gatehouse.access.provider.SingleSignOn;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.registries.Workspaces;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// `sign-in/provider/saml`: where the browsers of those who come from a SAML provider post its
/// answer, and, with a workspace's name, what that provider must know of us.
public record SamlEndpoint(SingleSignOn signOn, Workspaces workspaces) {
  private static final long LARGEST = 512 << 10;
  private static final int MOST_PARTS = 20;

  /// `POST sign-in/provider/saml`. No cookie counts, nor is one set: the page that comes next shows
  /// whose browser it is.
  public Response answer(Request request) throws IOException {
    String form;
    try (InputStream body = request.decodedBody(LARGEST)) {
      form = new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
    String page =
        signOn.saml().accept(value(form, "SAMLResponse"), value(form, "RelayState"), own(request));
    return Response.empty(303)
        .with("location", page)
        .with("cache-control", "no-store")
        .with("referrer-policy", "no-referrer");
  }

  /// `GET sign-in/provider/saml/{workspace}`: the metadata, for everybody.
  public Response metadata(Request request) {
    Workspace workspace = workspaces.find(request.variable("workspace"));
    if (workspace == null) {
      throw new ProblemException(
          new Problem.NotFound("There is no workspace of that name: check the address."));
    }
    Provider provider = signOn.providers().find(workspace.id());
    String xml = signOn.saml().require(workspace.name(), provider, own(request)).metadata();
    return Response.bytes(200, "application/samlmetadata+xml", xml.getBytes(StandardCharsets.UTF_8))
        .with("cache-control", "no-cache");
  }

  /// Unlike in an address, line breaks may stand in what a form holds: some providers break base64.
  private static @Nullable String value(String form, String name) {
    for (String part : form.split("&", MOST_PARTS)) {
      if (part.startsWith(name + "=")) {
        try {
          return URLDecoder.decode(part.substring(name.length() + 1), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
          return null;
        }
      }
    }
    return null;
  }

  private static @Nullable String own(Request request) {
    return request.hostWorkspace() == null ? null : request.baseUrl();
  }
}
