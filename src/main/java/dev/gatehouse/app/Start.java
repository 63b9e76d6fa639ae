package dev.gatehouse.app;

import dev.gatehouse.app.config.ServeFlags;
import java.io.PrintWriter;
import java.util.Map;

/// The program's entry. `serve` with plain flags starts at once; everything else is for [Main].
public final class Start {
  private Start() {}

  /// Runs the command that the arguments name.
  public static void main(String[] arguments) {
    Map<String, String> flags = ServeFlags.plain(arguments);
    if (flags == null) {
      Main.main(arguments);
    } else {
      System.exit(serve(flags));
    }
  }

  private static int serve(Map<String, String> flags) {
    try {
      Serving.run(
          ServeFlags.config(flags::get), new PrintWriter(System.out, false, System.out.charset()));
      return 0;
    } catch (Exception failure) {
      String sentence = Serving.sentence(failure);
      if (sentence == null) {
        failure.printStackTrace();
      } else {
        System.err.println(sentence);
      }
      return 1;
    }
  }
}
