package dev.gatehouse.web.api.trouble;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.token.PackageLimit;
import dev.gatehouse.access.token.Token;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.access.token.TokenText;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.trouble.ClientSettings.Kind;
import dev.gatehouse.web.api.trouble.ClientSettings.Secret;
import java.net.InetAddress;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says what is wrong with a token that somebody pasted. Whether there is such a token is told to
/// whoever it belongs to, and to those who manage the people of its workspace; to everybody else
/// one that is there looks like one that never was.
record PastedTokens(Access access, Visitor visitor, InetAddress from, Instant now) {
  private static final int SHOWN = 5;

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_][A-Za-z0-9_]*)[^}]*}?");

  /// What there is to say of a token that goes to `registry`; null if that is not known.
  List<Finding> look(Kind kind, Secret secret, @Nullable Registry registry) {
    Finding form = form(kind, secret.line(), secret.text());
    if (form != null) {
      return List.of(form);
    }
    Token token = mine(secret.text());
    return token == null
        ? List.of(unknown(secret.line()))
        : standing(secret.line(), token, registry);
  }

  private static @Nullable Finding form(Kind kind, int line, String text) {
    Matcher variable = VARIABLE.matcher(text);
    if (text.startsWith("$") && variable.matches()) {
      String name = variable.group(1);
      return kind == Kind.BUNFIG || text.startsWith("${")
          ? Finding.warning(
              line,
              "The token comes from the variable %s of the environment. Where that is not set, the client sends no token or the text as it stands, and the answer is 401."
                  .formatted(name),
              "See that it is set where the client runs: test -n \"$%s\" && echo set"
                  .formatted(name))
          : Finding.wrong(
              line,
              "npm, pnpm and yarn replace ${%s} and leave $%s alone.".formatted(name, name),
              "Write ${%s}.".formatted(name));
    }
    if (text.isEmpty() || text.contains("…") || text.contains("***") || text.contains("...")) {
      return Finding.warning(
          line,
          "The token is left out here, so it was not looked up.",
          "Paste it whole to have it looked up.");
    }
    if (TokenText.isWellFormed(text)) {
      return null;
    }
    return text.startsWith(TokenText.PREFIX)
        ? Finding.wrong(line, "The token is damaged.", "Copy all of it, or make a new one.")
        : Finding.wrong(
            line,
            "That is no token of this server: they start with " + TokenText.PREFIX + ".",
            "Log in here, or make a token under Tokens.");
  }

  /// The token, if they may know of it.
  private @Nullable Token mine(String text) {
    Token token = access.tokens().find(visitor.workspace().id(), text);
    if (token == null || visitor.identity().workspaceRefusal(Right.READ) != null) {
      return null;
    }
    boolean own = token.accountId() == visitor.account().id();
    return own || manages() ? token : null;
  }

  private boolean manages() {
    return visitor.identity().workspaceRefusal(Right.MANAGE_ACCOUNTS) == null;
  }

  private Finding unknown(int line) {
    return Finding.wrong(
        line,
        manages()
            ? "There is no such token in your workspace: it was revoked, ended long ago, or is from"
                + " another server."
            : "It is no token of yours: it was revoked, ended long ago, is from another server, or"
                + " is somebody else's.",
        "Log in again, or make one under Tokens.");
  }

  private List<Finding> standing(int line, Token token, @Nullable Registry registry) {
    TokenLimits limits = token.limits();
    Account owner = access.accounts().require(visitor.workspace().id(), token.account());
    List<Finding> findings = new ArrayList<>(ended(line, owner, limits));
    findings.addAll(elsewhere(line, limits, registry));
    if (findings.isEmpty()) {
      findings.add(
          Finding.fine(
              line,
              "The token works. It is \"%s\" of %s.".formatted(token.name(), token.account())));
    }
    if (limits.readOnly() || !mayPublish(owner, registry)) {
      String says =
          limits.readOnly()
              ? "The token is read-only: it installs, and npm publish fails with 403."
              : "\"%s\" may not publish here: publishing fails with 403.".formatted(owner.name());
      findings.add(Finding.warning(line, says, "To publish, use a token that may write."));
    } else if (!limits.packages().isEmpty()) {
      findings.add(
          Finding.warning(
              line,
              "The token changes %s alone: publishing anything else fails with 403."
                  .formatted(packages(limits)),
              "For other packages, use a token that may change them."));
    }
    return findings;
  }

  private static String packages(TokenLimits limits) {
    return limits.packages().stream()
        .map(PackageLimit::text)
        .sorted()
        .limit(SHOWN)
        .collect(Collectors.joining(", ", "", limits.packages().size() > SHOWN ? ", …" : ""));
  }

  private boolean mayPublish(Account owner, @Nullable Registry registry) {
    return registry == null
        ? owner.may(Right.PUBLISH)
        : access.identity(owner).grants().allow(owner.rights(), registry.id(), Right.PUBLISH);
  }

  private List<Finding> ended(int line, Account owner, TokenLimits limits) {
    List<Finding> findings = new ArrayList<>();
    if (!owner.active()) {
      findings.add(
          Finding.wrong(
              line,
              "The account \"%s\" of this token is deactivated.".formatted(owner.name()),
              "Ask an admin."));
    }
    Instant expires = limits.expires();
    if (expires != null && !expires.isAfter(now)) {
      LocalDate day = LocalDate.ofInstant(expires, ZoneOffset.UTC);
      String cure = "Log in again, or make a new one.";
      findings.add(Finding.wrong(line, "The token expired on %s.".formatted(day), cure));
    }
    return findings;
  }

  /// What keeps it from working there, or from here.
  private List<Finding> elsewhere(int line, TokenLimits limits, @Nullable Registry registry) {
    List<Finding> findings = new ArrayList<>();
    if (registry != null && !limits.covers(registry.id())) {
      findings.add(
          Finding.wrong(
              line,
              "The token is limited to other registries than \"%s\": it answers 403."
                  .formatted(registry.name()),
              "Log in at this registry, or make a token for it under Tokens."));
    }
    if (!limits.admits(from)) {
      String ranges =
          limits.ranges().stream().map(Objects::toString).collect(Collectors.joining(", "));
      findings.add(
          Finding.warning(
              line,
              "The token works from %s alone, and you are at %s."
                  .formatted(ranges, from.getHostAddress()),
              "Use it there, or make one without that limit."));
    }
    return findings;
  }
}
