package dev.gatehouse.db;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// The conditions of a query of which some count only if they are asked for. Their text is the
/// program's own; what people send is bound.
public final class Where {
  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> values = new HashMap<>();
  private final Map<String, List<?>> lists = new HashMap<>();

  /// Adds a condition in which `:name` is `value`; a null value asks for nothing.
  public Where and(String condition, String name, @Nullable Object value) {
    if (value != null) {
      conditions.add(condition);
      values.put(name, value);
    }
    return this;
  }

  /// Adds a condition in which `<name>` is a list of `some`, of which there is at least one; null
  /// asks for nothing.
  public Where in(String condition, String name, @Nullable Collection<?> some) {
    if (some != null) {
      conditions.add(condition);
      lists.put(name, List.copyOf(some));
    }
    return this;
  }

  /// `WHERE` and the conditions.
  public String sql() {
    return "WHERE " + String.join(" AND ", conditions);
  }

  /// Binds what the conditions name.
  public <S extends SqlStatement<S>> S bind(S statement) {
    S bound = statement.bindMap(values);
    for (Map.Entry<String, List<?>> list : lists.entrySet()) {
      bound = bound.bindList(list.getKey(), list.getValue());
    }
    return bound;
  }
}
