package dev.gatehouse.web.npm.audit;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.install.document.Origin;
import dev.gatehouse.install.view.Origins;
import dev.gatehouse.npm.BoundedJson;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstream;
import dev.gatehouse.upstream.DocumentAnswer;
import dev.gatehouse.upstream.JsonQuestion;
import dev.gatehouse.upstream.UpstreamClient;
import dev.gatehouse.upstream.source.Hops;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What the upstreams of a registry say, asked all at once and not for long. One that fails or has
/// no such answer takes nothing away from the others', and is left alone for a while.
final class UpstreamAudit {
  private static final String PATH = "-/npm/v1/security/advisories/bulk";
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long MAX_BYTES = 8L << 20;
  private static final long MAX_WEIGHT = 24L << 20;
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
  private static final Duration AFTER_ABSENCE = Duration.ofMinutes(30);
  private static final JsonMapper WRITER = new JsonMapper();
  private static final JsonFactory JSON = BoundedJson.factory(1 << 20, MAX_BYTES);

  private final UpstreamClient client;
  private final Origins origins;
  private final Registries registries;
  private final Clock clock;
  private final Map<String, Instant> resting = new ConcurrentHashMap<>();

  UpstreamAudit(Parts parts, Clock clock) {
    this.client = parts.client();
    this.origins = parts.origins();
    this.registries = parts.registries();
    this.clock = clock;
  }

  /// What asks, whom, and who has them.
  record Parts(UpstreamClient client, Origins origins, Registries registries) {}

  /// The answers, one for each upstream that gave one; `question` holds no internal name.
  List<JsonNode> ask(Registry registry, Map<String, Set<String>> question, Hops hops) {
    List<Origin> asked = new ArrayList<>(origins(registry).values());
    asked.removeIf(origin -> rests(origin.key()));
    if (asked.isEmpty() || question.isEmpty()) {
      return List.of();
    }
    String body = write(question);
    List<JsonNode> answers = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (Origin origin : asked) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                JsonNode answer = ask(origin, body, hops);
                synchronized (answers) {
                  answers.add(answer);
                }
              }));
    }
    for (Thread thread : threads) {
      join(thread);
    }
    synchronized (answers) {
      return answers.stream().filter(JsonNode::isObject).toList();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(PATIENCE.plusSeconds(1));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private JsonNode ask(Origin origin, String body, Hops hops) {
    var question = new JsonQuestion(PATH, body, PATIENCE, MAX_BYTES);
    switch (client.ask(origin.source(), question, hops)) {
      case DocumentAnswer.Fresh fresh -> {
        try {
          return tree(fresh.take());
        } catch (ProblemException _) {
          rest(origin, AFTER_FAILURE);
        }
      }
      case DocumentAnswer.NotFound _ -> rest(origin, AFTER_ABSENCE);
      case DocumentAnswer.Failed _ -> rest(origin, AFTER_FAILURE);
      case DocumentAnswer.NotModified _ -> rest(origin, AFTER_FAILURE);
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }

  private static JsonNode tree(byte[] document) {
    try (JsonParser parser = JSON.createParser(document)) {
      parser.nextToken();
      return new BoundedJson(parser, new BoundedJson.Limit("The audit", MAX_WEIGHT, null)).tree();
    } catch (JacksonException broken) {
      throw BoundedJson.problem("The audit", broken);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private void rest(Origin origin, Duration pause) {
    resting.put(origin.key(), clock.instant().plus(pause));
  }

  private boolean rests(String key) {
    Instant until = resting.get(key);
    return until != null && clock.instant().isBefore(until);
  }

  /// The upstreams outside of the registry and of those that it draws from here, without those that
  /// are marked internal. For a frozen registry nobody is asked.
  private Map<String, Origin> origins(Registry registry) {
    Map<String, Origin> found = new LinkedHashMap<>();
    collect(registry, found, new HashSet<>());
    return found;
  }

  private void collect(Registry registry, Map<String, Origin> found, Set<Long> visited) {
    if (registry.settings().archived() || !visited.add(registry.id())) {
      return;
    }
    for (Upstream upstream : registry.upstreams()) {
      if (upstream.source() instanceof Upstream.Here(long target)) {
        Registry other = registries.directory().byId(target);
        if (other != null && other.workspace().id() == registry.workspace().id()) {
          collect(other, found, visited);
        }
      } else if (!upstream.internal()) {
        Origin origin = origins.of(upstream);
        if (origin != null) {
          found.putIfAbsent(origin.key(), origin);
        }
      }
    }
  }

  private static String write(Map<String, Set<String>> question) {
    try {
      return WRITER.writeValueAsString(question);
    } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
