package dev.gatehouse.jobs;

import dev.gatehouse.db.Database;
import dev.gatehouse.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The queue. A job is added in the transaction of what it belongs to, so there is never one
/// without the other, and done by some process that knows its kind. One that fails is tried again
/// after growing pauses, in all for some two days; then it is given up, logged, and kept with what
/// went wrong.
public final class Jobs implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Jobs.class);

  /// The kind of the one job that is done every day by one of all processes, and never ends.
  public static final String DAILY = "daily";

  /// A claim holds for so long; longer than any job takes.
  static final Duration LEASE = Duration.ofMinutes(30);

  /// Between one attempt and the next.
  static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofHours(4),
          Duration.ofHours(12),
          Duration.ofHours(24));

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final int LONGEST_FAILURE = 1000;

  private final Database database;
  private final Clock clock;
  private final Duration lease;
  private final Map<String, Work> works = new ConcurrentHashMap<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private @Nullable Thread worker;

  /// The queue in `database`.
  public Jobs(Database database, Clock clock) {
    this(database, clock, LEASE);
  }

  /// The queue in `database`, for jobs none of which takes as long as `lease`: then what a process
  /// was doing when it died is done again.
  public Jobs(Database database, Clock clock, Duration lease) {
    this.database = database;
    this.clock = clock;
    this.lease = lease;
  }

  /// Adds a job of `kind`, due at `now`, in the transaction of `handle`.
  public static void add(Handle handle, String kind, String payload, long now) {
    JobRows.add(handle, kind, payload, now);
  }

  /// Adds a job of `kind`, due at `now`, in the transaction of `handle`, unless the same one waits
  /// already and nobody has begun with it.
  public static void addOnce(Handle handle, String kind, String payload, long now) {
    JobRows.addOnce(handle, kind, payload, now);
  }

  /// Does the daily job by `work` from now on, which says [Work.Next] at its end. If no process has
  /// ever done it, it is due after `pause`.
  public void daily(Work work, Duration pause) {
    if (!database.read(JobRows::hasDaily)) {
      database.write(handle -> {
        JobRows.addDaily(handle, clock.millis() + pause.toMillis());
        return DAILY;
      });
    }
    handle(DAILY, work);
  }

  /// Does jobs of `kind` by `work` from now on.
  public void handle(String kind, Work work) {
    works.put(kind, work);
  }

  /// Starts a thread that does jobs until this is closed.
  public void start() {
    worker = Thread.ofPlatform().name("jobs").daemon().start(this::loop);
  }

  /// Does all jobs that are due now, each at most once. Returns how many it has tried.
  public int drain() {
    int tried = 0;
    for (JobRows.Claimed job = claim(); job != null; job = claim()) {
      tried++;
      settle(job, attempt(job));
    }
    return tried;
  }

  /// Waits for the job that is being done.
  @Override
  public void close() {
    stop.countDown();
    if (worker != null) {
      try {
        worker.join(Duration.ofSeconds(20));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void loop() {
    try {
      while (!stop.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        drainSafely();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void drainSafely() {
    try {
      drain();
    } catch (RuntimeException failure) {
      log.warn("Could not look for jobs; trying again.", failure);
    }
  }

  /// Looks before it asks for the writer: most of the time there is nothing to do.
  private JobRows.@Nullable Claimed claim() {
    long now = clock.millis();
    if (works.isEmpty() || stop.getCount() == 0 || !isAnyDue(now)) {
      return null;
    }
    return database.write(
        handle -> JobRows.claim(handle, works.keySet(), now, now + lease.toMillis()));
  }

  private boolean isAnyDue(long now) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT EXISTS (SELECT 1 FROM job WHERE due <= :now AND kind IN (<kinds>))")
            .bindList("kinds", works.keySet())
            .bind("now", now)
            .mapTo(Boolean.class)
            .one());
  }

  private Work.Outcome attempt(JobRows.Claimed job) {
    Work work = works.get(job.kind());
    if (work == null) {
      return new Work.Again("Nobody here knows this kind of job.");
    }
    try {
      return work.run(job.payload());
    } catch (ProblemException refused) {
      return new Work.Again(refused.problem().sentence());
    } catch (Exception fault) {
      log.warn("A job of kind {} failed.", job.kind(), fault);
      return new Work.Again(String.valueOf(fault));
    }
  }

  private void settle(JobRows.Claimed job, Work.Outcome outcome) {
    database.write(handle -> {
      switch (outcome) {
        case Work.Done _ -> JobRows.remove(handle, job);
        case Work.Next(String payload, Duration pause) ->
            JobRows.next(handle, job, payload, clock.millis() + pause.toMillis());
        case Work.Never(String sentence) -> giveUp(handle, job, sentence);
        case Work.Again(String sentence) -> {
          if (job.attempts() > PAUSES.size()) {
            giveUp(handle, job, sentence);
          } else {
            Duration pause = PAUSES.get(job.attempts() - 1);
            JobRows.postpone(handle, job, cut(sentence), clock.millis() + pause.toMillis());
          }
        }
      }
      return job;
    });
  }

  private static void giveUp(Handle handle, JobRows.Claimed job, String sentence) {
    log.warn(
        "Gave a job of kind {} up after {} attempts ({}): {}",
        job.kind(),
        job.attempts(),
        job.payload(),
        sentence);
    JobRows.postpone(handle, job, cut(sentence), JobRows.GIVEN_UP);
  }

  private static String cut(String sentence) {
    return sentence.substring(0, Math.min(sentence.length(), LONGEST_FAILURE));
  }
}
