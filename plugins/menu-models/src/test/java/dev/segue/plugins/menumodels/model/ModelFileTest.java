package dev.segue.plugins.menumodels.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import dev.segue.plugins.menumodels.demand.Absent;
import dev.segue.plugins.menumodels.demand.DemandData;
import dev.segue.plugins.menumodels.demand.DemandHistory;
import dev.segue.plugins.menumodels.demand.MadeUpSales;
import dev.segue.plugins.menumodels.demand.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tribuo.common.xgboost.protos.XGBoostModelProto;
import org.tribuo.protos.core.ModelProto;

class ModelFileTest {

  private static final DemandData DATA =
      new DemandData(
          DemandHistory.of(MadeUpSales.sales(200, 1), Absent.UNKNOWN), MadeUpSales.fairs(200));

  private static DemandModel model(Algorithm algorithm) {
    return new DemandTrainer(TrainingSettings.of(algorithm, 1).withTrees(4)).train(DATA);
  }

  private static DemandModel read(byte[] file) throws IOException {
    return ModelFile.read(new ByteArrayInputStream(file), ModelFile.sha256(file));
  }

  private static double[] forecast(DemandModel model) {
    return model
        .forItems(DATA.history().items())
        .forecast(
            List.of(new Target(0, 200), new Target(1, 205), new Target(2, 213)), DATA.asOf(199));
  }

  @ParameterizedTest
  @EnumSource
  void aModelForecastsTheSameAfterItsWayThroughAFile(Algorithm algorithm) throws IOException {
    DemandModel model = model(algorithm);

    DemandModel read = read(ModelFile.write(model));

    assertThat(forecast(read)).containsExactly(forecast(model));
    assertThat(read.algorithm()).isEqualTo(algorithm);
    assertThat(read.provenance()).hasSize(2).allMatch(text -> text.contains("trainer"));
  }

  @Test
  void refusesAFileWithAnotherHashThanTheRegisterSays() {
    byte[] file = ModelFile.write(model(Algorithm.XGBOOST));
    String expected = ModelFile.sha256(file);
    file[file.length / 2] ^= 1;

    assertThatThrownBy(() -> ModelFile.read(new ByteArrayInputStream(file), expected))
        .isInstanceOf(HostileModelException.class)
        .hasMessageContaining("hash")
        .hasMessageContaining("train the model again");
  }

  @Test
  void refusesAFileThatWasCutOffOrContinued() {
    byte[] file = ModelFile.write(model(Algorithm.XGBOOST));

    for (int length :
        new int[] {0, 4, 20, 100, file.length / 2, file.length - 1, file.length + 1}) {
      assertThatThrownBy(() -> read(Arrays.copyOf(file, length)))
          .as("%d of %d bytes", length, file.length)
          .isInstanceOf(HostileModelException.class);
    }
  }

  @Test
  void refusesAnythingElse() {
    assertThatThrownBy(() -> read("PK\3\4 not a model at all".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(HostileModelException.class)
        .hasMessageContaining("isn't a model file");
  }

  @Test
  void refusesAFileWithoutAnEnd() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 1;
          }

          @Override
          public int read(byte[] buffer, int from, int length) {
            return length;
          }
        };

    assertThatThrownBy(() -> ModelFile.read(endless, "0".repeat(64)))
        .isInstanceOf(HostileModelException.class)
        .hasMessageContaining("larger than");
  }

  @Test
  void refusesAProtobufThatNamesAForeignClassBeforeTheClassIsLoaded() {
    ModelProto honest = model(Algorithm.XGBOOST).bands().getFirst().model().serialize();
    ModelProto hostile = honest.toBuilder().setClassName(Trap.class.getName()).build();

    assertThatThrownBy(() -> ModelGuard.check(hostile))
        .isInstanceOf(HostileModelException.class)
        .hasMessageContaining(Trap.class.getName());
    assertThat(System.getProperty(Trap.SPRUNG)).isNull();
  }

  @Test
  void refusesAForeignClassDeepInside() throws IOException {
    ModelProto honest = model(Algorithm.XGBOOST).bands().getFirst().model().serialize();
    XGBoostModelProto inner = honest.getSerializedData().unpack(XGBoostModelProto.class);
    XGBoostModelProto altered =
        inner.toBuilder()
            .setConverter(inner.getConverter().toBuilder().setClassName(Trap.class.getName()))
            .build();
    ModelProto hostile = honest.toBuilder().setSerializedData(Any.pack(altered)).build();

    assertThatThrownBy(() -> ModelGuard.check(hostile))
        .isInstanceOf(HostileModelException.class)
        .hasMessageContaining(Trap.class.getName());
    assertThat(System.getProperty(Trap.SPRUNG)).isNull();
  }

  @Test
  void refusesModelsOfTribuoThatHoldJavaSerializedObjects() {
    ModelProto hostile =
        ModelProto.newBuilder()
            .setClassName("org.tribuo.regression.liblinear.LibLinearRegressionModel")
            .build();

    assertThatThrownBy(() -> ModelGuard.check(hostile)).isInstanceOf(HostileModelException.class);
  }

  @Test
  void refusesPartsOfAForeignType() {
    ModelProto hostile =
        ModelProto.newBuilder()
            .setClassName("org.tribuo.common.xgboost.XGBoostModel")
            .setSerializedData(
                Any.newBuilder()
                    .setTypeUrl("type.googleapis.com/evil.Payload")
                    .setValue(ByteString.copyFromUtf8("x")))
            .build();

    assertThatThrownBy(() -> ModelGuard.check(hostile))
        .isInstanceOf(HostileModelException.class)
        .hasMessageContaining("evil.Payload");
  }

  /** Leaves a trace when it is loaded and initialised. */
  static final class Trap {
    static final String SPRUNG = "menu-models.trap";

    static {
      System.setProperty("menu-models.trap", "sprung");
    }

    private Trap() {}
  }
}
