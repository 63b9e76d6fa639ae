package dev.gatehouse.web.api.trouble;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a client's settings say of registries, whichever file they stand in.
final class ClientSettings {
  /// More lines are not read: no file of settings has them.
  private static final int MOST_LINES = 2_000;

  private static final Pattern BERRY =
      Pattern.compile(
          "\\h*(npmRegistryServer|npmPublishRegistry|npmAuthToken|npmAuthIdent|npmScopes):.*");
  private static final Pattern BUN =
      Pattern.compile("(?m)^\\h*\\[install(\\.[^\\]]{1,200})?]\\h*$");

  private final Kind kind;
  private final List<Address> addresses = new ArrayList<>();
  private final List<Secret> secrets = new ArrayList<>();
  private final List<Other> others = new ArrayList<>();

  ClientSettings(Kind kind) {
    this.kind = kind;
  }

  /// Which file it is.
  enum Kind {
    NPMRC,
    YARNCLASSIC,
    YARNRC,
    BUNFIG
  }

  /// Where packages come from.
  ///
  /// @param scope whose packages, with its `@`; null: all others
  record Address(int line, @Nullable String scope, String url) {}

  /// What proves who asks.
  ///
  /// @param place in an .npmrc the address that it is for, as it is written there; else the scope;
  ///   null if it is for none
  /// @param name the setting's name
  record Secret(int line, @Nullable String place, String name, String text) {
    boolean isToken() {
      return name.equals("_authToken");
    }

    @Override
    public String toString() {
      return "Secret[line=" + line + ", name=" + name + ", text=***]";
    }
  }

  /// Another setting that matters.
  record Other(int line, String name, String value) {}

  /// What `text` sets. Nothing if it is no file of settings.
  static ClientSettings read(String text) {
    List<String> lines = VariableLines.asFile(text.lines().limit(MOST_LINES).toList());
    if (lines.stream().anyMatch(line -> BERRY.matcher(line).matches())) {
      return YarnrcLines.read(lines);
    }
    if (YarnClassicLines.isSuch(text)) {
      return YarnClassicLines.read(lines);
    }
    return BUN.matcher(text).find() ? BunfigLines.read(lines) : NpmrcLines.read(lines);
  }

  void add(Address address) {
    addresses.add(address);
  }

  void add(Secret secret) {
    secrets.add(secret);
  }

  void add(Other other) {
    others.add(other);
  }

  boolean isEmpty() {
    return addresses.isEmpty() && secrets.isEmpty() && others.isEmpty();
  }

  Kind kind() {
    return kind;
  }

  List<Address> addresses() {
    return addresses;
  }

  List<Secret> secrets() {
    return secrets;
  }

  List<Other> others() {
    return others;
  }

  /// The first setting of that name, or null.
  @Nullable Other other(String name) {
    return others.stream().filter(one -> one.name().equals(name)).findFirst().orElse(null);
  }

  /// `text` without the quotes around it.
  static String unquoted(String text) {
    String plain = text.strip();
    boolean quoted =
        plain.length() > 1
            && (plain.charAt(0) == '"' || plain.charAt(0) == '\'')
            && plain.charAt(plain.length() - 1) == plain.charAt(0);
    return quoted ? plain.substring(1, plain.length() - 1) : plain;
  }
}
