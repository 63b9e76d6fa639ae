package dev.gatehouse.app.command.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.install.dryrun.Effect;
import dev.gatehouse.install.dryrun.Fate;
import dev.gatehouse.install.ledger.Ledger.Cause;
import dev.gatehouse.install.ledger.Ledger.Withheld;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What `policy dryrun` prints: a row for everything but what is served before and after, as soon
/// as it is known, since there may be more than fit into memory.
final class DryRunReport {
  private final String registry;
  private final PrintWriter out;
  private final @Nullable JsonGenerator json;
  private final Map<Effect, Integer> counts = new EnumMap<>(Effect.class);

  /// One version.
  ///
  /// @param source the lockfile that names it; `downloads` if it was fetched here
  private record Row(
      String source,
      String name,
      String version,
      String effect,
      @Nullable String verdict,
      @Nullable String until,
      List<Cause> reasons,
      List<String> instead,
      @Nullable String told) {}

  private DryRunReport(String registry, PrintWriter out, @Nullable JsonGenerator json) {
    this.registry = registry;
    this.out = out;
    this.json = json;
  }

  /// Begins to print what became of the versions of `registry`.
  static DryRunReport begin(String registry, boolean json, PrintWriter out) throws IOException {
    if (!json) {
      return new DryRunReport(registry, out, null);
    }
    JsonGenerator generator = new JsonMapper().createGenerator(out);
    generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    generator.useDefaultPrettyPrinter().writeStartObject();
    generator.writeStringField("registry", registry);
    generator.writeArrayFieldStart("versions");
    return new DryRunReport(registry, out, generator);
  }

  void add(String source, Fate fate) {
    counts.merge(fate.effect(), 1, Integer::sum);
    if (fate.effect() == Effect.SERVED) {
      return;
    }
    Row row = row(source, fate);
    if (json == null) {
      out.println(line(row));
      return;
    }
    try {
      json.writePOJO(row);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  void end() throws IOException {
    if (json == null) {
      out.println(sentence());
    } else {
      json.writeEndArray();
      json.writeObjectFieldStart("counts");
      for (Effect one : Effect.values()) {
        json.writeNumberField(one.word(), count(one));
      }
      json.writeEndObject();
      json.writeEndObject();
      json.close();
      out.println();
    }
    out.flush();
  }

  private static Row row(String source, Fate fate) {
    Withheld withheld = fate.withheld();
    return new Row(
        source,
        fate.name(),
        fate.version(),
        fate.effect().word(),
        withheld == null ? null : withheld.verdict(),
        withheld == null ? null : withheld.until(),
        fate.reasons(),
        fate.instead(),
        fate.told());
  }

  private static String line(Row row) {
    String why =
        row.reasons().stream()
            .map(one ->
                one.policy() == null
                    ? one.sentence()
                    : "%s (%s)".formatted(one.sentence(), one.policy()))
            .collect(Collectors.joining(" "));
    String instead = row.instead().isEmpty() ? "nothing" : String.join(" or ", row.instead());
    return "%s@%s  %s%s  %s  %s"
        .formatted(
            row.name(),
            row.version(),
            row.effect(),
            row.verdict() == null ? "" : ", instead " + instead,
            row.source(),
            row.told() == null ? why : (why + " " + row.told()).strip())
        .strip();
  }

  private String sentence() {
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    return "Of %d versions that \"%s\" was asked for, %d would break, %d would open, %d stay withheld, %d cannot be told."
        .formatted(
            all,
            registry,
            count(Effect.BREAKS),
            count(Effect.OPENS),
            count(Effect.WITHHELD),
            count(Effect.PENDING) + count(Effect.GONE) + count(Effect.UNKNOWN));
  }

  private int count(Effect effect) {
    return counts.getOrDefault(effect, 0);
  }
}
