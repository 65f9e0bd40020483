package dev.segue.server.triggers.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.server.http.Json;
import dev.segue.server.triggers.webhooks.Signatures.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Each scheme by signatures that others have published, or that another program made. */
class SignaturesTest {

  private static final String STANDARD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String STANDARD_BODY = "{\"test\": 2432232314}";
  private static final String STANDARD_SIGNATURE =
      "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
  private static final Instant STANDARD_TIME = Instant.ofEpochSecond(1614265330);

  private static final String STRIPE_SIGNATURE =
      "36d09d271637167b5a34d664595eaf8425b4d6854dc45bd05ac823fd7f531358";
  private static final Instant STRIPE_TIME = Instant.ofEpochSecond(1492774577);

  @Test
  void standardWebhooksSignIdTimeAndBody() {
    assertThat(standard(STANDARD_SIGNATURE, STANDARD_TIME)).isEqualTo(Verdict.GOOD);
    assertThat(standard("v1,AAAA v1a,BBBB " + STANDARD_SIGNATURE, STANDARD_TIME))
        .isEqualTo(Verdict.GOOD);
    assertThat(standard(STANDARD_SIGNATURE.replace("g0hM", "h0hM"), STANDARD_TIME))
        .isEqualTo(Verdict.BAD);
    assertThat(standard("v2" + STANDARD_SIGNATURE.substring(2), STANDARD_TIME))
        .isEqualTo(Verdict.BAD);
    assertThat(standard("", STANDARD_TIME)).isEqualTo(Verdict.BAD);
    assertThat(standard("v1,not Base64", STANDARD_TIME)).isEqualTo(Verdict.BAD);
  }

  @Test
  void aCallThatIsTooOldOrOfTheFutureIsStale() {
    assertThat(standard(STANDARD_SIGNATURE, STANDARD_TIME.plusSeconds(300)))
        .isEqualTo(Verdict.GOOD);
    assertThat(standard(STANDARD_SIGNATURE, STANDARD_TIME.plusSeconds(301)))
        .isEqualTo(Verdict.STALE);
    assertThat(standard(STANDARD_SIGNATURE, STANDARD_TIME.minusSeconds(301)))
        .isEqualTo(Verdict.STALE);
  }

  @Test
  void anyOfTheSecretsThatHoldWillDo() {
    Map<String, String> headers = standardHeaders(STANDARD_SIGNATURE);
    WebhookSettings settings = settings(Map.of());
    byte[] body = bytes(STANDARD_BODY);
    assertThat(
            Signatures.judge(
                settings, List.of("whsec_AAAA", STANDARD_SECRET), headers, body, STANDARD_TIME))
        .isEqualTo(Verdict.GOOD);
    assertThat(Signatures.judge(settings, List.of("whsec_AAAA"), headers, body, STANDARD_TIME))
        .isEqualTo(Verdict.BAD);
    assertThat(Signatures.judge(settings, List.of(), headers, body, STANDARD_TIME))
        .isEqualTo(Verdict.BAD);
  }

  @Test
  void gitHubSignsTheBody() {
    WebhookSettings settings = settings(Map.of("scheme", "github"));
    String good = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    assertThat(github(settings, good, "Hello, World!")).isEqualTo(Verdict.GOOD);
    assertThat(github(settings, good, "Hello, World?")).isEqualTo(Verdict.BAD);
    assertThat(github(settings, good.substring(7), "Hello, World!")).isEqualTo(Verdict.BAD);
    assertThat(github(settings, "sha256=xyz", "Hello, World!")).isEqualTo(Verdict.BAD);
  }

  @Test
  void stripeSignsTimeAndBody() {
    assertThat(stripe("t=1492774577,v1=" + STRIPE_SIGNATURE, STRIPE_TIME)).isEqualTo(Verdict.GOOD);
    assertThat(stripe("t=1492774577,v1=00,v1=" + STRIPE_SIGNATURE + ",v0=1", STRIPE_TIME))
        .isEqualTo(Verdict.GOOD);
    assertThat(stripe("t=1492774578,v1=" + STRIPE_SIGNATURE, STRIPE_TIME)).isEqualTo(Verdict.BAD);
    assertThat(stripe("v1=" + STRIPE_SIGNATURE, STRIPE_TIME)).isEqualTo(Verdict.BAD);
    assertThat(stripe("t=1492774577,v1=" + STRIPE_SIGNATURE, STRIPE_TIME.plusSeconds(400)))
        .isEqualTo(Verdict.STALE);
  }

  @Test
  void aHeaderOfOnesOwnHoldsTheBodysSignature() {
    Map<String, Object> own =
        Map.of(
            "scheme", "header", "header", "X-Shop-Signature", "encoding", "base64", "prefix", "v=");
    WebhookSettings settings = settings(own);
    String good = "v=15WYmQcqtNus+0n8qOt0TvIJWy0GzRMDSKAzLt24guA=";
    assertThat(own(settings, good)).isEqualTo(Verdict.GOOD);
    assertThat(own(settings, good.substring(2))).isEqualTo(Verdict.BAD);
  }

  private static Verdict standard(String signature, Instant now) {
    return Signatures.judge(
        settings(Map.of()),
        List.of(STANDARD_SECRET),
        standardHeaders(signature),
        bytes(STANDARD_BODY),
        now);
  }

  private static Map<String, String> standardHeaders(String signature) {
    return Map.of(
        "webhook-id",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp",
        "1614265330",
        "webhook-signature",
        signature);
  }

  private static Verdict github(WebhookSettings settings, String signature, String body) {
    return Signatures.judge(
        settings,
        List.of("It's a Secret to Everybody"),
        Map.of("x-hub-signature-256", signature),
        bytes(body),
        Instant.EPOCH);
  }

  private static Verdict stripe(String header, Instant now) {
    return Signatures.judge(
        settings(Map.of("scheme", "stripe")),
        List.of("whsec_test_secret_of_ours"),
        Map.of("stripe-signature", header),
        bytes("{\"id\":\"evt_1\"}"),
        now);
  }

  private static Verdict own(WebhookSettings settings, String signature) {
    return Signatures.judge(
        settings,
        List.of("hush-hush-hush-hush"),
        Map.of("x-shop-signature", signature),
        bytes("{\"a\":1}"),
        Instant.EPOCH);
  }

  private static WebhookSettings settings(Map<String, Object> written) {
    return WebhookSettings.read((ObjectNode) Json.tree(written));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
