package dev.segue.plugins.menumodels.model;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.segue.plugins.menumodels.demand.Band;
import dev.segue.plugins.menumodels.demand.FeatureSet;
import dev.segue.plugins.menumodels.model.DemandModel.BandModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.tribuo.Model;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.regression.Regressor;

/**
 * The file a model is kept in: a header of our own, then Tribuo's protobuf per band of horizons.
 *
 * <p>Reading trusts nothing: the size is bounded, the hash must be the expected one, the class
 * names are checked before a class is loaded, and nothing goes through Java serialization.
 */
public final class ModelFile {

  /** What artifacts with model files are called. */
  public static final String MEDIA_TYPE = "application/vnd.segue.demand-model";

  /** The greatest size of a file in bytes. */
  public static final int MOST_BYTES = 64 * 1024 * 1024;

  private static final long MAGIC = 0x5345_4755_4544_4d31L;
  private static final int MOST_ITEMS = 100_000;

  private ModelFile() {}

  /** Writes a model. */
  public static byte[] write(DemandModel model) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(MAGIC);
      out.writeInt(FeatureSet.VERSION);
      out.writeUTF(model.algorithm().name());
      out.writeInt(model.items().size());
      for (Map.Entry<String, ItemStatistics> item : model.items().entrySet()) {
        out.writeUTF(item.getKey());
        out.writeInt(item.getValue().rank());
        out.writeDouble(item.getValue().meanLog());
        out.writeDouble(item.getValue().correction());
      }
      out.writeInt(model.bands().size());
      for (BandModel band : model.bands()) {
        byte[] proto = band.model().serialize().toByteArray();
        out.writeInt(band.band().from());
        out.writeInt(band.band().to());
        out.writeInt(proto.length);
        out.write(proto);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a model.
   *
   * @param in read to its end, not closed
   * @param expectedSha256 what the registry says, in 64 lower-case hex digits
   * @return the model
   * @throws HostileModelException if it isn't what the registry says, or not a model of this
   *     version
   * @throws IOException if it can't be read
   */
  public static DemandModel read(InputStream in, String expectedSha256) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new HostileModelException("the model file is larger than " + MOST_BYTES + " bytes");
    }
    String found = sha256(bytes);
    if (!found.equals(expectedSha256)) {
      throw new HostileModelException(
          "the model file has the hash "
              + found
              + " and not "
              + expectedSha256
              + ", as the registry says");
    }
    try (DataInputStream data = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return read(data);
    } catch (EOFException | InvalidProtocolBufferException e) {
      throw new HostileModelException("the model file is damaged", e);
    }
  }

  private static DemandModel read(DataInputStream data) throws IOException {
    if (data.readLong() != MAGIC) {
      throw new HostileModelException("this isn't a model file");
    }
    int version = data.readInt();
    if (version != FeatureSet.VERSION) {
      throw new HostileModelException(
          "the model was trained on version "
              + version
              + " of the features, and this is version "
              + FeatureSet.VERSION);
    }
    Algorithm algorithm = algorithm(data.readUTF());
    Map<String, ItemStatistics> items = new HashMap<>();
    int count = bounded("items", data.readInt(), MOST_ITEMS);
    for (int i = 0; i < count; i++) {
      items.put(
          data.readUTF(), new ItemStatistics(data.readInt(), data.readDouble(), data.readDouble()));
    }
    List<BandModel> bands = new ArrayList<>();
    int bandCount = bounded("bands", data.readInt(), Band.ALL.size());
    for (int i = 0; i < bandCount; i++) {
      bands.add(band(data));
    }
    if (bands.isEmpty() || data.available() > 0) {
      throw new HostileModelException("the model file is damaged");
    }
    return new DemandModel(algorithm, items, bands);
  }

  private static BandModel band(DataInputStream data) throws IOException {
    int from = data.readInt();
    int to = data.readInt();
    Band band =
        Band.ALL.stream()
            .filter(each -> each.from() == from && each.to() == to)
            .findFirst()
            .orElseThrow(() -> new HostileModelException("the model file has unknown horizons"));
    int length = bounded("bytes", data.readInt(), data.available());
    ModelProto proto = ModelProto.parseFrom(data.readNBytes(length));
    ModelGuard.check(proto);
    return new BandModel(band, model(proto));
  }

  private static Model<Regressor> model(ModelProto proto) throws HostileModelException {
    try {
      Model<Regressor> model = Model.deserialize(proto).castModel(Regressor.class);
      Regression.keepToOneThread(model);
      return model;
    } catch (IllegalStateException | IllegalArgumentException | ClassCastException e) {
      throw new HostileModelException("the model file is damaged", e);
    }
  }

  private static Algorithm algorithm(String name) throws HostileModelException {
    for (Algorithm algorithm : Algorithm.values()) {
      if (algorithm.name().equals(name)) {
        return algorithm;
      }
    }
    throw new HostileModelException("the model file is of an unknown kind");
  }

  private static int bounded(String what, int value, int most) throws HostileModelException {
    if (value < 0 || value > most) {
      throw new HostileModelException(
          "the model file claims " + value + " " + what + ", of which at most " + most + " can be");
    }
    return value;
  }

  /** Hashes bytes to 64 lower-case hex digits. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
