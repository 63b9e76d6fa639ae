package dev.gatehouse.cost;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/// Processor time and the clock on the wall.
final class Meter {
  private static final OperatingSystemMXBean MACHINE =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final long wall = System.nanoTime();
  private final long cpu = MACHINE.getProcessCpuTime();

  private Meter() {}

  static Meter start() {
    return new Meter();
  }

  /// Nanoseconds of processor time of this process since the start.
  long cpu() {
    return MACHINE.getProcessCpuTime() - cpu;
  }

  /// Nanoseconds since the start.
  long wall() {
    return System.nanoTime() - wall;
  }

  /// Both, in words.
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f s, of the processor %.2f s", wall() / 1e9, cpu() / 1e9);
  }

  /// Nanoseconds of processor time of this thread.
  static long thread() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /// How busy the machine is.
  static double load() {
    return MACHINE.getSystemLoadAverage();
  }

  /// The median of the last `count`.
  static double median(double[] values, int count) {
    double[] sorted = Arrays.copyOfRange(values, values.length - count, values.length);
    Arrays.sort(sorted);
    return count % 2 == 1 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
  }

  static void say(String form, Object... values) {
    System.out.printf(Locale.ROOT, form + "%n", values);
  }
}
