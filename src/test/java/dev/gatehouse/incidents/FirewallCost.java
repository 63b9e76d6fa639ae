package dev.gatehouse.incidents;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.dryrun.DryRun.Asked;
import dev.gatehouse.install.dryrun.DryRun.Trial;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.judge.Rules;
import dev.gatehouse.policy.store.Draft;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Prints what the firewall costs: CPU of this process, which holds the server. Not a test; run it
/// by hand with the names of cases: `judge`, `dryrun`, or `warm`, which takes `wrk`.
final class FirewallCost {
  private static final OperatingSystemMXBean MACHINE =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String OLD = "2020-01-01T00:00:00.000Z";

  /// Ten, all of which look at every version, and let nearly all of these pass.
  private static final Map<PolicyName, String> TEN =
      Map.of(
          PolicyName.MALWARE, "{}",
          PolicyName.VULNERABILITIES, "{}",
          PolicyName.BLOCK_LIST, "{\"list\":[\"react*\",\"@evil/*\",\"pad@1.0.7\"]}",
          PolicyName.LICENCES,
              "{\"rules\":[{\"licence\":\"AGPL-*\",\"action\":\"block\",\"severity\":\"high\"}]}",
          PolicyName.DELAY, "{\"age\":\"7d\"}",
          PolicyName.INSTALL_SCRIPTS, "{\"implicit\":false}",
          PolicyName.QUARANTINE_NEW, "{\"since\":\"2026-11-01T00:00:00Z\"}",
          PolicyName.TRUST,
              "{\"unchecked\":\"allow\",\"missing\":\"allow\",\"new-publisher\":\"allow\"}",
          PolicyName.EXOTIC, "{}",
          PolicyName.CUSTOM,
              "{\"rules\":[{\"when\":\"deprecated && size(scripts) > 3\",\"action\":\"block\",\"reason\":\"No.\"}]}");

  private final TestingServer server = TestingServer.start(Dialect.SQLITE, new TestingClock());
  private final String token = server.token("ada", Role.DEVELOPER);

  private FirewallCost() {}

  public static void main(String[] cases) throws Exception {
    for (String one : cases) {
      var cost = new FirewallCost();
      try {
        switch (one) {
          case "judge" -> cost.judge();
          case "dryrun" -> cost.dryRun();
          case "warm" -> cost.warm();
          default -> throw new IllegalArgumentException(one);
        }
      } finally {
        cost.server.close();
      }
    }
  }

  /// A package of 2,000 versions before ten policies: facts and judgement of all of them.
  private void judge() throws IOException {
    put("pad", 2_000);
    TEN.forEach((policy, settings) -> set(policy, Mode.ENFORCE, settings));
    long[] took = new long[40];
    Found.Versions found =
        (Found.Versions)
            server.services().reading().views().find(server.registry(), "pad", Ask.USUAL);
    int withheld = 0;
    for (int round = 0; round < took.length; round++) {
      Found.Versions fresh =
          (Found.Versions)
              server.services().reading().views().find(server.registry(), "pad", Ask.USUAL);
      long before = thread();
      withheld = fresh.rulings().withheld().size();
      took[round] = thread() - before;
    }
    System.out.printf(
        "judge: %,d versions, ten policies, %d withheld: first %.1f ms, then %.2f ms of CPU (median of the last 20)%n",
        found.all().candidates().size(), withheld, took[0] / 1e6, median(took, 20) / 1e6);
  }

  /// 100,000 versions of 2,000 packages that somebody asked for, before a draft of five policies.
  private void dryRun() throws IOException {
    List<Asked> asked = new ArrayList<>();
    for (int number = 0; number < 2_000; number++) {
      String name = "pad-" + number;
      put(name, 50);
      server.get(token, "/r/default/" + name);
      for (int version = 0; version < 50; version++) {
        asked.add(new Asked(name, "1.0." + version));
      }
    }
    server.restart();
    List<Draft> drafts =
        List.of(
                PolicyName.DELAY,
                PolicyName.BLOCK_LIST,
                PolicyName.LICENCES,
                PolicyName.EXOTIC,
                PolicyName.TRUST)
            .stream()
            .map(one -> new Draft(one, Mode.ENFORCE, json(TEN.getOrDefault(one, "{}"))))
            .toList();
    Rules draft = server.services().policies().draft(server.registry(), drafts);
    for (int round = 0; round < 2; round++) {
      long before = MACHINE.getProcessCpuTime();
      long wall = System.nanoTime();
      long fates =
          server
              .services()
              .reading()
              .dryRun()
              .run(new Trial(server.registry(), draft, Ask.STORED), asked)
              .count();
      System.out.printf(
          "dryrun: %,d requests: %.1f s of CPU, %.1f s%n",
          fates, (MACHINE.getProcessCpuTime() - before) / 1e9, (System.nanoTime() - wall) / 1e9);
    }
  }

  /// A warm document without policies, and with ten; each several times in turn.
  private void warm() throws IOException, InterruptedException {
    put("pad", 200);
    for (int round = 0; round < 4; round++) {
      for (Mode mode : List.of(Mode.OFF, Mode.ENFORCE)) {
        TEN.forEach((policy, settings) -> set(policy, mode, settings));
        server.get(token, "/r/default/pad");
        hammer(3);
        long before = MACHINE.getProcessCpuTime();
        long requests = hammer(8);
        System.out.printf(
            "warm, policies %s: %.2f us of CPU a request (%,d)%n",
            mode, (MACHINE.getProcessCpuTime() - before) / 1e3 / requests, requests);
      }
    }
  }

  private long hammer(int seconds) throws IOException, InterruptedException {
    Process wrk =
        new ProcessBuilder(
                "wrk",
                "-t1",
                "-c8",
                "-d" + seconds + "s",
                "-H",
                "Authorization: Bearer " + token,
                "-H",
                "Accept-Encoding: gzip",
                server.url() + "/r/default/pad")
            .redirectErrorStream(true)
            .start();
    String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    wrk.waitFor();
    return said.lines()
        .filter(line -> line.contains("requests in"))
        .mapToLong(line -> Long.parseLong(line.strip().split(" ", 2)[0]))
        .sum();
  }

  private void set(PolicyName policy, Mode mode, String settings) {
    server
        .services()
        .policies()
        .set(new Actor.Operator(), server.registry(), policy, mode, json(settings));
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) MAPPER.readTree(text);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// A document like those of the public registry. Nobody asks for the tarballs.
  private void put(String name, int versions) {
    ObjectNode document = MAPPER.createObjectNode().put("name", name).put("_id", name);
    document.putObject("dist-tags").put("latest", "1.0." + (versions - 1));
    ObjectNode all = document.putObject("versions");
    ObjectNode time = document.putObject("time").put("created", OLD).put("modified", OLD);
    for (int number = 0; number < versions; number++) {
      String version = "1.0." + number;
      time.put(version, OLD);
      ObjectNode one = all.putObject(version);
      one.put("name", name)
          .put("version", version)
          .put("license", number % 50 == 1 ? "AGPL-3.0-only" : "MIT");
      one.put("description", "Pads whatever is too short, on the left or on the right, as needed.");
      one.putObject("scripts").put("test", "node test.js").put("build", "tsc -p .");
      one.putObject("dependencies").put("left-" + name, "^1.2.0").put("right-" + name, "~2.0.1");
      one.putObject("devDependencies").put("typescript", "^5.0.0").put("eslint", "^9.1.0");
      one.putObject("_npmUser").put("name", "ada").put("email", "someone@mail.test");
      byte[] hash = sha512(name + version);
      one.putObject("dist")
          .put(
              "tarball",
              server.upstream().url() + "/" + name + "/-/" + name + "-" + version + ".tgz")
          .put("shasum", HexFormat.of().formatHex(hash, 0, 20))
          .put("integrity", "sha512-" + Base64.getEncoder().encodeToString(hash))
          .put("fileCount", 12)
          .put("unpackedSize", 48_000);
    }
    server.upstream().put(name, document.toString());
  }

  private static byte[] sha512(String text) {
    try {
      return MessageDigest.getInstance("SHA-512").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static long thread() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double median(long[] values, int last) {
    long[] sorted = Arrays.copyOfRange(values, values.length - last, values.length);
    Arrays.sort(sorted);
    return sorted[last / 2];
  }
}
