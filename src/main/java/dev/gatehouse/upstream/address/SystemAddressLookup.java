package dev.gatehouse.upstream.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks the system, on a few threads of its own: a lookup is native code, which would hold the
/// carrier of a virtual thread for as long as a dead name server takes to be given up.
public final class SystemAddressLookup implements AddressLookup {
  private static final int THREADS = 8;
  private static final int WAITING = 256;

  private final Duration patience;
  private final AddressLookup system;
  private final ThreadPoolExecutor threads;

  /// A lookup that takes no longer than `patience`.
  public SystemAddressLookup(Duration patience) {
    this(patience, host -> List.of(InetAddress.getAllByName(host)));
  }

  SystemAddressLookup(Duration patience, AddressLookup system) {
    this.patience = patience;
    this.system = system;
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("name-lookup-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public List<InetAddress> lookup(String host) throws UnknownHostException {
    Future<List<InetAddress>> answer = ask(host);
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException _) {
      throw new UnknownHostException(host);
    } catch (TimeoutException _) {
      answer.cancel(true);
      throw new LookupTimeoutException(host);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new LookupTimeoutException(host);
    }
  }

  private Future<List<InetAddress>> ask(String host) throws UnknownHostException {
    try {
      return threads.submit(() -> system.lookup(host));
    } catch (RejectedExecutionException _) {
      throw new LookupTimeoutException(host);
    }
  }
}
