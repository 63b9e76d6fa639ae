package dev.gatehouse.npm.lockfile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What came of reading a lockfile. Files are told apart by what is in them, whatever they are
/// called: package-lock.json and npm-shrinkwrap.json of versions 1 to 3, yarn.lock of yarn classic
/// and berry, pnpm-lock.yaml, and bun.lock.
public sealed interface Lockfile {
  /// Larger files are refused unread, in bytes. Lockfiles of the largest monorepos have some ten
  /// million.
  int MAX_BYTES = 32 << 20;

  /// It was understood.
  ///
  /// @param format what it is, for people
  /// @param packages what comes from a registry, each once
  /// @param skipped sentences about what does not
  record Understood(String format, List<LockedPackage> packages, List<String> skipped)
      implements Lockfile {}

  /// It was not; `sentence` says why and what to do.
  record NotUnderstood(String sentence) implements Lockfile {}

  /// Reads `bytes`, which sentences call `fileName`.
  static Lockfile read(String fileName, byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return new NotUnderstood(
          "%s is larger than %d MB: that is no lockfile.".formatted(fileName, MAX_BYTES >> 20));
    }
    try {
      return read(fileName, new String(bytes, StandardCharsets.UTF_8));
    } catch (ProblemException refused) {
      return new NotUnderstood(
          refused.problem() instanceof Problem.TooLarge
              ? fileName + " holds more, or nests deeper, than any lockfile: it was not read."
              : refused.problem().sentence());
    }
  }

  private static Lockfile read(String fileName, String given) {
    String text = given.startsWith("\uFEFF") ? given.substring(1) : given;
    if (text.indexOf('\0') >= 0) {
      return new NotUnderstood(
          fileName
              + " is not text. If it is a bun.lockb, write it as text by `bun install"
              + " --save-text-lockfile`.");
    }
    if (text.stripLeading().startsWith("{")) {
      JsonNode tree = Trees.json(fileName, text);
      return tree.path("workspaces").isObject() ? BunLock.read(tree) : NpmLock.read(fileName, tree);
    }
    if (text.contains("yarn lockfile v1")) {
      return YarnClassicLock.read(fileName, text);
    }
    List<JsonNode> documents = Trees.yaml(fileName, text);
    if (documents.stream().anyMatch(one -> one.has("__metadata"))) {
      return YarnBerryLock.read(documents.getFirst());
    }
    if (documents.stream().anyMatch(one -> one.has("lockfileVersion"))) {
      return PnpmLock.read(fileName, documents);
    }
    return new NotUnderstood(
        fileName
            + " is no lockfile that is known here: those of npm, yarn, pnpm and bun (bun.lock)"
            + " are.");
  }
}
