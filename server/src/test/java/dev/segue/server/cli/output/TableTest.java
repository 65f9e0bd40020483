package dev.segue.server.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void numbersAndMoneyStandOnTheRightAndTextOnTheLeft() {
    Table table =
        new Table(
            List.of("ITEM", "PRICE", "COUNT"),
            List.of(List.of("Margherita", "9.50 EUR", "7"), List.of("Water", "12.00 EUR", "140")));

    assertThat(table.lines())
        .containsExactly(
            "ITEM            PRICE  COUNT",
            "Margherita   9.50 EUR      7",
            "Water       12.00 EUR    140");
  }

  @Test
  void columnsWithoutAnyTextAreLeftOut() {
    Table table = new Table(List.of("ID", "SITE", "STATE"), List.of(List.of("a", "", "active")));

    assertThat(table.lines()).containsExactly("ID  STATE", "a   active");
  }
}
