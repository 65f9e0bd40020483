package dev.segue.bpmn.engine.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.bpmn.engine.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BrokerLogTest {

  private final BrokerLog log = new BrokerLog(List.of(Secret.of("hunter2")));

  @Test
  void theTailHoldsTheLastLinesInReadableForm() {
    for (int i = 1; i <= 50; i++) {
      log.accept("INFO|system|line " + i);
    }
    log.accept("ERROR|system|it broke");
    log.accept("\tat some.Code(Code.java:1)");

    assertThat(log.tail().lines())
        .hasSize(40)
        .endsWith("INFO system: line 50", "ERROR system: it broke", "\tat some.Code(Code.java:1)");
  }

  @Test
  void secretsAreMasked() {
    log.accept("ERROR|broker|failed with ExporterCfg{args={password=hunter2}}");

    assertThat(log.tail()).contains("password=***").doesNotContain("hunter2");
  }

  @Test
  void aTakenPortIsNoticed() {
    assertThat(log.addressInUse()).isFalse();
    log.accept("Caused by: java.net.BindException: Address already in use");
    assertThat(log.addressInUse()).isTrue();
  }
}
