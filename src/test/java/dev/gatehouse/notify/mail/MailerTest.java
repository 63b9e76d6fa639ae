package dev.gatehouse.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Accounts;
import dev.gatehouse.access.account.NewAccount;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.secret.Passwords;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Database;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.jobs.Jobs;
import dev.gatehouse.notify.event.Event;
import dev.gatehouse.notify.event.EventType;
import dev.gatehouse.notify.event.Place;
import dev.gatehouse.notify.hook.Outbox;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Mails reach a real server, those who asked for them and nobody else.
@OnBothDatabases
final class MailerTest {
  private static final Actor OPERATOR = new Actor.Operator();

  @AutoClose private final TestingDatabase databases;
  private final TestingClock clock = new TestingClock();
  private final Database database;
  private final Workspace workspace;
  private final Subscriptions subscriptions;
  private final GreenMail server = server(ServerSetup.PROTOCOL_SMTP);

  MailerTest(Dialect dialect) {
    databases = TestingDatabases.fresh(dialect);
    database = databases.database();
    workspace = new Registries(database, clock).workspace(OPERATOR, "default");
    subscriptions = new Subscriptions(database, new Trail(clock));
  }

  private static GreenMail server(String protocol) {
    var setup = new ServerSetup(0, "127.0.0.1", protocol);
    setup.setServerStartupTimeout(Duration.ofMinutes(1).toMillis());
    return new GreenMail(setup);
  }

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private Account account(Workspace in, String name, String email) {
    return new Accounts(database, new Trail(clock), Passwords.cheap(), () -> {})
        .create(OPERATOR, in.id(), new NewAccount(name, Role.READ_ONLY, null, email));
  }

  private Account reader(String name) {
    Account made = account(workspace, name, name + "@example.test");
    subscriptions.set(OPERATOR, workspace, name, true);
    return made;
  }

  private static MailSettings settings(int port, String security) {
    return new MailSettings("127.0.0.1", port, security, null, null, "gatehouse@example.test");
  }

  private int drain(MailSettings settings) {
    Jobs jobs = new Jobs(database, clock);
    jobs.handle(Mailbag.KIND, new Mailer(database, settings, clock));
    return jobs.drain();
  }

  private int drain() {
    return drain(settings(server.getSmtp().getPort(), "none"));
  }

  private void tell(Event event) {
    database.write(handle -> {
      Outbox.tell(handle, workspace.id(), event, clock.instant());
      return event;
    });
  }

  private static Event quarantined(String name, String reason) {
    return new Event.Quarantined(List.of(new Place(1, "team", "1.0.0")), name, reason, "user:bob");
  }

  /// The server takes a mail before it shows it.
  private void assertArrived(int count) {
    assertThat(server.waitForIncomingEmail(Duration.ofSeconds(30).toMillis(), count)).isTrue();
    assertThat(server.getReceivedMessages()).hasSize(count);
  }

  private List<String> failures() {
    return database.read(
        handle -> handle.createQuery("SELECT failure FROM job").mapTo(String.class).list());
  }

  @Test
  void tellsOfTheKindsThatAreWantedAlone() {
    reader("ada");
    choose(EventType.WAIVER_ASKED, EventType.MALWARE_FOUND);
    tell(quarantined("pad", "Not asked for"));
    assertThat(drain()).isZero();
    var place = new Place(1, "team", "1.x");
    tell(
        new Event.WaiverAsked(
            new Event.Waiver(7, place, "pad", "delay", "In a hurry", clock.instant()), "user:bob"));
    assertThat(drain()).isEqualTo(1);
    assertArrived(1);
    choose();
    assertThat(subscriptions.list(workspace)).isEmpty();
  }

  private void choose(EventType... types) {
    database.write(handle -> {
      Subscriptions.choose(handle, workspace, "ada", Set.of(types), clock.instant());
      return types;
    });
  }

  @Test
  void reachesThoseWhoAskedForItAndNobodyElse() throws Exception {
    reader("ada");
    account(workspace, "bob", "bob@example.test");
    Workspace other = new Registries(database, clock).workspace(OPERATOR, "other");
    account(other, "eve", "eve@example.test");
    subscriptions.set(OPERATOR, other, "eve", true);
    tell(quarantined("pad", "It smells"));
    assertThat(drain()).isEqualTo(1);
    assertArrived(1);
    MimeMessage mail = server.getReceivedMessages()[0];
    assertThat(mail.getRecipients(RecipientType.TO))
        .extracting(Address::toString)
        .containsExactly("ada@example.test");
    assertThat(mail.getFrom())
        .extracting(Address::toString)
        .containsExactly("gatehouse@example.test");
    assertThat(mail.getSubject()).isEqualTo("[gatehouse] pad@1.0.0 is in quarantine");
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(mail.getContent().toString().replace("\r\n", "\n"))
        .startsWith(
            """
            pad@1.0.0 is in quarantine

            Where: 1.0.0 in team
            Reason: It smells
            By: user:bob
            Workspace: default
            """);
  }

  @Test
  void reachesNobodyWhoHasBeenDeactivatedOrWantsNoneAnyMore() {
    Account ada = reader("ada");
    reader("bob");
    tell(quarantined("pad", "It smells"));
    database.write(
        handle -> handle.execute("UPDATE account SET active = FALSE WHERE id = ?", ada.id()));
    subscriptions.set(OPERATOR, workspace, "bob", false);
    assertThat(drain()).isEqualTo(2);
    assertThat(server.getReceivedMessages()).isEmpty();
    assertThat(failures()).isEmpty();
  }

  @Test
  void noNameOrReasonOrAddressBeginsAHeaderOfItsOwn() throws Exception {
    Account ada = reader("ada");
    tell(quarantined("pad\r\nBcc: eve@example.test\r\n\r\nx", "y\nBcc: eve@example.test"));
    drain();
    assertArrived(1);
    MimeMessage mail = server.getReceivedMessages()[0];
    assertThat(mail.getAllRecipients())
        .extracting(Address::toString)
        .containsExactly("ada@example.test");
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(mail.getSubject()).contains("pad Bcc: eve@example.test x");
    for (String bad :
        List.of(
            "ada@example.test\r\nBcc: eve@example.test",
            "ada@example.test, eve@example.test",
            "Ada <ada@example.test>",
            "nobody")) {
      database.write(
          handle -> handle.execute("UPDATE account SET email = ? WHERE id = ?", bad, ada.id()));
      tell(quarantined("pad", "It smells"));
      drain();
    }
    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  @Test
  void triesAgainWhileTheServerIsDown() {
    reader("ada");
    tell(quarantined("pad", "It smells"));
    GreenMail gone = server(ServerSetup.PROTOCOL_SMTP);
    gone.start();
    int port = gone.getSmtp().getPort();
    gone.stop();
    drain(settings(port, "none"));
    assertThat(failures()).hasSize(1).first().asString().contains("takes no mail");
    clock.advance(Duration.ofSeconds(5));
    drain();
    assertArrived(1);
    assertThat(failures()).isEmpty();
  }

  @Test
  void sendsNothingUnencryptedAndNothingToWhoHasNoGoodCertificate() {
    reader("ada");
    tell(quarantined("pad", "It smells"));
    drain(settings(server.getSmtp().getPort(), "starttls"));
    assertThat(server.getReceivedMessages()).isEmpty();
    GreenMail untrusted = server(ServerSetup.PROTOCOL_SMTPS);
    untrusted.start();
    try {
      clock.advance(Duration.ofHours(1));
      drain(settings(untrusted.getSmtps().getPort(), "tls"));
      assertThat(untrusted.getReceivedMessages()).isEmpty();
      assertThat(failures()).hasSize(1);
    } finally {
      untrusted.stop();
    }
  }

  @Test
  void testsWhatIsConfiguredAndSaysIfNothingIs() {
    account(workspace, "ada", "ada@example.test");
    assertThat(subscriptions.test(OPERATOR, workspace, "ada")).isEqualTo("ada@example.test");
    drain(MailSettings.defaults());
    assertThat(failures())
        .containsExactly("No mail server is configured: set mail.host and mail.from.");
    subscriptions.test(OPERATOR, workspace, "ada");
    drain();
    assertArrived(1);
  }

  @Test
  void refusesWhoHasNoAddressAndSettingsThatCannotWork() {
    account(workspace, "ada", "");
    assertThatThrownBy(() -> subscriptions.set(OPERATOR, workspace, "ada", true))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("no address");
    assertThatThrownBy(() -> subscriptions.test(OPERATOR, workspace, "nobody"))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> new MailSettings("a", 25, "none", null, null, null))
        .hasMessageContaining("mail.from");
    assertThatThrownBy(() -> new MailSettings("a", 25, "ssl", null, null, "a@b"))
        .hasMessageContaining("starttls, tls, none");
    assertThatThrownBy(() -> new MailSettings("a", 25, "none", "u", "p", "a@b"))
        .hasMessageContaining("unencrypted");
    assertThat(new MailSettings("a", 25, "tls", "u", "sesame", "a@b").toString())
        .doesNotContain("sesame");
  }
}
