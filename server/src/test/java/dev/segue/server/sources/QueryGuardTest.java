package dev.segue.server.sources;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueryGuardTest {

  @Test
  void functionsOfAPlanAreToldFromNamesAndLiterals() {
    assertThat(QueryGuard.called("((t.\"'\" || pg_sleep('1'::double precision)) || t.\"'\")"))
        .containsExactly("pg_sleep");
    assertThat(QueryGuard.called("(t.\"f(1)\" || 'it''s g(1)' || \"H \"\"i\"\"\"(1) || j.k (2))"))
        .containsExactlyInAnyOrder("H \"i\"", "k");
  }
}
