package dev.gatehouse.app.command.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.command.TestingOperator;
import dev.gatehouse.app.command.TestingOperator.Outcome;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class PolicyCommandsTest {
  @AutoClose private final TestingOperator operator = new TestingOperator();

  PolicyCommandsTest() throws IOException {}

  private String succeeds(String... arguments) {
    Outcome outcome = operator.run("", arguments);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    return outcome.out();
  }

  private String fails(String... arguments) {
    Outcome outcome = operator.run("", arguments);
    assertThat(outcome.code()).isNotZero();
    return outcome.err();
  }

  @Test
  void aPolicyIsSetShownListedAndInheritedAgain() {
    assertThat(succeeds("policy", "set", "default", "delay", "enforce", "age=7d", "exempt=a,@b/*"))
        .contains("\"delay\" is enforce in \"default\" now.");
    assertThat(succeeds("policy", "show", "default", "delay"))
        .contains("\"age\" : \"7d\"", "\"@b/*\"", "\"source\" : \"registry\"", "operator");
    assertThat(succeeds("policy", "list", "default"))
        .containsPattern("delay +enforce +the registry, by operator")
        .containsPattern("malware +off +the kind of registry");
    succeeds("policy", "set", "default", "delay", "observe", "exempt=");
    assertThat(succeeds("policy", "show", "default", "delay"))
        .contains("\"age\" : \"7d\"", "\"exempt\" : [ ]");
    succeeds("policy", "default", "delay", "enforce", "age=1d");
    succeeds("policy", "inherit", "default", "delay");
    assertThat(succeeds("policy", "show", "default", "delay"))
        .contains("\"age\" : \"1d\"", "\"source\" : \"workspace\"", "\"mode\" : \"enforce\"");
  }

  @Test
  void settingsWithinSettingsAreNamedByDots() {
    succeeds("policy", "set", "default", "vulnerabilities", "enforce", "severity.high=block");
    assertThat(succeeds("policy", "show", "default", "vulnerabilities"))
        .contains("\"high\" : \"block\"", "\"critical\" : \"quarantine\"");
    succeeds("policy", "set", "default", "vulnerabilities", "enforce", "score.at-least=7.5");
    assertThat(succeeds("policy", "show", "default", "vulnerabilities"))
        .contains("\"at-least\" : 7.5", "\"high\" : \"block\"");
  }

  @Test
  void immutableIsTheRegistrysOverwriting() {
    succeeds("policy", "set", "default", "immutable", "off");
    assertThat(succeeds("registry", "list")).contains("overwriting");
    assertThat(fails("policy", "set", "default", "immutable", "observe"))
        .contains("or they are not");
    succeeds("policy", "set", "default", "immutable", "enforce");
    assertThat(succeeds("registry", "list")).doesNotContain("overwriting");
  }

  @Test
  void whatDoesNotFitIsToldInASentence() {
    assertThat(fails("policy", "set", "default", "dealy", "enforce"))
        .contains("There is no policy \"dealy\": there are freeze, immutable, malware");
    assertThat(fails("policy", "set", "default", "delay", "enforce", "wait=3d"))
        .contains("There is no setting \"wait\"");
    assertThat(fails("policy", "set", "default", "delay", "enforce", "3d"))
        .contains("write name=value");
    assertThat(fails("policy", "set", "default", "freeze", "observe")).contains("frozen");
    assertThat(fails("policy", "list", "nowhere")).contains("There is no registry \"nowhere\"");
  }

  @Test
  void rulesOfOnesOwnAreCheckedWhenTheyAreSet() {
    String rule = "rules=[{\"when\":\"%s\",\"action\":\"block\",\"reason\":\"No.\"}]";
    assertThat(fails("policy", "set", "default", "custom", "enforce", rule.formatted("nam == 'x'")))
        .contains("at line 1, column 1: undeclared reference to 'nam'");
    assertThat(fails("policy", "set", "default", "custom", "enforce", rule.formatted("name")))
        .contains("'bool'");
    succeeds("policy", "set", "default", "custom", "enforce", rule.formatted("name == 'x'"));
    assertThat(succeeds("policy", "show", "default", "custom")).contains("name == 'x'");
  }

  @Test
  void aLicencePolicyIsSetReferredToAndDeleted() {
    assertThat(succeeds("licences", "set", "strict", "otherwise.other=block"))
        .contains(
            "Nobody refers to it: ./gatehouse policy set REGISTRY licences enforce use=strict");
    succeeds("policy", "set", "default", "licences", "enforce", "use=strict");
    assertThat(succeeds("policy", "show", "default", "licences"))
        .contains("\"use\" : \"strict\"", "\"other\" : \"block\"");
    assertThat(succeeds("licences", "set", "strict", "otherwise.unknown=block"))
        .contains("It counts in: registry \"default\".");
    assertThat(succeeds("licences", "list")).containsPattern("strict +5 +operator");
    assertThat(succeeds("licences", "show", "strict"))
        .contains("\"other\" : \"block\"", "\"unknown\" : \"block\"");
    assertThat(fails("licences", "delete", "strict")).contains("used by registry \"default\"");
    assertThat(fails("policy", "set", "default", "licences", "enforce", "use=other"))
        .contains("There is no licence policy \"other\"");
    succeeds("policy", "set", "default", "licences", "enforce", "use=");
    assertThat(succeeds("licences", "delete", "strict")).contains("is gone");
  }

  @Test
  void aWaiverIsAddedListedAndRevoked() {
    assertThat(
            succeeds(
                "waiver",
                "add",
                "default",
                "left-pad@1.3.0",
                "--policy",
                "delay",
                "--until",
                "7d",
                "--reason",
                "Urgent"))
        .contains("Waiver 1 is in force");
    assertThat(succeeds("waiver", "list", "default"))
        .containsPattern("left-pad@1.3.0 +delay +approved +2026-11-29T12:00:00Z +operator +Urgent");
    assertThat(succeeds("waiver", "list", "default", "--json")).contains("\"range\" : \"1.3.0\"");
    succeeds("waiver", "revoke", "default", "1");
    assertThat(fails("waiver", "revoke", "default", "1")).contains("There is no waiver 1");
    assertThat(
            fails(
                "waiver",
                "add",
                "default",
                "left-pad",
                "--policy",
                "delay",
                "--until",
                "7d",
                "--reason",
                "x"))
        .contains("names no version");
  }

  @Test
  void aVersionIsQuarantinedAndReleased() {
    succeeds("quarantine", "add", "default", "@a/b@1.3.0", "--reason", "Odd");
    assertThat(succeeds("quarantine", "list", "default"))
        .containsPattern("@a/b@1.3.0 +quarantined +operator");
    succeeds(
        "quarantine",
        "release",
        "default",
        "@a/b@1.3.0",
        "--reason",
        "Read",
        "--cause",
        "exotic:x");
    assertThat(succeeds("quarantine", "list", "default", "--json"))
        .contains("\"state\" : \"released\"");
    assertThat(fails("quarantine", "add", "default", "a@^1", "--reason", "x"))
        .contains("no version");
  }
}
