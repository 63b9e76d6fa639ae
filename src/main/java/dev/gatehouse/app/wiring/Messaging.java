package dev.gatehouse.app.wiring;

import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import dev.gatehouse.db.Vault;
import dev.gatehouse.jobs.Jobs;
import dev.gatehouse.notify.hook.Deliveries;
import dev.gatehouse.notify.hook.Dispatch;
import dev.gatehouse.notify.hook.WebhookSettings;
import dev.gatehouse.notify.hook.Webhooks;
import dev.gatehouse.notify.mail.LinkMails;
import dev.gatehouse.notify.mail.MailSettings;
import dev.gatehouse.notify.mail.MailTest;
import dev.gatehouse.notify.mail.Mailbag;
import dev.gatehouse.notify.mail.Mailer;
import dev.gatehouse.upstream.wire.Courier;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What tells others what happens here. It has a queue of its own, so that a receiver that is slow
/// keeps no version from being handed on.
public record Messaging(
    Webhooks webhooks,
    Deliveries deliveries,
    LinkMails links,
    MailTest mailTest,
    Courier courier,
    Jobs jobs)
    implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Messaging.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// No message takes as long: whoever is told has a few times the patience to take it.
  private static final Duration LEASE = Duration.ofMinutes(3);

  /// What it is made of.
  ///
  /// @param address how people address this server, if that is configured
  public record Ground(
      Database database, Changes changes, Vault vault, Trail trail, @Nullable String address) {}

  /// Messages that leave within `settings`.
  public static Messaging on(Ground ground, WebhookSettings settings, MailSettings mail) {
    var webhooks = new Webhooks(ground.database(), ground.vault(), ground.trail());
    ground.changes().watch(Changes.Topic.WEBHOOKS, webhooks::reload);
    var courier = new Courier(settings.privateHosts(), PATIENCE);
    var jobs = new Jobs(ground.database(), ground.trail().clock(), LEASE);
    jobs.handle(Dispatch.KIND, new Dispatch(ground.database(), webhooks, courier, ground.trail()));
    Clock clock = ground.trail().clock();
    var mailer = new Mailer(ground.database(), mail, clock);
    jobs.handle(Mailbag.KIND, mailer);
    String address = mail.host() == null ? null : ground.address();
    String base = address == null ? null : address.replaceFirst("/+$", "");
    var links = new LinkMails(mailer, ground.vault(), clock, base);
    jobs.handle(LinkMails.KIND, links);
    return new Messaging(
        webhooks,
        new Deliveries(ground.database(), ground.trail()),
        links,
        new MailTest(ground.database(), ground.trail(), mailer, mail),
        courier,
        jobs);
  }

  @Override
  public void close() {
    jobs.close();
    try {
      courier.close();
    } catch (IOException failure) {
      log.warn("Connections to receivers of messages did not close.", failure);
    }
  }
}
