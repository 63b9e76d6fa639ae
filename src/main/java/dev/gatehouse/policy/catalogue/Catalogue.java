package dev.gatehouse.policy.catalogue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.judge.Rule;
import dev.gatehouse.policy.rule.BlockList;
import dev.gatehouse.policy.rule.Consistency;
import dev.gatehouse.policy.rule.Delay;
import dev.gatehouse.policy.rule.Exotic;
import dev.gatehouse.policy.rule.Freeze;
import dev.gatehouse.policy.rule.InstallScripts;
import dev.gatehouse.policy.rule.Licences;
import dev.gatehouse.policy.rule.Policy;
import dev.gatehouse.policy.rule.QuarantineNew;
import dev.gatehouse.policy.rule.Scanned;
import dev.gatehouse.policy.rule.Trust;
import dev.gatehouse.policy.rule.advisory.Malware;
import dev.gatehouse.policy.rule.advisory.Vulnerabilities;
import dev.gatehouse.policy.rule.custom.Custom;
import java.util.List;
import java.util.function.Function;

/// What policies there are to set, and how each is made of its settings.
public final class Catalogue {

  /// A kind of policy: the type of its settings, what they are unless somebody sets them, and the
  /// policy made of them.
  private record Kind<S>(Class<S> type, S defaults, Function<S, Policy> compile) {
    Policy compile(ObjectNode settings) {
      return compile.apply(SettingsFormat.read(settings, type));
    }
  }

  private Catalogue() {}

  /// The defaults of that policy's settings, all of them.
  public static ObjectNode defaults(PolicyName policy) {
    return SettingsFormat.write(kind(policy).defaults());
  }

  /// Settings as they are stored and sent; a problem with a sentence if `text` is no JSON object.
  public static ObjectNode parse(String text) {
    return SettingsFormat.parse(text);
  }

  /// The defaults with each of `layers` laid over them in turn; a problem with a sentence if one
  /// has a setting that the policy has not.
  public static ObjectNode settings(PolicyName policy, List<ObjectNode> layers) {
    ObjectNode all = defaults(policy);
    for (ObjectNode layer : layers) {
      SettingsFormat.overlay(all, layer, "");
    }
    return all;
  }

  /// The policy with these settings, which must be all of them; a problem with a sentence if one
  /// does not fit.
  public static Rule compile(PolicyName policy, Mode mode, ObjectNode settings) {
    requireMode(policy, mode);
    return new Rule(kind(policy).compile(settings), mode, settings.toString());
  }

  /// A problem with a sentence if the policy cannot be in that mode.
  public static void requireMode(PolicyName policy, Mode mode) {
    if (mode == Mode.OBSERVE && policy == PolicyName.FREEZE) {
      throw SettingsFormat.malformed(
          "A registry is frozen or it is not: freeze can be enforced or off, not observed.");
    }
  }

  private static Kind<?> kind(PolicyName policy) {
    return switch (policy) {
      case MALWARE -> new Kind<>(Malware.Settings.class, Malware.Settings.DEFAULT, Malware::new);
      case VULNERABILITIES ->
          new Kind<>(
              Vulnerabilities.Settings.class,
              Vulnerabilities.Settings.DEFAULT,
              Vulnerabilities::new);
      case LICENCES ->
          new Kind<>(Licences.Settings.class, Licences.Settings.DEFAULT, Licences::new);
      case BLOCK_LIST ->
          new Kind<>(BlockList.Settings.class, BlockList.Settings.DEFAULT, BlockList::new);
      case DELAY -> new Kind<>(Delay.Settings.class, Delay.Settings.DEFAULT, Delay::new);
      case INSTALL_SCRIPTS ->
          new Kind<>(
              InstallScripts.Settings.class, InstallScripts.Settings.DEFAULT, InstallScripts::new);
      case QUARANTINE_NEW ->
          new Kind<>(
              QuarantineNew.Settings.class, QuarantineNew.Settings.DEFAULT, QuarantineNew::new);
      case SCANNED -> new Kind<>(Scanned.Settings.class, Scanned.Settings.DEFAULT, Scanned::new);
      case TRUST -> new Kind<>(Trust.Settings.class, Trust.Settings.DEFAULT, Trust::new);
      case EXOTIC -> new Kind<>(Exotic.Settings.class, Exotic.Settings.DEFAULT, Exotic::new);
      case CONSISTENCY ->
          new Kind<>(Consistency.Settings.class, Consistency.Settings.DEFAULT, Consistency::new);
      case FREEZE -> new Kind<>(Freeze.Settings.class, Freeze.Settings.DEFAULT, _ -> new Freeze());
      case CUSTOM -> new Kind<>(Custom.Settings.class, Custom.Settings.DEFAULT, Custom::new);
      case DECISION, IMMUTABLE ->
          throw SettingsFormat.malformed("\"%s\" has no settings.".formatted(policy));
    };
  }
}
