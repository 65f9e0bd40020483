package dev.segue.bpmn.engine.zeebe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import dev.segue.bpmn.engine.EngineException;
import dev.segue.bpmn.engine.EngineException.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RepeaterTest {

  private static final EngineException BUSY =
      new EngineException(Kind.UNAVAILABLE, "overloaded", false, null);
  private static final EngineException NO_ANSWER =
      new EngineException(Kind.UNAVAILABLE, "no answer", true, null);
  private static final EngineException GONE =
      new EngineException(Kind.NOT_FOUND, "no such job", null);

  private final Repeater repeater = new Repeater(Duration.ofSeconds(10), Duration.ofSeconds(30));

  @AfterEach
  void close() {
    repeater.close();
  }

  @Test
  void whatTheEngineHadNoRoomForIsSentAgainEvenIfItMayRunOnlyOnce() {
    Script once = new Script(false, BUSY, BUSY, BUSY);

    assertThat(repeater.send(once)).isEqualTo("done");
    assertThat(once.sent).isEqualTo(4);
  }

  @Test
  void whatMayHaveRunIsSentAgainOnlyIfThatDoesNoHarm() {
    Script harmless = new Script(true, NO_ANSWER, NO_ANSWER);
    assertThat(repeater.send(harmless)).isEqualTo("done");

    Script once = new Script(false, BUSY, NO_ANSWER);
    failure(repeater, once, Kind.UNAVAILABLE).returns(true, EngineException::uncertain);
    assertThat(once.sent).isEqualTo(2);
  }

  @Test
  void aRefusalAfterALostAnswerSaysThatTheCommandMayHaveRun() {
    failure(repeater, new Script(true, NO_ANSWER, GONE), Kind.NOT_FOUND)
        .returns(true, EngineException::uncertain)
        .extracting(Throwable::getMessage)
        .asString()
        .contains("no such job", "earlier attempt");
    failure(repeater, new Script(true, BUSY, GONE), Kind.NOT_FOUND)
        .returns(false, EngineException::uncertain);
  }

  @Test
  void refusalsAreNotRepeated() {
    for (Kind kind : List.of(Kind.INVALID, Kind.CONFLICT, Kind.TOO_LARGE, Kind.DENIED)) {
      Script refused = new Script(true, new EngineException(kind, "no", null));
      failure(repeater, refused, kind);
      assertThat(refused.sent).isEqualTo(1);
    }
  }

  @Test
  void theDeadlineEndsTheRepetition() {
    try (Repeater hurried = new Repeater(Duration.ofMillis(50), Duration.ofMillis(200))) {
      Script busy = new Script(true);
      busy.forever = BUSY;

      failure(hurried, busy, Kind.UNAVAILABLE).returns(false, EngineException::uncertain);
      assertThat(busy.sent).isGreaterThan(1);
    }
  }

  @Test
  void aClosedEngineFailsWhatWaitsForItsNextAttempt() {
    Script busy = new Script(true);
    busy.forever = BUSY;
    repeater.close();

    failure(repeater, busy, Kind.UNAVAILABLE);
  }

  @Test
  void anInterruptedCallerLearnsThatTheOutcomeIsOpen() {
    Script silent = new Script(false);
    silent.silent = true;
    Thread.currentThread().interrupt();

    failure(repeater, silent, Kind.UNAVAILABLE).returns(true, EngineException::uncertain);
    assertThat(Thread.interrupted()).isTrue();
  }

  private static AbstractThrowableAssert<?, EngineException> failure(
      Repeater repeater, Script command, Kind kind) {
    return assertThatThrownBy(() -> repeater.send(command))
        .asInstanceOf(throwable(EngineException.class))
        .returns(kind, EngineException::kind);
  }

  /** Fails as it is told to, then succeeds. */
  private static final class Script implements Command<String> {
    private final boolean repeatable;
    private final Deque<EngineException> failures;
    private volatile EngineException forever;
    private volatile boolean silent;
    private volatile int sent;

    Script(boolean repeatable, EngineException... failures) {
      this.repeatable = repeatable;
      this.failures = new ArrayDeque<>(List.of(failures));
    }

    @Override
    public String what() {
      return "play the script";
    }

    @Override
    public boolean repeatable() {
      return repeatable;
    }

    @Override
    public synchronized CompletionStage<String> send(Duration timeout) {
      sent++;
      if (silent) {
        return new CompletableFuture<>();
      }
      EngineException failure = forever != null ? forever : failures.poll();
      return failure == null
          ? CompletableFuture.completedFuture("done")
          : CompletableFuture.failedFuture(failure);
    }

    @Override
    public EngineException translate(Throwable failure) {
      return (EngineException) failure;
    }
  }
}
