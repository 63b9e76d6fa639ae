package dev.gatehouse.app;

import ch.qos.logback.core.PropertyDefinerBase;
import java.io.Console;

/// Chooses the form of the log for logback.xml: `text` for a person at a terminal, else `json` for
/// a collector. GATEHOUSE_LOG_FORMAT decides if it is set to either.
public final class LogFormat extends PropertyDefinerBase {

  /// Logback makes one by name.
  public LogFormat() {}

  // The console's provider decides whether there is none or one that is no terminal.
  @SuppressWarnings("SystemConsoleNull")
  @Override
  public String getPropertyValue() {
    String wanted = System.getenv("GATEHOUSE_LOG_FORMAT");
    if ("text".equals(wanted) || "json".equals(wanted)) {
      return wanted;
    }
    Console console = System.console();
    return console != null && console.isTerminal() ? "text" : "json";
  }
}
