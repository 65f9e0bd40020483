package dev.segue.server.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTextTest {

  @Test
  void thePeriodBecomesParametersAndNothingElseDoes() throws SourceException {
    QueryText query =
        QueryText.parse(
            "select ordered_at as time, ':from' as a, 1::int as value -- :to\n"
                + "from data.sales_order where ordered_at >= :from and ordered_at<:to /* :x */");
    assertThat(query.parameters()).containsExactly("from", "to");
    assertThat(query.sql())
        .isEqualTo(
            "select ordered_at as time, ':from' as a, 1::int as value -- :to\n"
                + "from data.sales_order where ordered_at >= ?::timestamptz and"
                + " ordered_at<?::timestamptz /* :x */");
  }

  @Test
  void operatorsWithQuestionMarksStayOperators() throws SourceException {
    assertThat(QueryText.parse("select attributes ? 'vip' from data.customer").sql())
        .isEqualTo("select attributes ?? 'vip' from data.customer");
  }

  @Test
  void aSemicolonMayEndIt() throws SourceException {
    assertThat(QueryText.parse("select 1 ; -- done\n").sql()).isEqualTo("select 1  -- done\n");
    assertThat(QueryText.parse("select ';', $$;$$, $a$;$$;$a$, E'\\';', \";\"").parameters())
        .isEmpty();
  }

  @Test
  void whatItCallsIsSeenHoweverItIsWritten() throws SourceException {
    assertThat(
            QueryText.parse(
                    """
                    select Count(*), 'a' || ' b(1)', E'c\\'d(1)', $$ e(1) $$, $x$ f(1) $x$, 3*(g)
                    from data.site -- h(1)\ri  (1), "J ""k\"""(1), data."l" -- l
                      /* m */ (1), n$o(1), pé(1) /* q(1) /* */ r(1) */, (s), "t.u(1)" . v(1)
                    limit w\u000b(1)
                    """)
                .called())
        .containsExactlyInAnyOrder("count", "i", "J \"k\"", "l", "n$o", "pé", "v", "w");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1; delete from data.site",
        "select 1) q; drop schema data; select * from (select 1",
        "select 'a;b'; select 2",
        "select :nobody",
        "select $1",
        "select 'no end",
        "select \"no end",
        "select $x$ no end",
        "select 1 /* /* no */ end",
        "select 1 -- one\r; select 2",
        "select U&\"pg\\005fsleep\"(1)",
        "select E'a'\n'b\\'' || pg_sleep(1)::text || ''"
      })
  void whatIsNoSingleQueryIsRefused(String text) {
    assertThatThrownBy(() -> QueryText.parse(text)).isInstanceOf(SourceException.class);
  }
}
