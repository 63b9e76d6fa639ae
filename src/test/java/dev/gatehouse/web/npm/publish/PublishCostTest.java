package dev.gatehouse.web.npm.publish;

import static dev.gatehouse.web.npm.publish.Shelf.widget;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What a publish costs by how many versions there are, in bytes allocated by the whole process:
/// they do not depend on how fast the machine is.
@OnBothDatabases
final class PublishCostTest {
  private static final int FEW = 20;

  @AutoClose private final Shelf shelf;

  PublishCostTest(Dialect dialect) {
    shelf = new Shelf(dialect);
  }

  @Test
  void aVersionCostsTheSameHoweverManyThereAre() {
    publish(0, FEW); // Classes are loaded, caches filled.
    long first = publish(FEW, 2 * FEW);
    publish(2 * FEW, 15 * FEW);
    // What is read behind the publishes, every two seconds, falls into one of two parts at most.
    long last = Math.min(publish(15 * FEW, 16 * FEW), publish(16 * FEW, 17 * FEW));
    assertThat(last).isLessThan(first + first / 2);
  }

  /// Bytes allocated meanwhile.
  private long publish(int from, int to) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getTotalThreadAllocatedBytes();
    for (int i = from; i < to; i++) {
      assertThat(shelf.publish(shelf.ada, widget("1.0." + i)).status()).isEqualTo(201);
    }
    return threads.getTotalThreadAllocatedBytes() - before;
  }
}
