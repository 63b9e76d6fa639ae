package dev.gatehouse.app.config;

/// The configuration is wrong; the message is a sentence for whoever wrote it.
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ConfigException(String sentence) {
    super(sentence, null, false, false);
  }
}
