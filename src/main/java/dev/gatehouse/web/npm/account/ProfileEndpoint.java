package dev.gatehouse.web.npm.account;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.Identity;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Profile;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.secret.Passwords;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.notify.mail.LinkMails;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.web.Gate;
import dev.gatehouse.web.JsonBody;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `-/npm/v1/user`: what people tell of themselves, and their password.
///
/// @param mails where a link to a new password can be sent, the address is changed by whoever knows
///   the password, not by a token alone: who has stolen one would have the account
public record ProfileEndpoint(Gate gate, Access access, LinkMails mails) {
  private static final int LARGEST_BODY = 16 << 10;

  /// What clients send back as they got it; it cannot be changed.
  private static final Set<String> FIXED =
      Set.of("name", "email_verified", "created", "updated", "cidr_whitelist");

  /// `GET`: the caller's own.
  public Response show(Request request) {
    return shown(gate.caller(request, Right.READ).requireIdentity().account());
  }

  /// `POST`: changes the members that are sent; null or empty takes one away. `password` is
  /// `{"old", "new"}`.
  public Response change(Request request) throws IOException {
    Identity identity = gate.caller(request, Right.READ).requireIdentity();
    Problem refusal = identity.selfServiceRefusal();
    if (refusal != null) {
      throw new ProblemException(refusal);
    }
    JsonBody body = JsonBody.read(request, LARGEST_BODY);
    refuseTwoFactor(body);
    Account account = identity.account();
    JsonBody password = body.object("password");
    if (password != null) {
      Passwords.requireAcceptable(account.name(), password.requireText("new"));
      PasswordProof.require(access, account, password.requireText("old"), request);
    }
    Map<String, String> fields = fields(body);
    String email = body.names().contains("email") ? orEmpty(body.text("email")) : null;
    if (email != null && password == null) {
      requireMayChangeEmail(identity, email);
    }
    if (email != null || !fields.isEmpty()) {
      account = access.accounts().changeProfile(identity.actor(), account, email, fields);
    }
    if (password != null) {
      account =
          access.accounts().changePassword(identity.actor(), account, password.requireText("new"));
    }
    return shown(account);
  }

  private void requireMayChangeEmail(Identity identity, String email) {
    boolean same = email.equals(identity.account().email());
    if (mails.arePossible() && identity.token() != null && !same) {
      throw new ProblemException(
          new Problem.Forbidden(
              "A link to a new password can be sent to your mail address, so that it is changed with"
                  + " your password: in the web app, under Your account."));
    }
  }

  private static Map<String, String> fields(JsonBody body) {
    Map<String, String> fields = new HashMap<>();
    for (String name : body.names()) {
      boolean elsewhere = Set.of("email", "password", "tfa").contains(name);
      if (!elsewhere && !FIXED.contains(name)) {
        fields.put(name, orEmpty(body.text(name)));
      }
    }
    return fields;
  }

  private static void refuseTwoFactor(JsonBody body) {
    if (body.has("tfa")) {
      throw new ProblemException(
          new Problem.Unsupported(
              "A second factor is set up in the web app, under Your account: it draws the code for"
                  + " your telephone."));
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private Response shown(Account account) {
    boolean factor = access.secondFactors().standing(account).on();
    Map<String, @Nullable Object> profile = new LinkedHashMap<>();
    profile.put("name", account.name());
    profile.put("email", account.email());
    profile.put("email_verified", false);
    // npm: asked for at a login, not at each change.
    profile.put("tfa", factor ? Map.of("mode", "auth-only", "pending", false) : null);
    for (String field : Profile.FIELDS) {
      profile.put(field, account.profile().fields().getOrDefault(field, ""));
    }
    profile.put("created", account.created().toString());
    profile.put("updated", account.updated().toString());
    return Response.json(200, profile).with("cache-control", "no-store");
  }
}
