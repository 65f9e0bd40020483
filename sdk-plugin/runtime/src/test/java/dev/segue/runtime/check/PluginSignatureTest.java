package dev.segue.runtime.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import org.junit.jupiter.api.Test;

class PluginSignatureTest {

  private static final byte[] ZIP = "a zip".getBytes(StandardCharsets.UTF_8);

  private final String keys = PluginSignature.newKeys();
  private final PublicKey known = PluginSignature.publicKey(keys);

  @Test
  void fitsTheSignedBytesAndNoOthers() {
    PluginSignature signature =
        PluginSignature.parse(PluginSignature.sign(keys, ZIP).toString() + "\n");

    assertThat(signature.keyId()).isEqualTo(PluginSignature.keyId(known)).hasSize(16);
    assertThat(signature.fits(known, ZIP)).isTrue();
    assertThat(signature.fits(known, "a Zip".getBytes(StandardCharsets.UTF_8))).isFalse();
    assertThat(signature.fits(PluginSignature.publicKey(PluginSignature.newKeys()), ZIP)).isFalse();
  }

  @Test
  void aPublicKeyIsWrittenAsItIsRead() {
    assertThat(PluginSignature.publicKey(PluginSignature.publicPem(known))).isEqualTo(known);
    assertThat(PluginSignature.publicPem(known)).doesNotContain("PRIVATE");
  }

  @Test
  void saysWhatItCantRead() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PluginSignature.parse("rsa:1:2"))
        .withMessageContaining("segue plugins sign");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PluginSignature.publicKey("no key"))
        .withMessageContaining("PUBLIC KEY");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PluginSignature.sign(PluginSignature.publicPem(known), ZIP))
        .withMessageContaining("PRIVATE KEY");
  }
}
