package dev.gatehouse.e2e.clients;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The command line for each [Verb] that a client has, as a person would type it.
final class Commands {
  private static final Pattern OPERAND = Pattern.compile("[A-Z]{3,}");

  private final Map<Verb, String> lines;

  private Commands(Map<Verb, String> lines) {
    this.lines = lines;
  }

  /// Reads a table of lines `VERB command with OPERANDS`.
  static Commands of(String table) {
    Map<Verb, String> lines = new EnumMap<>(Verb.class);
    for (String line : table.strip().lines().toList()) {
      String[] parts = line.strip().split("\\s+", 2);
      lines.put(Verb.valueOf(parts[0]), parts[1]);
    }
    return new Commands(lines);
  }

  /// These commands, with those of `table` added or in their place.
  Commands with(String table) {
    Map<Verb, String> all = new EnumMap<>(lines);
    all.putAll(of(table).lines);
    return new Commands(all);
  }

  /// These commands without some.
  Commands without(Verb... verbs) {
    Map<Verb, String> rest = new EnumMap<>(lines);
    for (Verb verb : verbs) {
      rest.remove(verb);
    }
    return new Commands(rest);
  }

  /// The line as in the documentation, null if the client has no such command.
  @Nullable String line(Verb verb) {
    return lines.get(verb);
  }

  /// The words to run, with the values in place of the operands.
  List<String> words(Verb verb, String... values) {
    String line = lines.get(verb);
    if (line == null || values.length != verb.operands().size()) {
      throw new IllegalArgumentException(verb + " needs " + verb.operands() + ", line: " + line);
    }
    Map<String, String> operands = new HashMap<>();
    for (int i = 0; i < values.length; i++) {
      operands.put(verb.operands().get(i), values[i]);
    }
    List<String> words = new ArrayList<>();
    for (String word : line.split(" ", -1)) {
      words.add(
          word.equals("\"\"")
              ? ""
              : OPERAND
                  .matcher(word)
                  .replaceAll(found ->
                      Matcher.quoteReplacement(
                          operands.getOrDefault(found.group(), found.group()))));
    }
    return words;
  }
}
