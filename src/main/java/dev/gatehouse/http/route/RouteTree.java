package dev.gatehouse.http.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Patterns over decoded segments, as a tree that a look-up walks once. A pattern's parts, in the
/// order in which they are preferred:
///
/// - a literal, such as `dist-tags`;
/// - `{name}`, a package name: either one segment (`n`, `@s/n`, the latter from `@s%2fn`) or two
///   (`@s`, `n`, from a raw slash). `@s` alone is no name, and neither is `-`: what this server
///   offers beside packages starts with it. So `/@a/b` is the package `@a/b`, `/@a/b/1.0.0` its
///   version, and `/a/b` the version or tag `b` of `a`;
/// - `{anything}`, one segment that is not empty;
/// - `{anything*}`, at the end: all segments that remain, none included, joined by slashes.
///
/// Segments that are empty are skipped where a tree begins, also a mounted one: some clients double
/// the slash after a registry's address.
///
/// @param <T> what a pattern leads to
public final class RouteTree<T> {
  private final Node<T> root = new Node<>();

  private static final class Node<T> {
    final Map<String, Node<T>> literals = new HashMap<>();
    final Map<String, T> methods = new HashMap<>();
    @Nullable Branch<T> name;
    @Nullable Branch<T> variable;
    @Nullable Branch<T> rest;
    @Nullable RouteTree<T> mounted;
  }

  private record Branch<T>(String name, Node<T> node) {}

  /// Adds a route. Two routes of one pattern and method are a mistake in the program.
  public void add(String method, String pattern, T target) {
    if (at(pattern).methods.putIfAbsent(method, target) != null) {
      throw new IllegalArgumentException("Two routes for " + method + " " + pattern);
    }
  }

  /// Lets `tree` match what follows `prefix`.
  public void mount(String prefix, RouteTree<T> tree) {
    Node<T> node = at(prefix);
    if (node.mounted != null) {
      throw new IllegalArgumentException("Two trees are mounted at " + prefix);
    }
    node.mounted = tree;
  }

  private Node<T> at(String pattern) {
    Node<T> node = root;
    for (String part : pattern.split("/", -1)) {
      if (!part.isEmpty()) {
        node = child(node, part);
      }
    }
    return node;
  }

  private static <T> Node<T> child(Node<T> node, String part) {
    if (!part.startsWith("{")) {
      return node.literals.computeIfAbsent(part, _ -> new Node<>());
    }
    String name = part.substring(1, part.length() - 1);
    if (name.endsWith("*")) {
      node.rest = grown(node.rest, name.substring(0, name.length() - 1));
      return node.rest.node;
    }
    if (name.equals("name")) {
      node.name = grown(node.name, name);
      return node.name.node;
    }
    node.variable = grown(node.variable, name);
    return node.variable.node;
  }

  private static <T> Branch<T> grown(@Nullable Branch<T> branch, String name) {
    if (branch == null) {
      return new Branch<>(name, new Node<>());
    }
    if (!branch.name.equals(name)) {
      throw new IllegalArgumentException(
          "One place is called {" + branch.name + "} and {" + name + "}; choose one name");
    }
    return branch;
  }

  /// Finds the route for `segments`.
  public RouteMatch<T> find(String method, List<String> segments) {
    Search<T> search = new Search<>(method, segments);
    T target = search.tree(this, 0);
    if (target != null) {
      return new RouteMatch.Found<>(target, List.copyOf(search.variables));
    }
    return search.allowed.isEmpty()
        ? new RouteMatch.Unknown<>()
        : new RouteMatch.OtherMethods<>(List.copyOf(search.allowed));
  }

  /// One look-up. It visits each node of the tree at most once for each way to reach it, and the
  /// way is decided by the segments, so its cost is bounded by the patterns, not by the path.
  private static final class Search<T> {
    private final String method;
    private final List<String> segments;
    private final List<RouteMatch.Variable> variables = new ArrayList<>(4);
    private final Set<String> allowed = new TreeSet<>();

    Search(String method, List<String> segments) {
      this.method = method;
      this.segments = segments;
    }

    @Nullable T tree(RouteTree<T> tree, int from) {
      int index = from;
      while (index < segments.size() && segments.get(index).isEmpty()) {
        index++;
      }
      return node(tree.root, index);
    }

    private @Nullable T node(Node<T> node, int index) {
      T found = index == segments.size() ? end(node) : step(node, index);
      if (found == null && node.mounted != null) {
        found = tree(node.mounted, index);
      }
      return found == null && node.rest != null ? rest(node.rest, index) : found;
    }

    private @Nullable T end(Node<T> node) {
      T target = node.methods.get(method);
      if (target == null && method.equals("HEAD")) {
        target = node.methods.get("GET");
      }
      if (target == null) {
        allowed.addAll(node.methods.keySet());
        if (node.methods.containsKey("GET")) {
          allowed.add("HEAD");
        }
      }
      return target;
    }

    private @Nullable T step(Node<T> node, int index) {
      String segment = segments.get(index);
      Node<T> literal = node.literals.get(segment);
      T found = literal == null ? null : node(literal, index + 1);
      if (found == null && node.name != null) {
        found = name(node.name, index);
      }
      if (found == null && node.variable != null && !segment.isEmpty()) {
        found = bound(node.variable, segment, index + 1);
      }
      return found;
    }

    private @Nullable T name(Branch<T> branch, int index) {
      String segment = segments.get(index);
      int slash = segment.indexOf('/');
      if (!segment.startsWith("@")) {
        boolean possible = slash < 0 && !segment.isEmpty() && !segment.equals("-");
        return possible ? bound(branch, segment, index + 1) : null;
      }
      if (slash >= 0) {
        boolean possible = slash > 1 && slash == segment.lastIndexOf('/');
        return possible && slash < segment.length() - 1 ? bound(branch, segment, index + 1) : null;
      }
      return scoped(branch, segment, index + 1);
    }

    private @Nullable T scoped(Branch<T> branch, String scope, int index) {
      if (scope.length() == 1 || index >= segments.size()) {
        return null;
      }
      String name = segments.get(index);
      return name.isEmpty() || name.indexOf('/') >= 0
          ? null
          : bound(branch, scope + "/" + name, index + 1);
    }

    private @Nullable T rest(Branch<T> branch, int index) {
      String value = String.join("/", segments.subList(index, segments.size()));
      variables.add(new RouteMatch.Variable(branch.name, value));
      T found = end(branch.node);
      if (found == null) {
        variables.removeLast();
      }
      return found;
    }

    private @Nullable T bound(Branch<T> branch, String value, int next) {
      variables.add(new RouteMatch.Variable(branch.name, value));
      T found = node(branch.node, next);
      if (found == null) {
        variables.removeLast();
      }
      return found;
    }
  }
}
