package dev.segue.bpmn.model;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import org.camunda.feel.syntaxtree.ArithmeticNegation;
import org.camunda.feel.syntaxtree.ConstNumber;
import org.camunda.feel.syntaxtree.EveryItem;
import org.camunda.feel.syntaxtree.Exp;
import org.camunda.feel.syntaxtree.Filter;
import org.camunda.feel.syntaxtree.For;
import org.camunda.feel.syntaxtree.IterationContext;
import org.camunda.feel.syntaxtree.SomeItem;
import org.jspecify.annotations.Nullable;
import scala.Product;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/** Reckons how often the loops of an expression go round at most. */
final class FeelLoops {

  /** More than anything that is let through; keeps products small. */
  private static final BigDecimal ENDLESS = BigDecimal.valueOf(Long.MAX_VALUE);

  private final BigDecimal listSize;

  private FeelLoops(int listSize) {
    this.listSize = BigDecimal.valueOf(listSize);
  }

  /**
   * Whether the loops within may go round more than so often.
   *
   * @param listSize how long each list may be
   */
  static boolean beyond(Object node, int listSize, int most) {
    return new FeelLoops(listSize).rounds(node).compareTo(BigDecimal.valueOf(most)) > 0;
  }

  private BigDecimal rounds(Object node) {
    return switch (node) {
      case For loop -> loop(iterators(loop.iterators()), loop.exp());
      case SomeItem loop -> loop(iterators(loop.iterators()), loop.condition());
      case EveryItem loop -> loop(iterators(loop.iterators()), loop.condition());
      case Filter filter -> loop(List.of(filter.list()), filter.filter());
      case IterationContext range -> count(range);
      case scala.collection.Iterable<?> items -> sum(CollectionConverters.asJava(items).iterator());
      case Product product -> sum(CollectionConverters.asJava(product.productIterator()));
      default -> BigDecimal.ZERO;
    };
  }

  /** What is looped over may itself be made by loops, and then is as long as they go round. */
  private BigDecimal loop(List<Object> over, Object body) {
    BigDecimal rounds = BigDecimal.ONE;
    for (Object each : over) {
      BigDecimal length =
          each instanceof IterationContext range ? count(range) : listSize.add(rounds(each));
      rounds = rounds.multiply(length).min(ENDLESS);
    }
    return rounds.multiply(BigDecimal.ONE.add(rounds(body))).min(ENDLESS);
  }

  private BigDecimal sum(Iterator<?> parts) {
    BigDecimal sum = BigDecimal.ZERO;
    while (parts.hasNext()) {
      sum = sum.add(rounds(parts.next())).min(ENDLESS);
    }
    return sum;
  }

  private static List<Object> iterators(scala.collection.immutable.List<Tuple2<String, Exp>> all) {
    return CollectionConverters.asJava(all).stream().<Object>map(Tuple2::_2).toList();
  }

  private static BigDecimal count(IterationContext range) {
    BigDecimal start = constant(range.start());
    BigDecimal end = constant(range.end());
    return start == null || end == null
        ? ENDLESS
        : end.subtract(start).abs().add(BigDecimal.ONE).min(ENDLESS);
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
