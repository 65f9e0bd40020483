package dev.segue.plugins.campaignmodels.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCampaignsTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return EvaluateCampaigns.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @Test
  void printsEachModelBesideWhatOneDoesWithoutAndSaysThatTheDataIsMadeUp(@TempDir Path folder)
      throws Exception {
    Files.writeString(
        folder.resolve("ads_train.csv"),
        "ad_id,age,gender,Clicks,Approved_Conversion\n1,30-34,M,900,90\n2,35-39,F,900,45\n");
    assertThat(run(folder.toString(), "--experiments", "20", "--seed", "3")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("All data is synthetic", "seed 3")
        .contains("| keep | 0.0 % | 0.0 % | 0.0 % |")
        .contains("| curves |", "| proportional |", "| truth |")
        .contains("| age 30-34 | 900 | 10.09 %")
        .contains("no verdict");
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(run("--seed")).isEqualTo(2);
    assertThat(run("--experiments", "two")).isEqualTo(2);
    assertThat(run("--experiments", "1")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("--seed needs a value", "not 'two'", "at least 10");
  }
}
