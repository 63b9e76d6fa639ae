package dev.gatehouse.web.api.settings;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.secret.Allowance;
import dev.gatehouse.advisories.feed.Feed;
import dev.gatehouse.advisories.feed.FeedStatus;
import dev.gatehouse.advisories.feed.Feeds;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.notify.hook.Webhooks;
import dev.gatehouse.notify.mail.MailTest;
import dev.gatehouse.notify.mail.Subscriptions;
import dev.gatehouse.registries.signing.SigningKeys;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `settings`: what applies to a workspace and to the server, to be read. Secrets are none of it.
public final class SettingsEndpoint {
  private static final String TYPE = "ecdsa-sha2-nistp256";

  private final Visitors visitors;
  private final ServerFacts facts;
  private final Shown shown;
  private final Allowance mails;

  /// What it shows besides the facts, sends a mail by and fetches feeds by.
  public record Shown(
      Webhooks webhooks, Feeds feeds, SigningKeys keys, MailTest mail, FetchNow fetching) {}

  /// Shows `facts`; of `mails` somebody may send himself so many.
  public SettingsEndpoint(Visitors visitors, ServerFacts facts, Shown shown, Allowance mails) {
    this.visitors = visitors;
    this.facts = facts;
    this.shown = shown;
    this.mails = mails;
  }

  record Settings(
      Address address,
      Mail mail,
      int webhooks,
      List<FeedView> feeds,
      boolean fetching,
      List<KeptView> kept,
      List<KeyView> keys) {}

  /// @param configured whether `server.base-url` says it; else it is that of this request
  /// @param own that of the workspace's own host; null if it has none
  record Address(String url, boolean configured, @Nullable String own) {}

  /// @param links whether mails with links can be sent, which takes a configured address
  record Mail(boolean configured, @Nullable String from, boolean links) {}

  /// @param trust null if it is not configured any more
  record FeedView(
      String name,
      @Nullable String trust,
      String source,
      long records,
      long held,
      @Nullable String imported,
      @Nullable String tried,
      @Nullable String failure) {}

  record KeptView(String what, long days, @Nullable Long most, @Nullable String key) {}

  record KeyView(String keyid, String type, @Nullable String created, @Nullable String expires) {}

  /// That it is under way.
  record Fetching(boolean fetching) {}

  /// What became of a mail.
  record Sent(boolean sent, String sentence) {}

  /// `GET settings`.
  public Response show(Request request) {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_ACCOUNTS);
    return Answer.of(
        200,
        new Settings(
            new Address(
                request.baseUrl(),
                facts.baseUrl() != null,
                request.ownUrl(visitor.workspace().name())),
            mail(),
            shown.webhooks().list(visitor.workspace()).size(),
            feeds(),
            shown.fetching().isRunning(),
            facts.kept().stream()
                .map(one -> new KeptView(one.what(), one.time().toDays(), one.most(), one.key()))
                .toList(),
            shown.keys().list().stream()
                .map(one ->
                    new KeyView(
                        one.keyid(), TYPE, Answer.text(one.created()), Answer.text(one.expires())))
                .toList()));
  }

  /// `POST settings/mail-test`: sends whoever asks a mail that tells of nothing, and says what
  /// became of it.
  public Response testMail(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_ACCOUNTS);
    var _ = ApiBody.read(request);
    mails.take(
        Long.toString(visitor.account().id()),
        "You have sent yourself several mails: wait a while before the next.");
    Account account = visitor.account();
    var reader =
        new Subscriptions.Reader(account.id(), account.name(), account.email(), account.active());
    String failure = shown.mail().send(visitor.actor(), reader, visitor.workspace());
    return Answer.of(
        200,
        failure == null
            ? new Sent(true, "The mail server has taken a mail to %s.".formatted(account.email()))
            : new Sent(false, failure));
  }

  /// `POST settings/feeds/fetch`: begins to bring all feeds up to date, and does not wait for it.
  public Response fetchFeeds(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_ACCOUNTS);
    var _ = ApiBody.read(request);
    shown.fetching().begin(visitor.actor(), visitor.workspace().id());
    return Answer.of(202, new Fetching(true));
  }

  private Mail mail() {
    boolean configured = facts.mail().host() != null;
    return new Mail(configured, facts.mail().from(), configured && facts.baseUrl() != null);
  }

  private List<FeedView> feeds() {
    Map<String, FeedStatus> known = new TreeMap<>();
    shown.feeds().status().forEach(one -> known.put(one.name(), one));
    List<FeedView> views = new ArrayList<>();
    for (Feed feed : facts.feeds().feeds()) {
      FeedStatus status = known.remove(feed.name());
      views.add(
          view(
              status == null
                  ? new FeedStatus(feed.name(), feed.source(), 0, 0, null, null, null)
                  : status,
              feed.trust().word()));
    }
    known.values().forEach(one -> views.add(view(one, null)));
    return views;
  }

  private static FeedView view(FeedStatus status, @Nullable String trust) {
    return new FeedView(
        status.name(),
        trust,
        // Without what may be a secret.
        status.source().replaceFirst("//[^/@]*@", "//***@").replaceFirst("\\?.*", "?***"),
        status.records(),
        status.held(),
        Answer.text(status.imported()),
        Answer.text(status.tried()),
        status.failure());
  }
}
