package dev.segue.plugins.menumodels.model;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tribuo.common.tree.protos.TribuoTree;
import org.tribuo.common.xgboost.protos.TribuoXgboost;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.protos.core.TribuoCoreImpl;
import org.tribuo.regression.protos.TribuoRegressionCore;
import org.tribuo.regression.rtree.protos.TribuoRegressionTree;

/**
 * Looks through a protobuf before Tribuo does, which loads whatever class a file names.
 *
 * <p>Only the classes that this plugin's own models consist of are let through. None of them uses
 * Java serialization. Message types that aren't known are refused rather than skipped.
 */
final class ModelGuard {

  private static final int DEEPEST = 40;
  private static final String ANY = Any.getDescriptor().getFullName();
  private static final String CLASS_NAME = "class_name";
  private static final Map<String, Descriptor> TYPES = types();

  private static final Set<String> ALLOWED =
      Set.of(
          "com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl",
          "com.oracle.labs.mlrg.olcut.provenance.primitives.BooleanProvenance",
          "com.oracle.labs.mlrg.olcut.provenance.primitives.CharProvenance",
          "com.oracle.labs.mlrg.olcut.provenance.primitives.DateTimeProvenance",
          "com.oracle.labs.mlrg.olcut.provenance.primitives.DoubleProvenance",
          "com.oracle.labs.mlrg.olcut.provenance.primitives.EnumProvenance",
          "com.oracle.labs.mlrg.olcut.provenance.primitives.FloatProvenance",
          "com.oracle.labs.mlrg.olcut.provenance.primitives.IntProvenance",
          "com.oracle.labs.mlrg.olcut.provenance.primitives.LongProvenance",
          "com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance",
          "org.tribuo.CategoricalIDInfo",
          "org.tribuo.DataSource",
          "org.tribuo.ImmutableFeatureMap",
          "org.tribuo.MutableDataset",
          "org.tribuo.RealIDInfo",
          "org.tribuo.common.tree.LeafNode",
          "org.tribuo.common.tree.RandomForestTrainer",
          "org.tribuo.common.tree.SplitNode",
          "org.tribuo.common.tree.TreeModel",
          "org.tribuo.common.xgboost.XGBoostModel",
          "org.tribuo.dataset.DatasetView",
          "org.tribuo.dataset.DatasetView$DatasetViewProvenance",
          "org.tribuo.ensemble.WeightedEnsembleModel",
          "org.tribuo.provenance.DatasetProvenance",
          "org.tribuo.provenance.EnsembleModelProvenance",
          "org.tribuo.provenance.ModelProvenance",
          "org.tribuo.provenance.SimpleDataSourceProvenance",
          "org.tribuo.provenance.impl.TrainerProvenanceImpl",
          "org.tribuo.regression.ImmutableRegressionInfo",
          "org.tribuo.regression.RegressionFactory",
          "org.tribuo.regression.RegressionFactory$RegressionFactoryProvenance",
          "org.tribuo.regression.Regressor$DimensionTuple",
          "org.tribuo.regression.ensemble.AveragingCombiner",
          "org.tribuo.regression.rtree.CARTRegressionTrainer",
          "org.tribuo.regression.rtree.IndependentRegressionTreeModel",
          "org.tribuo.regression.rtree.impurity.MeanSquaredError",
          "org.tribuo.regression.xgboost.XGBoostRegressionConverter",
          "org.tribuo.regression.xgboost.XGBoostRegressionTrainer");

  private ModelGuard() {}

  /**
   * Checks a model.
   *
   * @throws HostileModelException if it names a class or a message type that isn't allowed
   */
  static void check(ModelProto model) throws HostileModelException {
    try {
      walk(model, 0);
    } catch (InvalidProtocolBufferException e) {
      throw new HostileModelException("the model file is damaged", e);
    }
  }

  private static void walk(Message message, int depth)
      throws HostileModelException, InvalidProtocolBufferException {
    if (depth > DEEPEST) {
      throw new HostileModelException("the model file is nested too deeply");
    }
    if (message.getDescriptorForType().getFullName().equals(ANY)) {
      walk(unpacked(Any.parseFrom(message.toByteString())), depth + 1);
      return;
    }
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      Object value = field.getValue();
      for (Object each : value instanceof Collection<?> many ? many : List.of(value)) {
        if (each instanceof Message inner) {
          walk(inner, depth + 1);
        } else if (each instanceof String text && field.getKey().getName().endsWith(CLASS_NAME)) {
          refuseForeign(text);
        }
      }
    }
  }

  private static Message unpacked(Any any)
      throws HostileModelException, InvalidProtocolBufferException {
    String type = any.getTypeUrl().substring(any.getTypeUrl().lastIndexOf('/') + 1);
    Descriptor descriptor = TYPES.get(type);
    if (descriptor == null) {
      throw new HostileModelException("the model file holds a part of the foreign type " + type);
    }
    return DynamicMessage.parseFrom(descriptor, any.getValue());
  }

  private static void refuseForeign(String className) throws HostileModelException {
    if (!ALLOWED.contains(className)) {
      throw new HostileModelException("the model file names the foreign class " + className);
    }
  }

  private static Map<String, Descriptor> types() {
    Map<String, Descriptor> types = new HashMap<>();
    for (FileDescriptor file :
        List.of(
            TribuoCoreImpl.getDescriptor(),
            TribuoXgboost.getDescriptor(),
            TribuoTree.getDescriptor(),
            TribuoRegressionCore.getDescriptor(),
            TribuoRegressionTree.getDescriptor())) {
      file.getMessageTypes().forEach(type -> types.put(type.getFullName(), type));
    }
    return Map.copyOf(types);
  }
}
