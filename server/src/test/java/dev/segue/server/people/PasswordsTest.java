package dev.segue.server.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PasswordsTest {

  private final Passwords passwords = new Passwords();

  @Test
  void recognisesAPasswordByItsSaltedHash() {
    String hash = passwords.hash("correct horse battery");
    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("horse");
    assertThat(passwords.hash("correct horse battery")).isNotEqualTo(hash);
    assertThat(passwords.matches("correct horse battery", hash)).isTrue();
    assertThat(passwords.matches("correct horse", hash)).isFalse();
  }

  @Test
  void nobodySignsInWithoutAPassword() {
    assertThat(passwords.matches("", Passwords.NONE)).isFalse();
    assertThat(passwords.matches(Passwords.NONE, Passwords.NONE)).isFalse();
  }

  @Test
  void blocksDoubleUpToAQuarterOfAnHour() {
    assertThat(SignInLimit.block(1)).isEqualTo(Duration.ofSeconds(2));
    assertThat(SignInLimit.block(4)).isEqualTo(Duration.ofSeconds(16));
    assertThat(SignInLimit.block(1_000)).isEqualTo(Duration.ofMinutes(15));
  }
}
