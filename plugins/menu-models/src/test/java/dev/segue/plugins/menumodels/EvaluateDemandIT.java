package dev.segue.plugins.menumodels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segue.plugins.menumodels.demand.Evaluation;
import dev.segue.plugins.menumodels.demand.MadeUpSales;
import dev.segue.plugins.menumodels.demand.Sale;
import dev.segue.plugins.menumodels.demand.Surroundings;
import dev.segue.plugins.menumodels.demand.WalkForward;
import dev.segue.plugins.menumodels.demand.WeatherUse;
import dev.segue.plugins.menumodels.files.SalesFolder;
import dev.segue.plugins.menumodels.model.Algorithm;
import dev.segue.plugins.menumodels.model.DemandTrainer;
import dev.segue.plugins.menumodels.model.TrainingSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateDemandIT {

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return EvaluateDemand.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private void writeSales(int days) throws IOException {
    StringBuilder text = new StringBuilder("date,product_group,revenue\n");
    for (Sale sale : MadeUpSales.sales(days, 1)) {
      text.append(sale.day()).append(',').append(sale.item()).append(',').append(sale.quantity());
      text.append('\n');
    }
    Files.writeString(folder.resolve("sales_train.csv"), text);
  }

  @Test
  void printsModelAndNaiveMethodsPerHorizon() throws IOException {
    writeSales(200);

    int code = run(folder.toString(), "--test-days", "30", "--retrain-days", "30");

    assertThat(code).isZero();
    assertThat(printed())
        .contains("30 days with sales, 3 items")
        .containsPattern("1 +xgboost +0\\.\\d{4}")
        .containsPattern("7 +seasonal-naive +0\\.\\d{4}")
        .containsPattern("14 +seasonal-average +0\\.\\d{4}")
        .contains("below the best naive method");
  }

  @Test
  void takesTheSampleWhereTheFolderIsMissingAndSaysSo() throws IOException {
    writeSales(200);

    int code =
        run("nowhere", "--sample", folder.toString(), "--test-days", "20", "--retrain-days", "20");

    assertThat(code).isZero();
    assertThat(printed()).contains("nowhere").contains("synthetic");
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    assertThat(run()).isEqualTo(2);
    assertThat(run(folder.toString())).isEqualTo(1);
    assertThat(run(folder.toString(), "--seed")).isEqualTo(2);
    writeSales(90);
    assertThat(run(folder.toString(), "--test-days", "30")).isEqualTo(2);
    assertThat(run(folder.toString(), "--weather", "maybe")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("name a folder")
        .contains("holds neither")
        .contains("--seed needs a value")
        .contains("less than 12 weeks")
        .contains("[known, none, observed]");
  }

  @Test
  void beatsTheNaiveMethodsOnABakery() throws IOException {
    Optional<Path> bakery = Checkout.sharedData("bakery-kiel");
    assumeTrue(
        bakery.isPresent(), "skipped: the folder shared/data/bakery-kiel isn't beside the project");
    SalesFolder sales = SalesFolder.read(bakery.get(), "DE");
    int firstDay = sales.history().days() - 182;

    Evaluation evaluation =
        new WalkForward(List.of(1, 14), 182)
            .evaluate(
                sales.history(),
                new Surroundings(
                    sales.holidays(), sales.events(), sales.weather(), WeatherUse.KNOWN),
                firstDay,
                "xgboost",
                new DemandTrainer(TrainingSettings.of(Algorithm.XGBOOST, 1)).learner(),
                done -> {});

    assertThat(evaluation.improvement(1)).isGreaterThan(0.20);
    assertThat(evaluation.improvement(14)).isGreaterThan(0.15);
  }
}
