package dev.gatehouse.web.api.trouble;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.secret.Allowance;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.web.Addressed;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Sight;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `troubleshooting`: what is wrong with a client's settings, or with what it said. What is pasted
/// may hold secrets: it is looked at and forgotten, and no answer repeats one.
public final class TroubleshootingEndpoint {
  private static final int OFTEN = 60;
  private static final Duration WINDOW = Duration.ofMinutes(10);

  /// In more registries a package that was named without one is not looked up.
  private static final int MOST_REGISTRIES = 3;

  private static final int MOST_FINDINGS = 60;

  private final Visitors visitors;
  private final Parts parts;
  private final Allowance allowance;

  /// What it looks things up in.
  public record Parts(Access access, Registries registries, Views views, Clock clock) {}

  /// What was found.
  ///
  /// @param kind `npmrc`, `yarnclassic`, `yarnrc`, `bunfig`, or `message` for what a client said
  record Found(String kind, List<Finding> findings) {}

  /// Looks things up in `parts`.
  public TroubleshootingEndpoint(Visitors visitors, Parts parts) {
    this.visitors = visitors;
    this.parts = parts;
    this.allowance = new Allowance(parts.clock, OFTEN, WINDOW);
  }

  /// `POST troubleshooting`. Changes nothing.
  public Response look(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request);
    JsonBody body = ApiBody.read(request, "text", "registry");
    String text = body.requireText("text");
    if (text.isBlank()) {
      throw ApiBody.malformed(
          "There is nothing in \"text\": paste an .npmrc, a .yarnrc.yml, or what the client said.");
    }
    allowance.take(
        Long.toString(visitor.account().id()),
        "That was looked at often enough: try again in a few minutes.");
    String name = body.text("registry");
    Registry chosen = name == null ? null : visitors.registry(visitor, name);
    Sight sight = visitors.sight(visitor);
    var addresses = new Addresses(parts.registries, visitor, sight, own(request, visitor));
    var tokens = new PastedTokens(parts.access, visitor, request.client(), parts.clock.instant());
    ClientSettings settings = ClientSettings.read(text);
    List<Finding> findings = new ArrayList<>();
    if (!settings.isEmpty()) {
      findings.addAll(Credentials.look(addresses, tokens, settings));
    }
    Set<Finding> said = message(text, addresses, chosen);
    findings.addAll(said);
    if (findings.isEmpty()) {
      findings.add(
          Finding.warning(
              null,
              "That is neither settings nor a message that is known here.",
              "Paste the whole .npmrc, .yarnrc, .yarnrc.yml or bunfig.toml, or all that the"
                  + " client printed."));
    }
    String kind = settings.isEmpty() ? "message" : settings.kind().name().toLowerCase(Locale.ROOT);
    return Answer.of(200, new Found(kind, findings.stream().limit(MOST_FINDINGS).toList()));
  }

  private static Addresses.Own own(Request request, Visitor visitor) {
    return new Addresses.Own(
        request.baseUrl(),
        request.hostWorkspace(),
        Addressed.root(request, visitor.workspace().name()),
        request.domain());
  }

  /// What a client's message means, each once.
  private Set<Finding> message(String text, Addresses addresses, @Nullable Registry chosen) {
    Set<Finding> findings = new LinkedHashSet<>(ClientErrors.look(text));
    Said said = Said.in(text);
    Set<Registry> asked = new LinkedHashSet<>();
    for (String address : said.addresses()) {
      Registry registry = addresses.find(address);
      if (registry != null) {
        asked.add(registry);
      }
      findings.addAll(faults(addresses, address));
    }
    if (chosen != null) {
      asked = Set.of(chosen);
    } else if (asked.isEmpty()) {
      asked.addAll(open(addresses));
    }
    if (said.packages().isEmpty()) {
      return findings;
    }
    if (asked.size() > MOST_REGISTRIES) {
      findings.add(
          Finding.warning(
              null,
              "The message names a package and no registry, so the package was not looked up.",
              "Say above in which registry it was asked for."));
      return findings;
    }
    var versions = new NamedVersions(parts.views, addresses);
    for (Registry registry : asked) {
      said.packages().forEach(one -> findings.addAll(versions.look(registry, one)));
    }
    return findings;
  }

  private static List<Registry> open(Addresses addresses) {
    return addresses.sight().registries().stream()
        .filter(one -> !one.settings().archived())
        .toList();
  }

  /// What is wrong with an address that was asked. A slash at its end was never there.
  private static List<Finding> faults(Addresses addresses, String address) {
    return addresses.of(null, address.endsWith("/") ? address : address + "/").findings();
  }
}
