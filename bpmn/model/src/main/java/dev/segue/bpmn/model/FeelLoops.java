package dev.segue.bpmn.model;

import java.math.BigDecimal;
import java.util.Iterator;
import org.camunda.feel.syntaxtree.ArithmeticNegation;
import org.camunda.feel.syntaxtree.ConstNumber;
import org.camunda.feel.syntaxtree.Exp;
import org.camunda.feel.syntaxtree.IterationContext;
import org.jspecify.annotations.Nullable;
import scala.Product;
import scala.jdk.javaapi.CollectionConverters;

/** Finds loops over ranges of numbers in what was parsed. */
final class FeelLoops {

  private FeelLoops() {}

  /** Whether a range within may have more than that many numbers. */
  static boolean beyond(Object node, int most) {
    if (node instanceof IterationContext range && count(range).compareTo(count(most)) > 0) {
      return true;
    }
    Iterator<?> parts =
        switch (node) {
          case scala.collection.Iterable<?> items -> CollectionConverters.asJava(items).iterator();
          case Product product -> CollectionConverters.asJava(product.productIterator());
          default -> null;
        };
    while (parts != null && parts.hasNext()) {
      if (beyond(parts.next(), most)) {
        return true;
      }
    }
    return false;
  }

  private static BigDecimal count(IterationContext range) {
    BigDecimal start = constant(range.start());
    BigDecimal end = constant(range.end());
    return start == null || end == null
        ? count(Long.MAX_VALUE)
        : end.subtract(start).abs().add(BigDecimal.ONE);
  }

  private static BigDecimal count(long count) {
    return BigDecimal.valueOf(count);
  }

  private static @Nullable BigDecimal constant(Exp exp) {
    if (exp instanceof ConstNumber number) {
      return number.value().bigDecimal();
    }
    if (exp instanceof ArithmeticNegation negated) {
      BigDecimal number = constant(negated.x());
      return number == null ? null : number.negate();
    }
    return null;
  }
}
