package dev.gatehouse.web.api.registry;

import dev.gatehouse.registries.Upstream;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.upstream.source.Credential;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a new upstream shall be, in the words that operators use too: a target is `public`,
/// `registry:NAME` or a URL.
record NewUpstream(@Nullable String name, Upstreams.Target target, Upstreams.Options options) {
  private static final String HERE = "registry:";
  private static final Pattern USER = Pattern.compile("[^:\\p{Cntrl}]+");
  private static final Pattern PASSWORD = Pattern.compile("\\P{Cntrl}+");

  static final String[] MEMBERS = {
    "name", "target", "internal", "pushes", "forward", "token", "user", "password"
  };

  static NewUpstream of(Visitors visitors, Visitor visitor, JsonBody body) {
    String forward = body.text("forward");
    Upstream.Forward forwarded =
        forward == null
            ? Upstream.Forward.NONE
            : ApiBody.choice(Upstream.Forward.class, "forward", forward);
    return new NewUpstream(
        body.text("name"),
        target(visitors, visitor, body.requireText("target"), credential(body)),
        new Upstreams.Options(
            body.flag("internal"),
            body.flag("pushes") || forwarded != Upstream.Forward.NONE,
            forwarded));
  }

  static Upstreams.Target target(
      Visitors visitors, Visitor visitor, String text, @Nullable Credential credential) {
    if (text.startsWith("http://") || text.startsWith("https://")) {
      return new Upstreams.External(url(text), credential);
    }
    if (credential != null) {
      throw ApiBody.malformed("A credential belongs to an upstream that is given by its URL.");
    }
    if (text.equals("public")) {
      return new Upstreams.Public();
    }
    if (text.startsWith(HERE)) {
      return new Upstreams.Here(visitors.registry(visitor, text.substring(HERE.length())));
    }
    throw ApiBody.malformed(
        "An upstream is \"public\", \"registry:NAME\" for a registry here, or a URL such as"
            + " https://npm.example.com/.");
  }

  private static @Nullable Credential credential(JsonBody body) {
    String token = body.text("token");
    String user = body.text("user");
    String password = body.text("password");
    if (token != null && user == null && password == null) {
      return new Credential.Bearer(token);
    }
    if (token == null && user == null && password == null) {
      return null;
    }
    if (token != null || user == null || password == null) {
      throw ApiBody.malformed("An upstream takes a token, or a user and a password.");
    }
    if (!USER.matcher(user).matches() || !PASSWORD.matcher(password).matches()) {
      throw ApiBody.malformed(
          "The upstream's user or password has characters that it cannot have: a colon in the user,"
              + " or a line break.");
    }
    return new Credential.Basic(user, password);
  }

  private static URI url(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException _) {
      throw ApiBody.malformed(
          "The upstream's URL cannot be read: write it as https://npm.example.com/path/.");
    }
  }
}
