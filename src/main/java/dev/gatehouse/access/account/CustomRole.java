package dev.gatehouse.access.account;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A role that an owner has made: a name for some rights. It always reads, and never manages
/// owners.
///
/// @param rights in the order of [Right]
public record CustomRole(long id, String name, String description, Set<Right> rights) {
  private static final String KEY = "#";

  /// Keeps its own copy.
  public CustomRole {
    EnumSet<Right> copy = EnumSet.of(Right.READ);
    copy.addAll(rights);
    copy.remove(Right.MANAGE_OWNERS);
    rights = Collections.unmodifiableSet(copy);
  }

  /// The rights that a column holds. Names that this version does not know give nothing.
  public static Set<Right> parse(String column) {
    Set<String> names = Set.of(column.split(" ", -1));
    return Arrays.stream(Right.values())
        .filter(one -> names.contains(one.name()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /// How a list of roles names it that holds built-in ones too: by a word that no role is called,
  /// and that a new name does not change.
  public String key() {
    return KEY + id;
  }

  /// The id in a [#key], or null: it names a built-in role.
  public static @Nullable Long id(String key) {
    return key.startsWith(KEY) ? Long.valueOf(key.substring(KEY.length())) : null;
  }

  /// The rights as a column holds them.
  public String column() {
    return rights.stream().map(Right::name).collect(Collectors.joining(" "));
  }
}
