package dev.gatehouse.web.api.trouble;

import dev.gatehouse.http.wire.Domain;
import dev.gatehouse.npm.Quoted;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.web.api.Sight;
import dev.gatehouse.web.api.Visitor;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells which registry an address means that a client was given, and what is wrong with it, as far
/// as somebody may know.
///
/// @param own this server's addresses as they have them
record Addresses(Registries registries, Visitor visitor, Sight sight, Own own) {
  private static final Pattern PATH =
      Pattern.compile("/(?:w/([^/]+)/)?r/([^/]+)(?:/.*)?", Pattern.DOTALL);

  /// The server's addresses, without a slash at their ends.
  ///
  /// @param base the one that they look at
  /// @param host whose own host that is, or null
  /// @param root what stands before `/r/` in those of their workspace's registries
  /// @param domain below which workspaces have hosts of their own, or null
  record Own(String base, @Nullable String host, String root, @Nullable Domain domain) {
    /// The addresses that are as good as one another.
    List<URI> all() {
      return List.of(URI.create(base), URI.create(root));
    }

    /// The workspace whose own host that is, or null.
    @Nullable String workspace(URI url) {
      if (URI.create(base).getHost().equalsIgnoreCase(url.getHost())) {
        return host;
      }
      return domain == null ? null : domain.before(url.getHost());
    }
  }

  /// What an address means.
  ///
  /// @param registry null if it means none that they may read
  record Meaning(@Nullable Registry registry, List<Finding> findings) {}

  /// What `text`, on `line`, means.
  Meaning of(@Nullable Integer line, String text) {
    if (text.contains("${") || text.startsWith("$")) {
      String says = "The address is made of a variable, which cannot be looked at from here.";
      return only(Finding.warning(line, says, "Paste what the variable holds, too."));
    }
    URI url = parse(text);
    if (url == null) {
      return only(Finding.wrong(line, "That is no address of a registry.", use()));
    }
    List<Finding> findings = new ArrayList<>();
    if (url.getRawUserInfo() != null) {
      findings.add(
          Finding.wrong(
              line,
              "The address holds a name or password, which ends up in logs and lockfiles.",
              "Take it out of the address, and revoke it: it was shown."));
    }
    Finding foreign = foreign(line, url);
    if (foreign != null) {
      findings.add(foreign);
    }
    boolean here = foreign == null || isHere(url);
    Registry registry = here ? named(line, url, findings) : null;
    if (registry != null && !text.endsWith("/")) {
      findings.add(
          Finding.warning(
              line,
              "The slash at the end is missing. npm, pnpm and bun take that; yarn classic then"
                  + " does not find the token.",
              "Write " + address(registry)));
    }
    return new Meaning(registry, findings);
  }

  /// The address of a registry, as clients want it.
  String address(Registry registry) {
    return own.root + "/r/" + registry.name() + "/";
  }

  /// The registry behind an address that a client told of, or null.
  @Nullable Registry find(String text) {
    URI url = parse(text);
    return url == null || !isHere(url) ? null : named(null, url, new ArrayList<>());
  }

  /// The registry of that name in their workspace, or null.
  @Nullable Registry byName(String name) {
    Registry found = registries.directory().find(visitor.workspace().name(), name);
    return found == null || !sight.byId().containsKey(found.id()) ? null : found;
  }

  /// Whether an address is one of this server, by whatever name.
  boolean isHere(URI url) {
    URI base = URI.create(own.base);
    boolean same =
        own.all().stream()
            .anyMatch(
                one -> one.getHost().equalsIgnoreCase(url.getHost()) && port(one) == port(url));
    URI probe = URI.create(origin(url) + base.getRawPath() + "/r/x");
    return same || registries.isHere(probe);
  }

  /// What is wrong if it is not this server's address, or null.
  private @Nullable Finding foreign(@Nullable Integer line, URI url) {
    for (URI one : own.all()) {
      boolean host = one.getHost().equalsIgnoreCase(url.getHost());
      if (host && !Objects.equals(one.getScheme(), url.getScheme())) {
        return Finding.wrong(
            line,
            "It says %s, and this server is reached by %s."
                .formatted(url.getScheme(), one.getScheme()),
            use());
      }
      if (host && port(one) == port(url)) {
        return null;
      }
    }
    String host = own.workspace(url);
    if (host != null && !host.equals(visitor.workspace().name())) {
      return Finding.wrong(
          line,
          "It is the address of the workspace %s, and yours is %s."
              .formatted(Quoted.quote(host), Quoted.quote(visitor.workspace().name())),
          use());
    }
    if (isHere(url)) {
      return Finding.warning(
          line,
          "It is this server under another address than %s. npm 12 refuses tarballs at another address than the registry's (EALLOWREMOTE)."
              .formatted(shown()),
          use());
    }
    return Finding.wrong(
        line,
        "It is another server, %s: this one, %s, is not asked."
            .formatted(Quoted.quote(origin(url)), shown()),
        use());
  }

  private @Nullable Registry named(@Nullable Integer line, URI url, List<Finding> findings) {
    String path = path(url);
    Matcher parts = PATH.matcher(path);
    if (!parts.matches()) {
      String says =
          path.isEmpty() || path.equals("/")
              ? "The address names this server and no registry."
              : "The path leads to no registry: registries are below /r/.";
      findings.add(Finding.wrong(line, says, useOneOf(path)));
      return null;
    }
    String host = own.workspace(url);
    String workspace =
        Objects.requireNonNullElse(
            parts.group(1), Objects.requireNonNullElse(host, Workspace.DEFAULT));
    String name = parts.group(2);
    boolean theirs =
        workspace.equals(visitor.workspace().name()) && (host == null || host.equals(workspace));
    Registry found = theirs ? byName(name) : null;
    if (found == null) {
      findings.add(
          Finding.wrong(
              line,
              "There is no registry %s in the workspace %s that you may read."
                  .formatted(Quoted.quote(name), Quoted.quote(workspace)),
              useOneOf(path)));
    } else if (!found.name().equals(name)) {
      findings.add(
          Finding.warning(
              line,
              "The registry was renamed: %s is called \"%s\" now. The old name goes on working."
                  .formatted(Quoted.quote(name), found.name()),
              "Write " + address(found)));
    }
    if (found != null && found.settings().archived()) {
      findings.add(archived(line, found));
    }
    return found;
  }

  private static Finding archived(@Nullable Integer line, Registry registry) {
    return Finding.warning(
        line,
        "The registry \"%s\" is archived: it serves what it has, and takes nothing new."
            .formatted(registry.name()),
        "Take another, or ask an admin to bring it back.");
  }

  /// The part of an address behind that of this server.
  private String path(URI url) {
    String path = Objects.requireNonNullElse(url.getRawPath(), "");
    String prefix = URI.create(own.base).getRawPath();
    return path.startsWith(prefix) ? path.substring(prefix.length()) : path;
  }

  /// The address that they are to use: that of their workspace, or else the server's.
  private String shown() {
    return own.root.contains("/w/") ? own.base : own.root;
  }

  private String use() {
    return useOneOf("");
  }

  /// The registry whose name stands in a wrong path, else the first.
  private String useOneOf(String path) {
    List<String> words = List.of(path.split("/", -1));
    List<Registry> open =
        sight.registries().stream().filter(one -> !one.settings().archived()).toList();
    Registry meant =
        open.stream()
            .filter(one -> words.contains(one.name()))
            .findFirst()
            .orElse(open.isEmpty() ? null : open.getFirst());
    return meant == null
        ? "Ask an admin of your workspace for the address of a registry."
        : "Write %s; Registries, More info, has the address of each.".formatted(address(meant));
  }

  private static Meaning only(Finding finding) {
    return new Meaning(null, List.of(finding));
  }

  private static @Nullable URI parse(String text) {
    try {
      URI url = URI.create(text.strip());
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      return web && url.getHost() != null ? url : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static String origin(URI url) {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + url.getHost().toLowerCase(Locale.ROOT) + port;
  }

  private static int port(URI url) {
    return url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
  }
}
