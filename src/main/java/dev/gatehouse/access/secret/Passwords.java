package dev.gatehouse.access.secret;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Hashes and checks passwords with Argon2id.
///
/// One hash takes 19 MiB and some 50 ms of a processor, by design. So at most [#AT_ONCE] run, on
/// threads of their own rather than on the carriers of virtual threads, and at most [#WAITING] wait
/// for them: whatever arrives, the memory is bounded and other requests go on.
public final class Passwords {
  /// The fewest characters of a password.
  public static final int SHORTEST = 8;

  /// The most characters of a password.
  public static final int LONGEST = 256;

  private static final int AT_ONCE = 2;
  private static final int WAITING = 32;

  private final Argon2Hash.Cost cost;
  private final String decoy;
  private final ThreadPoolExecutor hashing =
      new ThreadPoolExecutor(
          AT_ONCE,
          AT_ONCE,
          10,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          Thread.ofPlatform().name("passwords-", 0).daemon().factory());

  /// Starts without threads; they come and go with the work.
  public Passwords() {
    this(Argon2Hash.COST);
  }

  private Passwords(Argon2Hash.Cost cost) {
    this.cost = cost;
    this.decoy = Argon2Hash.decoy(cost).toString();
    hashing.allowCoreThreadTimeOut(true);
  }

  /// Hashes in no time, for passwords of tests, which protect nothing. What was hashed so is
  /// checked in no time by every other one, as its cost stands in the stored text.
  public static Passwords cheap() {
    return new Passwords(new Argon2Hash.Cost(64, 1, 1));
  }

  /// Refuses a password that the account called `name` may not have, with a sentence.
  public static void requireAcceptable(String name, String password) {
    int length = password.codePointCount(0, password.length());
    if (length < SHORTEST || length > LONGEST) {
      throw new ProblemException(
          new Problem.Malformed(
              "The password has %d characters: use %d to %d."
                  .formatted(length, SHORTEST, LONGEST)));
    }
    if (password.equalsIgnoreCase(name) || password.chars().distinct().count() == 1) {
      throw new ProblemException(
          new Problem.Malformed(
              "The password is the user name or one repeated character: choose another one."));
    }
  }

  /// The text to store for `password`.
  public String hash(String password) {
    return compute(() -> Argon2Hash.of(password, cost).toString());
  }

  /// Whether `password` is the one that `stored` was made from. Null, for an account that does not
  /// exist or has no password, is never right and takes just as long.
  public boolean matches(String password, @Nullable String stored) {
    Argon2Hash hash = Argon2Hash.parse(stored == null ? decoy : stored);
    return hash != null
        && password.length() <= 2 * LONGEST
        && compute(() -> hash.matches(password))
        && stored != null;
  }

  private <R> R compute(Callable<R> work) {
    Future<R> result;
    try {
      result = hashing.submit(work);
    } catch (RejectedExecutionException _) {
      throw new ProblemException(
          new Problem.Busy(
              "Too many passwords are being checked just now. Try again in a moment; tokens work"
                  + " meanwhile.",
              Duration.ofSeconds(2),
              false));
    }
    try {
      return result.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a password was being checked.");
    } catch (ExecutionException failure) {
      throw new IllegalStateException(failure.getCause());
    }
  }
}
