package dev.gatehouse.advisories.osv;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The metrics of a CVSS 4.0 vector, each with what it counts as: the modified one before the base
/// one, and the worst where nobody says.
final class FourMetrics {
  private static final String PREFIX = "CVSS:4.0/";

  private static final Map<String, String> BASE =
      Map.ofEntries(
          Map.entry("AV", "NALP"),
          Map.entry("AC", "LH"),
          Map.entry("AT", "NP"),
          Map.entry("PR", "NLH"),
          Map.entry("UI", "NPA"),
          Map.entry("VC", "HLN"),
          Map.entry("VI", "HLN"),
          Map.entry("VA", "HLN"),
          Map.entry("SC", "HLN"),
          Map.entry("SI", "HLN"),
          Map.entry("SA", "HLN"));

  private static final Map<String, String> OTHER = other();

  private final Map<String, String> said;

  private FourMetrics(Map<String, String> said) {
    this.said = said;
  }

  private static Map<String, String> other() {
    Map<String, String> other = new HashMap<>();
    other.put("E", "XAPU");
    List.of("CR", "IR", "AR").forEach(name -> other.put(name, "XHML"));
    BASE.forEach((name, values) -> other.put("M" + name, "X" + values));
    // Only here may somebody's safety be at stake.
    List.of("MSI", "MSA").forEach(name -> other.put(name, "XSHLN"));
    // These say something and count for nothing; colours are written out.
    other.put("S", "XNP");
    other.put("AU", "XNY");
    other.put("R", "XAUI");
    other.put("V", "XDC");
    other.put("RE", "XLMH");
    return Map.copyOf(other);
  }

  /// The metrics of `vector`; null if it is none of version 4.0.
  static @Nullable FourMetrics parse(String vector) {
    if (!vector.startsWith(PREFIX)) {
      return null;
    }
    Map<String, String> said = new HashMap<>();
    for (String metric : vector.substring(PREFIX.length()).split("/", -1)) {
      int colon = metric.indexOf(':');
      String name = colon < 0 ? "" : metric.substring(0, colon);
      String value = metric.substring(colon + 1);
      if (!isValid(name, value) || said.put(name, value) != null) {
        return null;
      }
    }
    return said.keySet().containsAll(BASE.keySet()) ? new FourMetrics(Map.copyOf(said)) : null;
  }

  private static boolean isValid(String name, String value) {
    if (name.equals("U")) {
      return List.of("X", "Clear", "Green", "Amber", "Red").contains(value);
    }
    String values = BASE.getOrDefault(name, OTHER.getOrDefault(name, ""));
    return value.length() == 1 && values.contains(value);
  }

  /// What a metric counts as, by the name of its base form.
  char get(String name) {
    String modified = said.getOrDefault("M" + name, "X");
    String value = modified.equals("X") ? said.getOrDefault(name, "X") : modified;
    return switch (value) {
      case "X" -> name.equals("E") ? 'A' : 'H';
      default -> value.charAt(0);
    };
  }

  /// Whether a metric counts as one of `values`.
  boolean is(String name, String values) {
    return values.indexOf(get(name)) >= 0;
  }

  /// Whether nothing at all is harmed.
  boolean isHarmless() {
    return Stream.of("VC", "VI", "VA", "SC", "SI", "SA").allMatch(name -> is(name, "N"));
  }

  @Override
  public String toString() {
    return said.entrySet().stream()
        .map(one -> one.getKey() + ":" + one.getValue())
        .sorted()
        .collect(Collectors.joining("/"));
  }
}
