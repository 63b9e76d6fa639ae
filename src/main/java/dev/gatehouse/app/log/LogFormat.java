package dev.gatehouse.app.log;

import ch.qos.logback.classic.Level;
import dev.gatehouse.app.config.Config;
import java.io.Console;

/// Chooses the form of the log: `text` for a person at a terminal, else `json` for a collector.
/// What `serve` was configured with decides, else GATEHOUSE_LOG_FORMAT, if it is either.
public final class LogFormat {
  private static final String FORMAT = "gatehouse.log.format";
  private static final String LEVEL = "gatehouse.log.level";

  private LogFormat() {}

  /// Takes over what was configured; only what is logged afterwards for the first time heeds it.
  public static void set(Config.Log log) {
    System.setProperty(FORMAT, log.format());
    System.setProperty(LEVEL, log.level());
  }

  /// The least that is logged.
  static Level level() {
    return Level.toLevel(System.getProperty(LEVEL), Level.INFO);
  }

  // The console's provider decides whether there is none or one that is no terminal.
  @SuppressWarnings("SystemConsoleNull")
  static boolean isText() {
    String set = System.getProperty(FORMAT);
    String wanted = set != null ? set : System.getenv("GATEHOUSE_LOG_FORMAT");
    if ("text".equals(wanted) || "json".equals(wanted)) {
      return wanted.equals("text");
    }
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
