package dev.gatehouse.app.command.message;

import dev.gatehouse.app.command.CommandGroup;
import dev.gatehouse.app.command.DatabaseOptions;
import dev.gatehouse.app.command.Listing;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.app.command.OperatorSession;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.notify.event.EventType;
import dev.gatehouse.notify.hook.Choice;
import dev.gatehouse.notify.hook.Deliveries;
import dev.gatehouse.notify.hook.Delivery;
import dev.gatehouse.notify.hook.Webhook;
import dev.gatehouse.notify.hook.Webhooks;
import dev.gatehouse.registries.Directory;
import dev.gatehouse.registries.Registry;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatehouse webhook …`: who outside is told what happens.
@Command(
    name = "webhook",
    description = "Tell programs and chats what happens: versions, issues, waivers, malware.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class WebhookCommand extends CommandGroup {
  /// The command as it is run in `context`.
  public WebhookCommand(OperatorContext context) {
    super(context);
  }

  private record Row(
      String name,
      String origin,
      String form,
      List<String> events,
      List<String> registries,
      boolean active,
      String createdBy) {}

  private record DeliveryRow(
      long id,
      String message,
      String event,
      String state,
      int attempts,
      @Nullable Integer status,
      @Nullable String answer,
      String created) {}

  /// `webhook add NAME [URL]`.
  @Command(
      description =
          "Add a webhook. Its secret, which signs every message, is printed once and not again.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./gatehouse webhook add ci https://ci.example.com/hooks --event version.published",
        "  ./gatehouse webhook add chat --form slack --registry team <url.txt"
      },
      mixinStandardHelpOptions = true)
  int add(@Mixin DatabaseOptions options, @Mixin NewWebhook wanted) {
    try (OperatorSession session = options.open(context())) {
      Webhooks webhooks = session.webhooks();
      Webhooks.Added added =
          webhooks.add(OperatorSession.ACTOR, session.workspace(), wanted.in(session, context()));
      warn(
          "\"%s\" is told what happens, at %s. The secret that signs its messages:"
              .formatted(added.webhook().name(), added.webhook().origin()));
      return say(added.secret());
    }
  }

  /// `webhook list`.
  @Command(
      description = "List the webhooks. Of their addresses only the beginning is shown.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin DatabaseOptions options,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    try (OperatorSession session = options.open(context())) {
      Directory directory = session.registries().directory();
      List<Row> rows =
          session.webhooks().list(session.workspace()).stream()
              .map(one -> row(directory, one))
              .toList();
      new Listing(out())
          .print(
              json,
              rows,
              List.of("NAME", "WHERE", "FORM", "STATE", "EVENTS", "REGISTRIES"),
              WebhookCommand::cells);
      return 0;
    }
  }

  /// `webhook remove NAME`.
  @Command(
      description = "Remove a webhook, with what was still to be delivered to it.",
      mixinStandardHelpOptions = true)
  int remove(@Mixin DatabaseOptions options, @Parameters(paramLabel = "NAME") String name) {
    try (OperatorSession session = options.open(context())) {
      session.webhooks().remove(OperatorSession.ACTOR, session.workspace(), name);
      return say("\"%s\" is told nothing any more.".formatted(name));
    }
  }

  /// `webhook on NAME`.
  @Command(
      description = "Switch a webhook on again whose receiver had said, by 410, that it was gone.",
      mixinStandardHelpOptions = true)
  int on(@Mixin DatabaseOptions options, @Parameters(paramLabel = "NAME") String name) {
    try (OperatorSession session = options.open(context())) {
      session.webhooks().change(OperatorSession.ACTOR, session.workspace(), name, null, true);
      return say("\"%s\" is told what happens.".formatted(name));
    }
  }

  /// `webhook test NAME`.
  @Command(
      description =
          "Send a message that tells of nothing; a running server does so within a second.",
      mixinStandardHelpOptions = true)
  int test(@Mixin DatabaseOptions options, @Parameters(paramLabel = "NAME") String name) {
    try (OperatorSession session = options.open(context())) {
      long id = session.webhooks().test(OperatorSession.ACTOR, session.workspace(), name);
      return say(
          "Delivery %d is on its way. What comes of it: gatehouse webhook deliveries %s"
              .formatted(id, name));
    }
  }

  /// `webhook deliveries NAME`.
  @Command(
      description = "List what was sent to a webhook lately, the newest first.",
      mixinStandardHelpOptions = true)
  int deliveries(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    try (OperatorSession session = options.open(context())) {
      Webhook webhook = session.webhooks().require(session.workspace(), name);
      List<DeliveryRow> rows =
          log(session).list(webhook).stream().map(WebhookCommand::row).toList();
      new Listing(out())
          .print(
              json,
              rows,
              List.of("ID", "WHEN", "EVENT", "STATE", "ATTEMPTS", "STATUS", "ANSWER"),
              WebhookCommand::cells);
      return 0;
    }
  }

  /// `webhook redeliver NAME ID`.
  @Command(
      description = "Send a message once more, under the id that it had.",
      mixinStandardHelpOptions = true)
  int redeliver(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "ID", description = "As `webhook deliveries` shows it.") long id) {
    try (OperatorSession session = options.open(context())) {
      Webhook webhook = session.webhooks().require(session.workspace(), name);
      long number = log(session).redeliver(OperatorSession.ACTOR, webhook, id);
      return say("Delivery %d is on its way.".formatted(number));
    }
  }

  private static Deliveries log(OperatorSession session) {
    return new Deliveries(session.database(), new Trail(session.clock()));
  }

  private static Row row(Directory directory, Webhook webhook) {
    Choice choice = webhook.choice();
    return new Row(
        webhook.name(),
        webhook.origin(),
        webhook.form().word(),
        choice.events().stream().map(EventType::word).sorted().toList(),
        choice.registries().stream().map(id -> called(directory, id)).sorted().toList(),
        webhook.active(),
        webhook.made().by());
  }

  private static String called(Directory directory, long id) {
    Registry registry = directory.byId(id);
    return registry == null ? "(deleted)" : registry.name();
  }

  private static List<String> cells(Row row) {
    return List.of(
        row.name,
        row.origin,
        row.form,
        row.active ? "on" : "off",
        row.events.isEmpty() ? "all" : String.join(", ", row.events),
        row.registries.isEmpty() ? "all" : String.join(", ", row.registries));
  }

  private static DeliveryRow row(Delivery delivery) {
    return new DeliveryRow(
        delivery.id(),
        delivery.message(),
        delivery.event(),
        delivery.state().word(),
        delivery.attempts(),
        delivery.status(),
        delivery.answer(),
        delivery.times().created().toString());
  }

  private static List<String> cells(DeliveryRow row) {
    return List.of(
        Long.toString(row.id),
        row.created,
        row.event,
        row.state,
        Integer.toString(row.attempts),
        row.status == null ? "" : row.status.toString(),
        Objects.requireNonNullElse(row.answer, ""));
  }
}
