package dev.gatehouse.web.api;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.http.Request;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.registries.Workspaces;
import dev.gatehouse.web.Addressed;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The sessions of a browser, one for each workspace at most: their secrets stand in one cookie,
/// the last sign-in first. Which of them a request means, it says by [#HEADER]; there is never
/// another in its place, so that a page acts in the workspace that it shows or not at all.
public record BrowserSessions(Access access, Workspaces workspaces) {
  /// The name of the workspace that a page shows, sent with whatever it asks.
  public static final String HEADER = "x-gatehouse-workspace";

  /// The same for a link, which cannot send a header.
  private static final String QUERY = "workspace";

  private static final int MOST = 10;

  /// A session and whose it is.
  public record Held(String secret, Account account) {
    @Override
    public String toString() {
      return "Held[secret=***]";
    }
  }

  /// Those that are good.
  public List<Held> of(Request request) {
    return held(request).toList();
  }

  /// The one that `request` means, or null. One that names no workspace means that of its host, and
  /// without one the default one; if the browser is not signed in there, where it signed in last.
  public @Nullable Held meant(Request request) {
    String named = named(request);
    if (named != null) {
      return in(request, workspaces.find(named));
    }
    Held usual = in(request, workspaces.find(Addressed.workspace(request)));
    return usual != null ? usual : held(request).findFirst().orElse(null);
  }

  /// The session in the workspace with that id, or null.
  public @Nullable Held in(Request request, long workspaceId) {
    return held(request)
        .filter(one -> one.account().workspaceId() == workspaceId)
        .findFirst()
        .orElse(null);
  }

  /// The cookie of a browser that has just signed in to `account` by `secret`, which takes the
  /// place of what it had in that workspace. Nothing that is not a good session is carried on, and
  /// what is one too many ends.
  public String with(Request request, Account account, String secret) {
    List<Held> others = new ArrayList<>(others(request, account.workspaceId()));
    while (others.size() >= MOST) {
      Held last = others.removeLast();
      access.sessions().end(last.account(), last.secret());
    }
    others.addFirst(new Held(secret, account));
    return cookie(request, others);
  }

  /// The cookie of a browser that is signed out of the workspace with that id.
  public String without(Request request, long workspaceId) {
    List<Held> others = others(request, workspaceId);
    return others.isEmpty() ? SessionCookie.clear(request) : cookie(request, others);
  }

  /// Ends what `request` has brought for the workspace of `account`.
  public void endIn(Request request, Account account) {
    Held old = in(request, account.workspaceId());
    if (old != null) {
      access.sessions().end(old.account(), old.secret());
    }
  }

  /// Ends all of them; the cookie of a browser that has none.
  public String end(Request request) {
    held(request).forEach(one -> access.sessions().end(one.account(), one.secret()));
    return SessionCookie.clear(request);
  }

  private List<Held> others(Request request, long workspaceId) {
    return held(request).filter(one -> one.account().workspaceId() != workspaceId).toList();
  }

  private @Nullable Held in(Request request, @Nullable Workspace workspace) {
    return workspace == null ? null : in(request, workspace.id());
  }

  private static @Nullable String named(Request request) {
    String header = request.header(HEADER);
    return header == null && request.method().equals("GET") ? request.query(QUERY) : header;
  }

  private Stream<Held> held(Request request) {
    return SessionCookie.secrets(request).stream()
        .limit(MOST)
        .map(this::find)
        .filter(Objects::nonNull);
  }

  private @Nullable Held find(String secret) {
    Account account = access.sessions().find(secret);
    return account == null ? null : new Held(secret, account);
  }

  private static String cookie(Request request, List<Held> held) {
    return SessionCookie.set(
        request, held.stream().map(Held::secret).collect(Collectors.joining(".")));
  }
}
