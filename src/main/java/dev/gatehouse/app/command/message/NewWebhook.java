package dev.gatehouse.app.command.message;

import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.app.command.OperatorSession;
import dev.gatehouse.app.command.SecretInput;
import dev.gatehouse.notify.event.EventType;
import dev.gatehouse.notify.form.Form;
import dev.gatehouse.notify.hook.Choice;
import dev.gatehouse.notify.hook.Target;
import dev.gatehouse.notify.hook.Webhooks;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What `webhook add` is asked for.
final class NewWebhook {
  @Parameters(index = "0", paramLabel = "NAME", description = "What to call it.")
  private String name = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "URL",
      description = "Where messages are sent; left out, it is read from standard input.")
  private @Nullable String url;

  @Option(
      names = "--form",
      paramLabel = "json|slack|teams",
      description = "How messages are written (default: json).")
  private Form form = Form.JSON;

  @Option(
      names = "--event",
      paramLabel = "EVENT",
      description = "Only events of this kind, as issue.opened; may be repeated.")
  private List<String> events = new ArrayList<>();

  @Option(
      names = "--registry",
      paramLabel = "REGISTRY",
      description = "Only what happens in this registry; may be repeated.")
  private List<String> registries = new ArrayList<>();

  Webhooks.Wanted in(OperatorSession session, OperatorContext context) {
    String address = url == null ? SecretInput.read(context.in(), "URL") : url;
    var choice =
        new Choice(
            events.stream().map(NewWebhook::event).collect(Collectors.toSet()),
            registries.stream()
                .map(session::registry)
                .map(Registry::id)
                .collect(Collectors.toSet()));
    return new Webhooks.Wanted(name, Target.url(address), form, choice);
  }

  private static EventType event(String word) {
    EventType found = EventType.of(word);
    if (found == null || found == EventType.WEBHOOK_TEST) {
      throw new ProblemException(
          new Problem.Malformed(
              "\"%s\" is no event: use one of %s."
                  .formatted(word, String.join(", ", EventType.choices()))));
    }
    return found;
  }
}
