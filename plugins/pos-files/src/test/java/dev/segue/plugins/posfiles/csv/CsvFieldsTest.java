package dev.segue.plugins.posfiles.csv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CsvFieldsTest {

  @Test
  void takesOffQuotesAndBlanks() {
    assertThat(CsvFields.split(" 1 , \"a, b\" ,\"say \"\"hi\"\"\",", ','))
        .containsExactly("1", "a, b", "say \"hi\"", "");
  }

  @Test
  void splitsAtTabulatorsWithoutLosingEmptyFields() {
    assertThat(CsvFields.split("a\t\t\"b\tc\"", '\t')).containsExactly("a", "", "b\tc");
  }
}
