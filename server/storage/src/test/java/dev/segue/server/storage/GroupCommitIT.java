package dev.segue.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.segue.server.storage.testing.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupCommitIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TestPostgres postgres = TestPostgres.shared();
  private final List<List<Integer>> batches = new CopyOnWriteArrayList<>();
  private final CountDownLatch held = new CountDownLatch(1);
  private DatabaseAddress address;
  private Database database;

  @BeforeEach
  void open() {
    address = postgres.migrated();
    database = Database.open(address, DatabaseSettings.defaults());
    database.jooq().execute("create table segue.note (id int primary key)");
  }

  @AfterEach
  void close() {
    database.close();
    postgres.drop(address);
  }

  @Test
  void commitsTogetherWhatGathersWhileAnotherTransactionIsOnItsWay() throws Exception {
    GroupCommit<Integer, String> notes =
        GroupCommit.ofTransactions(database, 100, Duration.ZERO, this::insertAfterZero);
    CompletableFuture<String> first = notes.submit(0);
    await().atMost(PATIENCE).until(() -> batches.size() == 1);
    List<CompletableFuture<String>> others =
        IntStream.rangeClosed(1, 20).mapToObj(notes::submit).toList();
    assertThat(others).noneMatch(CompletableFuture::isDone);

    held.countDown();

    assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo("note 0");
    for (int i = 0; i < 20; i++) {
      assertThat(others.get(i).get(60, TimeUnit.SECONDS)).isEqualTo("note " + (i + 1));
    }
    assertThat(batches).hasSize(2);
    assertThat(batches.get(1)).hasSize(20);
    assertThat(count()).isEqualTo(21);
  }

  @Test
  void refusesOneWithoutTheOthersThatCameWithIt() throws Exception {
    GroupCommit<Integer, String> notes =
        GroupCommit.ofStatements(database, 100, Duration.ZERO, this::insertAfterZero);
    CompletableFuture<String> first = notes.submit(0);
    await().atMost(PATIENCE).until(() -> batches.size() == 1);
    CompletableFuture<String> again = notes.submit(0);
    CompletableFuture<String> second = notes.submit(2);
    held.countDown();

    assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo("note 0");
    assertThat(second.get(60, TimeUnit.SECONDS)).isEqualTo("note 2");
    assertThat(again).failsWithin(PATIENCE).withThrowableThat().withMessageContaining("note_pkey");
    assertThatThrownBy(() -> notes.write(2)).isInstanceOf(DataAccessException.class);
    assertThat(notes.write(3)).isEqualTo("note 3");
    assertThat(count()).isEqualTo(3);
  }

  @Test
  void failsAllAtOnceWhenTheDatabaseIsAway() {
    held.countDown();
    GroupCommit<Integer, String> notes =
        GroupCommit.ofTransactions(database, 100, Duration.ofHours(1), this::insertAfterZero);
    List<CompletableFuture<String>> waiting =
        IntStream.range(0, 5).mapToObj(notes::submit).toList();
    database.close();
    notes.flush();

    assertThat(waiting).allMatch(CompletableFuture::isCompletedExceptionally);
    assertThat(batches).isEmpty();
  }

  private List<String> insertAfterZero(DSLContext db, List<Integer> ids) {
    batches.add(new ArrayList<>(ids));
    if (ids.equals(List.of(0))) {
      awaitHeld();
    }
    db.execute(
        "insert into segue.note select unnest(?::int[])", (Object) ids.toArray(Integer[]::new));
    return ids.stream().map(id -> "note " + id).toList();
  }

  private void awaitHeld() {
    try {
      assertThat(held.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private int count() {
    return database.jooq().fetchSingle("select count(*) from segue.note").get(0, Integer.class);
  }
}
