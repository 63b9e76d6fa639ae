package dev.gatehouse.torture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The trace that strace wrote of a server: its calls in the order in which they *returned*, except
/// for writes, which count from when they began. So what stands before a write was over by then.
final class SystemCalls {
  /// `1234 fsync(7</a/file>) = 0`, or the first or second half of a call that others interrupted.
  private static final Pattern WHOLE = Pattern.compile("(\\d+) +(\\w+)\\((.*)\\) += +(-?\\d+).*");

  private static final Pattern BEGUN =
      Pattern.compile("(\\d+) +(\\w+)\\((.*) <unfinished \\.\\.\\.>");
  private static final Pattern RESUMED =
      Pattern.compile("(\\d+) +<\\.\\.\\. (\\w+) resumed>(.*)\\) += +(-?\\d+).*");

  private final List<String> calls = new ArrayList<>();

  private SystemCalls() {}

  /// Reads a trace made with `strace -f -y`.
  static SystemCalls read(Path trace) throws IOException {
    var read = new SystemCalls();
    Map<String, String> begun = new HashMap<>();
    for (String line : Files.readAllLines(trace, StandardCharsets.ISO_8859_1)) {
      read.add(line, begun);
    }
    return read;
  }

  /// The place of the first call at or after `from` that `pattern` finds something in; -1 if none.
  int find(String pattern, int from) {
    Pattern compiled = Pattern.compile(pattern);
    for (int i = from; i >= 0 && i < calls.size(); i++) {
      if (compiled.matcher(calls.get(i)).find()) {
        return i;
      }
    }
    return -1;
  }

  /// The calls, for the message of a failing test.
  List<String> all() {
    return calls;
  }

  private void add(String line, Map<String, String> begun) {
    Matcher whole = WHOLE.matcher(line);
    Matcher first = BEGUN.matcher(line);
    Matcher second = RESUMED.matcher(line);
    if (whole.matches()) {
      calls.add(whole.group(2) + "(" + whole.group(3) + ")");
    } else if (first.matches()) {
      String call = first.group(2) + "(" + first.group(3);
      if (first.group(2).startsWith("write") || first.group(2).startsWith("send")) {
        calls.add(call + ")");
      } else {
        begun.put(first.group(1), call);
      }
    } else if (second.matches() && begun.containsKey(second.group(1))) {
      calls.add(begun.remove(second.group(1)) + second.group(3) + ")");
    }
  }
}
