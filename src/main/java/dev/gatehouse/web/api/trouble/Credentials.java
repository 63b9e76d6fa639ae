package dev.gatehouse.web.api.trouble;

import dev.gatehouse.npm.Quoted;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.web.api.trouble.ClientSettings.Address;
import dev.gatehouse.web.api.trouble.ClientSettings.Kind;
import dev.gatehouse.web.api.trouble.ClientSettings.Other;
import dev.gatehouse.web.api.trouble.ClientSettings.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Looks at a client's settings: its addresses, and whether a token goes to each of them.
final class Credentials {
  private static final Pattern SCHEME = Pattern.compile("^https?:");
  private static final String YARN_CLASSIC =
      "yarn classic sends no token for packages without a scope unless always-auth=true stands"
          + " there; no other client needs it.";

  private final Addresses addresses;
  private final PastedTokens tokens;
  private final ClientSettings settings;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<Address, Registry> meant = new LinkedHashMap<>();

  private Credentials(Addresses addresses, PastedTokens tokens, ClientSettings settings) {
    this.addresses = addresses;
    this.tokens = tokens;
    this.settings = settings;
  }

  /// What there is to say of `settings`.
  static List<Finding> look(Addresses addresses, PastedTokens tokens, ClientSettings settings) {
    var look = new Credentials(addresses, tokens, settings);
    settings.addresses().forEach(look::address);
    if (settings.addresses().isEmpty()) {
      look.findings.add(
          Finding.warning(
              null,
              "No registry is set here: the client asks the public one, or whichever another of"
                  + " its files names.",
              "Add the line of the address: Registries, More info, has it."));
    }
    settings.secrets().forEach(look::secret);
    look.meant.forEach(look::requireSecret);
    look.others();
    return look.findings;
  }

  private void address(Address address) {
    Addresses.Meaning meaning = addresses.of(address.line(), address.url());
    findings.addAll(meaning.findings());
    Registry registry = meaning.registry();
    if (registry != null) {
      meant.put(address, registry);
      if (meaning.findings().isEmpty()) {
        String whose =
            address.scope() == null ? "Packages" : "Packages of " + safe(address.scope());
        findings.add(
            Finding.fine(
                address.line(),
                "%s come from the registry \"%s\".".formatted(whose, registry.name())));
      }
    }
  }

  private void secret(Secret secret) {
    if (settings.kind() == Kind.YARNCLASSIC) {
      findings.add(
          Finding.wrong(
              secret.line(),
              "yarn takes tokens from .npmrc alone: this one is not sent.",
              "Write %s:_authToken=… into ~/.npmrc.".formatted(key())));
      return;
    }
    boolean unplaced = settings.kind() == Kind.NPMRC && secret.place() == null;
    if (unplaced) {
      findings.add(
          Finding.wrong(
              secret.line(),
              "%s names no address: npm 12 refuses it (ERR_INVALID_AUTH), and others send it elsewhere or not at all."
                  .formatted(secret.name()),
              "Begin the line with the registry's address: %s:_authToken=…".formatted(key())));
    } else if (settings.kind() == Kind.NPMRC) {
      place(secret, Objects.requireNonNull(secret.place()));
    }
    switch (secret.name()) {
      case "_authToken" ->
          findings.addAll(tokens.look(settings.kind(), secret, registryOf(secret)));
      case "_auth", "_password" -> leftover(secret);
      default -> {
        // A name alone proves nothing and harms nothing.
      }
    }
  }

  /// Whether a line's key is that of a registry.
  private void place(Secret secret, String place) {
    if (!secret.name().startsWith("_") || settings.addresses().isEmpty()) {
      return;
    }
    if (SCHEME.matcher(place).find()) {
      findings.add(
          Finding.wrong(
              secret.line(),
              "The key of %s begins with http: no client finds it.".formatted(secret.name()),
              "Begin it with the two slashes: %s:%s=…".formatted(key(), secret.name())));
      return;
    }
    String given = slashed(place);
    List<String> keys = settings.addresses().stream().map(one -> nerf(one.url())).toList();
    if (keys.contains(given)) {
      if (!place.endsWith("/")) {
        findings.add(
            Finding.warning(
                secret.line(),
                "The key lacks the slash at its end: yarn classic does not find it.",
                "Write %s:%s=…".formatted(given, secret.name())));
      }
    } else if (keys.stream().anyMatch(one -> one.startsWith(given))) {
      findings.add(
          Finding.warning(
              secret.line(),
              "The key is shorter than the registry's address: yarn classic ignores it, and the"
                  + " others send the token to all of that server.",
              "Write the whole path: %s:%s=…".formatted(key(), secret.name())));
    } else {
      findings.add(
          Finding.wrong(
              secret.line(),
              "%s is for %s, and no registry that is set here is there: it is not sent."
                  .formatted(secret.name(), Quoted.quote(place)),
              "The key is the registry's address without http: or https:, path and last slash"
                  + " included: %s:%s=…".formatted(key(), secret.name())));
    }
  }

  private void leftover(Secret secret) {
    boolean both =
        settings.secrets().stream()
            .anyMatch(one -> one.isToken() && Objects.equals(one.place(), secret.place()));
    findings.add(
        Finding.warning(
            secret.line(),
            both
                ? "%s stands beside a token for the same address: it is a leftover, and some clients take it first."
                    .formatted(secret.name())
                : "%s holds a name and a password that anybody can read. It is refused for accounts with a second factor."
                    .formatted(secret.name()),
            both
                ? "Delete the line."
                : "Use a token in its place: Tokens makes one, or npm login does."));
  }

  private void requireSecret(Address address, Registry registry) {
    if (registry.settings().anonymousRead()) {
      return;
    }
    if (settings.kind() == Kind.YARNCLASSIC) {
      findings.add(
          Finding.fine(
              address.line(),
              "The token for it stands in .npmrc: paste that as well, to have it looked at."));
      return;
    }
    boolean has = settings.secrets().stream().anyMatch(one -> covers(one, address));
    if (!has) {
      findings.add(
          Finding.wrong(
              address.line(),
              "No token goes to the registry \"%s\": it answers 401.".formatted(registry.name()),
              settings.kind() == Kind.NPMRC
                  ? "Add %s:_authToken=… with a token, or log in: npm login --registry %s"
                      .formatted(nerf(address.url()), addresses.address(registry))
                  : "Add the token: Registries, More info, has the lines for each client."));
    }
  }

  private void others() {
    Other always = settings.other("always-auth");
    if (settings.kind() == Kind.YARNCLASSIC) {
      if (always != null) {
        findings.add(
            Finding.wrong(
                always.line(),
                "yarn takes always-auth from .npmrc alone: here it has no effect.",
                "Write always-auth=true into ~/.npmrc."));
      }
    } else if (always != null && !settings.secrets().isEmpty()) {
      findings.add(
          Finding.fine(
              always.line(),
              "always-auth is for yarn classic alone; npm warns of it or ignores it."));
    } else if (settings.kind() == Kind.NPMRC && !meant.isEmpty()) {
      findings.add(new Finding("fine", null, YARN_CLASSIC, null, null));
    }
    if (settings.kind() == Kind.YARNRC) {
      berry();
      meant.keySet().forEach(this::published);
    }
  }

  private void berry() {
    Other always = settings.other("npmAlwaysAuth");
    boolean scopeless = settings.addresses().stream().anyMatch(one -> one.scope() == null);
    if (scopeless
        && !settings.secrets().isEmpty()
        && (always == null || !always.value().equals("true"))) {
      findings.add(
          Finding.wrong(
              always == null ? null : always.line(),
              "Without npmAlwaysAuth yarn sends its token for scoped packages only.",
              "Add npmAlwaysAuth: true"));
    }
    List<String> allowed =
        settings.others().stream()
            .filter(one -> one.name().equals("unsafeHttpWhitelist"))
            .map(Other::value)
            .toList();
    for (Address one : meant.keySet()) {
      String host = nerf(one.url()).replaceFirst("^//", "").replaceFirst("[:/].*", "");
      if (one.url().startsWith("http:") && !allowed.contains(host) && !allowed.contains("*")) {
        findings.add(
            Finding.wrong(
                one.line(),
                "yarn refuses addresses that begin with http: (YN0081).",
                "Add unsafeHttpWhitelist: and below it - \"%s\"".formatted(safe(host))));
      }
    }
  }

  /// A scope that is read from here is published elsewhere, unless that is said too.
  private void published(Address one) {
    boolean elsewhere =
        one.scope() != null
            && settings.other("npmPublishRegistry" + one.scope()) == null
            && settings.other("npmPublishRegistry") == null
            && settings.addresses().stream().noneMatch(other -> other.scope() == null);
    if (elsewhere) {
      findings.add(
          Finding.warning(
              one.line(),
              "yarn installs %s from here, and publishes it to its own default registry."
                  .formatted(safe(String.valueOf(one.scope()))),
              "Add beside npmRegistryServer: npmPublishRegistry: \"%s\""
                  .formatted(safe(one.url()))));
    }
  }

  /// The registry that a secret is for, if that can be told.
  private @Nullable Registry registryOf(Secret secret) {
    return meant.entrySet().stream()
        .filter(one -> covers(secret, one.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private boolean covers(Secret secret, Address address) {
    if (!secret.name().startsWith("_")) {
      return false;
    }
    String place = secret.place();
    boolean byAddress = settings.kind() == Kind.NPMRC || (place != null && place.startsWith("//"));
    if (byAddress) {
      return place != null && nerf(address.url()).startsWith(slashed(place));
    }
    return place == null || place.equals(address.scope());
  }

  /// The key that a token's line should have.
  private String key() {
    return meant.keySet().stream()
        .findFirst()
        .map(one -> nerf(one.url()))
        .orElseGet(() -> nerf(addresses.own().root() + "/r/NAME/"));
  }

  /// An address as the keys of an .npmrc have it.
  private static String nerf(String url) {
    String plain = SCHEME.matcher(url).replaceFirst("");
    return slashed(plain.replaceFirst("^//[^/@]*@", "//"));
  }

  private static String slashed(String place) {
    return place.endsWith("/") ? place : place + "/";
  }

  private static String safe(String text) {
    return Quoted.quote(text).replace("\"", "");
  }
}
