package dev.gatehouse.app;

import ch.qos.logback.core.PropertyDefinerBase;
import dev.gatehouse.app.config.Config;
import java.io.Console;

/// Chooses the form of the log for logback.xml: `text` for a person at a terminal, else `json` for
/// a collector. What `serve` was configured with decides, else GATEHOUSE_LOG_FORMAT, if it is
/// either.
public final class LogFormat extends PropertyDefinerBase {
  private static final String FORMAT = "gatehouse.log.format";
  private static final String LEVEL = "gatehouse.log.level";

  /// Logback makes one by name.
  public LogFormat() {}

  /// Takes over what was configured; only what is logged afterwards for the first time heeds it.
  static void set(Config.Log log) {
    System.setProperty(FORMAT, log.format());
    System.setProperty(LEVEL, log.level());
  }

  // The console's provider decides whether there is none or one that is no terminal.
  @SuppressWarnings("SystemConsoleNull")
  @Override
  public String getPropertyValue() {
    String set = System.getProperty(FORMAT);
    String wanted = set != null ? set : System.getenv("GATEHOUSE_LOG_FORMAT");
    if ("text".equals(wanted) || "json".equals(wanted)) {
      return wanted;
    }
    Console console = System.console();
    return console != null && console.isTerminal() ? "text" : "json";
  }
}
