package dev.segue.runtime.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.sdk.Load;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a plugin's code may do to its caller: nothing but fail. */
class PluginCallsTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final PluginCalls calls = new PluginCalls(Duration.ofSeconds(2));
  private final ClassLoader loader = new URLClassLoader("bakery@1.4.0", new URL[0], null);
  private final List<String> heard = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    calls.close();
  }

  @Test
  void aCallThatHeedsNoInterruptIsGivenUpAndStaysListedWhileItRuns() {
    AtomicBoolean stop = new AtomicBoolean();
    calls.listen(
        new CallListener() {
          @Override
          public void ended(CallName call, StepResult<?> result) {
            heard.add("ended " + call);
          }

          @Override
          public void abandoned(CallName call) {
            heard.add("abandoned " + call);
          }
        });

    StepFailure failure =
        failed(
            calls.call(
                loader,
                "bakery:bake:1",
                Load.CPU,
                Duration.ofMillis(50),
                new Cancellation(),
                new SecretMask(),
                () -> {
                  while (!stop.get()) {
                    Thread.onSpinWait();
                  }
                  return "late";
                }));

    assertThat(failure).isEqualTo(new StepFailure.TimedOut(Duration.ofMillis(50), true));
    assertThat(failure.message()).contains("doesn't heed the interrupt");
    assertThat(heard)
        .containsExactly(
            "abandoned bakery@1.4.0 bakery:bake:1", "ended bakery@1.4.0 bakery:bake:1");
    assertThat(calls.running())
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.name()).isEqualTo(new CallName("bakery@1.4.0", "bakery:bake:1"));
              assertThat(call.abandoned()).isNotNull();
              assertThat(call.thread().getName()).isEqualTo("bakery@1.4.0 bakery:bake:1");
              assertThat(call.stackTop(8)).isNotEmpty();
            });
    stop.set(true);
    await().untilAsserted(() -> assertThat(calls.running()).isEmpty());
  }

  @Test
  void whateverIsThrownIsAFault() {
    StepFailure.Fault overflow = fault(() -> recurse(1));
    StepFailure.Fault linkage =
        fault(
            () -> {
              throw new NoClassDefFoundError("bakery/Oven");
            });
    StepFailure.Fault nasty =
        fault(
            () -> {
              throw new Nasty();
            });
    StepFailure.Fault exception =
        fault(
            () -> {
              throw new IllegalStateException("cold");
            });

    assertThat(overflow.type()).isEqualTo("java.lang.StackOverflowError");
    assertThat(overflow.error()).isTrue();
    assertThat(linkage.message()).isEqualTo("java.lang.NoClassDefFoundError: bakery/Oven");
    assertThat(linkage.error()).isTrue();
    assertThat(nasty.type()).isEqualTo(Nasty.class.getName());
    assertThat(exception.error()).isFalse();
  }

  @Test
  void eachCallHasAThreadOfItsOwn() {
    Thread caller = Thread.currentThread();
    Callable<String> look =
        () ->
            Thread.currentThread().isVirtual()
                + " "
                + (Thread.currentThread() == caller)
                + " "
                + Thread.currentThread().getContextClassLoader().getName();

    assertThat(completed(Load.IO, look)).isEqualTo("true false bakery@1.4.0");
    assertThat(completed(Load.CPU, look)).isEqualTo("false false bakery@1.4.0");
  }

  private static String recurse(int depth) {
    return depth == 0 ? "" : recurse(depth + 1) + depth;
  }

  private static final class Nasty extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new StackOverflowError();
    }
  }

  private StepFailure.Fault fault(Callable<String> body) {
    return (StepFailure.Fault) failed(calls.call(loader, "x", LIMIT, body));
  }

  private String completed(Load load, Callable<String> body) {
    StepResult<String> result =
        calls.call(loader, "x", load, LIMIT, new Cancellation(), new SecretMask(), body);
    return ((StepResult.Completed<String>) result).value();
  }

  private static StepFailure failed(StepResult<?> result) {
    return ((StepResult.Failed<?>) result).failure();
  }
}
