package dev.gatehouse.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// The commands in the first help that a newcomer sees: by what one wants, in the order in which
/// one comes to need them.
final class CommandList {
  private static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();

  static {
    GROUPS.put("Run", List.of("serve"));
    GROUPS.put("People and machines", List.of("user", "team", "role", "invite", "token"));
    GROUPS.put("Registries", List.of("registry", "upstream", "workspace"));
    GROUPS.put("Dangers", List.of("advisories", "issue", "downloads"));
    GROUPS.put("Versions", List.of("pull", "push", "job"));
    GROUPS.put("Firewall", List.of("policy", "licences", "quarantine", "waiver", "withheld"));
    GROUPS.put("Messages", List.of("webhook", "mail"));
    GROUPS.put("Care", List.of("key", "verify", "version", "help"));
  }

  private CommandList() {}

  /// Shows the commands of `line` in groups.
  static void install(CommandLine line) {
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, _ -> "");
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandList::render);
    CommandLine help = line.getSubcommands().get("help");
    if (help != null) {
      help.getCommandSpec()
          .usageMessage()
          .description("Show this, or what a command takes: gatehouse help user.");
    }
  }

  private static String render(Help help) {
    Map<String, CommandLine> left = new LinkedHashMap<>(help.commandSpec().subcommands());
    left.values().removeIf(one -> one.getCommandSpec().usageMessage().hidden());
    var text = new StringBuilder();
    GROUPS.forEach((heading, names) -> {
      List<CommandSpec> group = new ArrayList<>();
      for (String name : names) {
        CommandLine command = left.remove(name);
        if (command != null) {
          group.add(command.getCommandSpec());
        }
      }
      append(help, text, heading, group);
    });
    append(help, text, "More", left.values().stream().map(CommandLine::getCommandSpec).toList());
    return text.toString();
  }

  private static String firstSentence(CommandSpec command) {
    String description = String.join(" ", command.usageMessage().description());
    int end = description.indexOf(". ");
    return end < 0 ? description : description.substring(0, end + 1);
  }

  private static void append(
      Help help, StringBuilder text, String heading, List<CommandSpec> group) {
    if (group.isEmpty()) {
      return;
    }
    TextTable table = TextTable.forColumnWidths(help.colorScheme(), 14, 86);
    for (CommandSpec command : group) {
      table.addRowValues("  " + command.name(), firstSentence(command));
    }
    text.append(String.format("%n%s:%n", heading)).append(table);
  }
}
