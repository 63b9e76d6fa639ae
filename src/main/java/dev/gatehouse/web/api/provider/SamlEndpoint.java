package dev.gatehouse.web.api.provider;

import dev.gatehouse.access.provider.Provider;
import dev.gatehouse.access.provider.SamlSignOn;
import dev.gatehouse.access.provider.SingleSignOn;
import dev.gatehouse.access.provider.saml.RefusedAnswer;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.registries.Workspaces;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// `sign-in/provider/saml`: where the browsers of those who come from a SAML provider post its
/// answer, and, with a workspace's name, what that provider must know of us.
public record SamlEndpoint(SingleSignOn signOn, Workspaces workspaces, Unproven unproven) {
  private static final long LARGEST = 512 << 10;
  private static final int MOST_PARTS = 20;

  /// `POST sign-in/provider/saml`. No cookie counts, nor is one set: the page that comes next shows
  /// whose browser it is.
  public Response answer(Request request) throws IOException {
    unproven.require(request);
    String form;
    try (InputStream body = request.decodedBody(LARGEST)) {
      form = new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
    String page;
    try {
      page =
          signOn
              .saml()
              .accept(value(form, "SAMLResponse"), value(form, "RelayState"), own(request));
    } catch (RefusedAnswer refused) {
      unproven.count(request);
      page = SamlSignOn.page(refused);
    }
    return Response.empty(303)
        .with("location", page)
        .with("cache-control", "no-store")
        .with("referrer-policy", "no-referrer");
  }

  /// `GET sign-in/provider/saml/{workspace}`: the metadata, for everybody. Those of a workspace
  /// that is not there look like those of one without a provider, so that nobody learns which there
  /// are.
  public Response metadata(Request request) {
    String name = request.variable("workspace");
    Registries.requireName("a workspace", name);
    Workspace workspace = workspaces.find(name);
    Provider provider = workspace == null ? null : signOn.providers().find(workspace.id());
    String xml = signOn.saml().require(name, provider, own(request)).metadata();
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
