package dev.gatehouse.npm.lockfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.npm.lockfile.Lockfile.NotUnderstood;
import dev.gatehouse.npm.lockfile.Lockfile.Understood;
import dev.gatehouse.testing.Mutations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The fixtures are what the clients themselves wrote for one project: a range, an alias, a scope
/// and a package for another platform.
final class LockfileTest {
  private static final String ODD_DIGEST =
      "sha512-CQpnWPrDwmP1+SMHXZhtLtJv90yiyVfluGsX5iNCVkrhQtU3TQHsUWPG9wkdk9Lgd5yNpAg9jQEo90CBaXgWMA==";

  @ParameterizedTest
  @CsvSource({
    "npm-1.json, 'npm''s lockfile, version 1'",
    "npm-2.json, 'npm''s lockfile, version 2'",
    "npm-3.json, 'npm''s lockfile, version 3'",
    "yarn-1.lock, 'yarn''s lockfile, version 1'",
    "pnpm-6.yaml, 'pnpm''s lockfile, version 6.0'",
    "pnpm-9.yaml, 'pnpm''s lockfile, version 9.0'",
    "bun.lock, bun's lockfile"
  })
  void readsWhatTheClientsWrite(String file, String format) throws IOException {
    Understood read = understood(file, fixture(file));
    assertThat(read.format()).isEqualTo(format);
    assertThat(read.skipped()).isEmpty();
    assertThat(read.packages())
        .extracting(one -> one.name() + "@" + one.version())
        .containsExactlyInAnyOrder(
            "@sindresorhus/is@4.6.0",
            "fsevents@2.3.3",
            "is-buffer@1.1.6",
            "is-number@3.0.0",
            "is-number@6.0.0",
            "is-odd@3.0.1",
            "kind-of@3.2.2");
    assertThat(read.packages()).allMatch(one -> one.integrity() != null);
    assertThat(read.packages())
        .filteredOn(one -> one.name().equals("is-odd"))
        .extracting(one -> String.valueOf(one.integrity()))
        .containsExactly(ODD_DIGEST);
  }

  @Test
  void readsYarnBerrysFileWhichHashesArchivesOfItsOwn() throws IOException {
    Understood read = understood("yarn.lock", fixture("yarn-berry.lock"));
    assertThat(read.skipped()).isEmpty();
    assertThat(read.packages()).hasSize(27).allMatch(one -> one.integrity() == null);
    assertThat(read.packages())
        .contains(
            new LockedPackage("fsevents", "2.3.3", null),
            new LockedPackage("is-number", "3.0.0", null))
        .noneMatch(one -> one.name().equals("fixture") || one.name().equals("old-number"));
  }

  @Test
  void leavesOutWhatComesFromElsewhereAndSaysSo() {
    Understood npm =
        understood(
            """
            {"lockfileVersion":3,"packages":{
              "":{"name":"p"}, "packages/a":{"version":"1.0.0"}, "node_modules/a":{"link":true},
              "node_modules/git":{"version":"1.0.0","resolved":"git+ssh://git@host.example/a.git#1"},
              "node_modules/url":{"version":"2.0.0","resolved":"https://host.example/x.tgz"},
              "node_modules/file":{"version":"2.0.0","resolved":"file:../x.tgz"},
              "node_modules/in/node_modules/b":{"version":"1.0.0","inBundle":true},
              "node_modules/far":{"version":"3.1.0",
                "resolved":"https://host.example/download/@s/far/3.1.0/0123abcd"}}}
            """);
    assertThat(npm.packages()).containsExactly(new LockedPackage("far", "3.1.0", null));
    assertThat(npm.skipped())
        .hasSize(3)
        .contains(
            "\"git\" was skipped: it comes from \"git+ssh://git@host.example/a.git#1\", not from a"
                + " registry.");
    Understood yarn =
        understood(
            """
            # yarn lockfile v1
            "a@user/repository":
              version "1.0.0"
              resolved "https://host.example/user/repository/tar.gz/0123"
            "b@^1.0.0":
              version "1.2.0"
              resolved "https://host.example/b/-/b-1.2.0.tgz#24fd6201a4782cf50561c810276afc7d12d71195"
            """);
    assertThat(yarn.skipped())
        .containsExactly(
            "\"a\" was skipped: it comes from \"user/repository\", not from a registry.");
    assertThat(yarn.packages())
        .extracting(one -> one.name() + " " + one.integrity())
        .containsExactly("b sha1-JP1iAaR4LPUFYcgQJ2r8fRLXEZU=");
    Understood pnpm =
        understood(
            """
            lockfileVersion: '9.0'
            packages:
              a@https://host.example/tar.gz/0123:
                resolution: {tarball: https://host.example/tar.gz/0123}
              b@file:b:
                resolution: {directory: b, type: directory}
              c@1.0.0:
                resolution: {tarball: https://host.example/c.tgz}
            """);
    assertThat(pnpm.packages()).isEmpty();
    assertThat(pnpm.skipped()).hasSize(3);
    Understood bun =
        understood(
            """
            {"lockfileVersion":1,"workspaces":{},"packages":{
              "g":["g@github:u/r#0123",{},"u-r-0123"], "w":["w@workspace:packages/w"],}}
            """);
    assertThat(bun.packages()).isEmpty();
    assertThat(bun.skipped()).hasSize(1);
  }

  @Test
  void readsAliasesGitAndBundlesOfTheFirstVersion() {
    Understood read =
        understood(
            """
            {"lockfileVersion":1,"dependencies":{
              "old":{"version":"npm:@s/real@1.0.0"},
              "git":{"version":"git+https://host.example/a.git#1"},
              "a":{"version":"2.0.0","dependencies":{
                "b":{"version":"3.0.0"},"c":{"version":"4.0.0","bundled":true}}}}}
            """);
    assertThat(read.packages())
        .containsExactly(
            new LockedPackage("@s/real", "1.0.0", null),
            new LockedPackage("a", "2.0.0", null),
            new LockedPackage("b", "3.0.0", null));
    assertThat(read.skipped()).hasSize(1);
  }

  @Test
  void readsAllDocumentsOfAPnpmFileAndKeysWithPeers() {
    Understood read =
        understood(
            """
            ---
            lockfileVersion: '9.0'
            packages:
              pnpm@11.0.0:
                resolution: {integrity: %s}
            ---
            lockfileVersion: '9.0'
            packages:
              '@s/a@1.0.0-rc.1(b@2.0.0)(@c/d@3.0.0)': {resolution: {}}
              /e@1.2.3_f@1.0.0: {resolution: {}}
              /@s/g/1.0.0: {resolution: {}}
            """
                .formatted(ODD_DIGEST));
    assertThat(read.packages())
        .extracting(one -> one.name() + "@" + one.version())
        .containsExactly("pnpm@11.0.0", "@s/a@1.0.0-rc.1", "e@1.2.3", "@s/g@1.0.0");
  }

  @Test
  void neverIgnoresAnIntegrity() {
    Understood read =
        understood(
            """
            {"lockfileVersion":3,"packages":{
              "node_modules/a":{"version":"1.0.0","integrity":"sha512-broken"},
              "node_modules/x/node_modules/b":{"version":"1.0.0","integrity":"%s"},
              "node_modules/b":{"version":"1.0.0"}}}
            """
                .formatted(ODD_DIGEST));
    assertThat(read.skipped())
        .containsExactly(
            "\"a\" was skipped: it has an integrity that cannot be read: \"sha512-broken\".");
    assertThat(read.packages()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"name":"p"}                  | f has no lockfileVersion: it is no lockfile of npm.
          {"lockfileVersion":9}         | f has the lockfileVersion 9: versions 1 to 3 are known.
          {"lockfileVersion":           | f is not valid JSON (line 1, column 20): it is broken or was cut short on its way.
          lockfileVersion: 4            | f has the lockfileVersion 4: 5, 6 and 9 are known.
          a: 1                          | f is no lockfile that is known here: those of npm, yarn, pnpm and bun (bun.lock) are.
          - a                           | f is no lockfile: it is not a mapping of names to values.
          'a: [b'                       | f is not valid YAML: it is broken or was cut short.
          ''                            | f is empty.
          """)
  void saysWhatIsWrong(String text, String sentence) {
    assertThat(Lockfile.read("f", text.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new NotUnderstood(sentence));
  }

  @Test
  void namesTheLineOfAnUnfinishedMerge() {
    String text = "# yarn lockfile v1\n\na@1:\n  version \"1.0.0\"\n<<<<<<< HEAD\n";
    assertThat(Lockfile.read("yarn.lock", text.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            new NotUnderstood("yarn.lock is broken at line 5: it may hold an unfinished merge."));
  }

  @Test
  void tellsHowToTurnABinaryLockfileIntoText() {
    byte[] binary =
        "#!/usr/bin/env bun\nbun-lockfile-format-v0\n\0\0".getBytes(StandardCharsets.UTF_8);
    assertThat(Lockfile.read("bun.lockb", binary))
        .isInstanceOfSatisfying(
            NotUnderstood.class,
            one -> assertThat(one.sentence()).contains("--save-text-lockfile"));
  }

  @Test
  void refusesAliasesThatWouldMultiply() {
    var bomb = new StringBuilder("__metadata: {version: 8}\na0: &a0 [x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(Lockfile.read("yarn.lock", bomb.toString().getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            new NotUnderstood(
                "yarn.lock uses YAML aliases or nests deeper than any lockfile does."));
  }

  @Test
  void refusesWhatIsTooLargeOrTooDeep() {
    assertThat(Lockfile.read("f", new byte[Lockfile.MAX_BYTES + 1]))
        .isEqualTo(new NotUnderstood("f is larger than 32 MB: that is no lockfile."));
    String many = "{\"lockfileVersion\":3,\"x\":[" + "[],".repeat(2_000_000) + "[]]}";
    String deep = "{\"a\":".repeat(5_000);
    for (String text : new String[] {many, deep}) {
      assertThat(Lockfile.read("f", text.getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(
              new NotUnderstood(
                  "f holds more, or nests deeper, than any lockfile: it was not read."));
    }
    byte[] nested = ("a: " + "[".repeat(5_000)).getBytes(StandardCharsets.UTF_8);
    assertThat(Lockfile.read("f", nested)).isInstanceOf(NotUnderstood.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "npm-1.json",
        "npm-3.json",
        "yarn-1.lock",
        "yarn-berry.lock",
        "pnpm-9.yaml",
        "bun.lock"
      })
  void answersBrokenFilesWithASentence(String file) throws IOException {
    assertThat(Mutations.of(fixture(file), 400))
        .allSatisfy(bytes -> assertThat(Lockfile.read(file, bytes)).isNotNull());
  }

  private static Understood understood(String text) {
    return understood("lockfile", text.getBytes(StandardCharsets.UTF_8));
  }

  private static Understood understood(String file, byte[] bytes) {
    return switch (Lockfile.read(file, bytes)) {
      case Understood read -> read;
      case NotUnderstood(String sentence) -> throw new AssertionError(sentence);
    };
  }

  private static byte[] fixture(String file) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(LockfileTest.class.getResourceAsStream("/lockfiles/" + file))) {
      return in.readAllBytes();
    }
  }
}
