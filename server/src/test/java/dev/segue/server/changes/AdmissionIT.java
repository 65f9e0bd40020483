package dev.segue.server.changes;

import static dev.segue.server.storage.jooq.segue.Tables.AUDIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeSet;
import dev.segue.sdk.ChangeTarget;
import dev.segue.server.http.Json;
import dev.segue.server.people.Audit;
import dev.segue.server.steps.JobOutcome;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.storage.jooq.segue.tables.records.AuditRecord;
import dev.segue.server.storage.testing.TestPostgres;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AdmissionIT {

  private static DatabaseAddress address;
  private static Database database;

  private final ChangeSets sets = new ChangeSets();

  @BeforeAll
  static void open() {
    address = TestPostgres.shared().migrated();
    database = Database.open(address, DatabaseSettings.defaults());
  }

  @AfterAll
  static void close() {
    database.close();
    TestPostgres.shared().drop(address);
  }

  @Test
  void whatTheDiagramLetsThroughIsInTheTrail() {
    StoredChangeSet set = planned();

    assertThat(admission(ApplyRule.NONE).refusal(set, true)).isEmpty();
    assertThat(admission(ApplyRule.NONE).refusal(set, true)).as("again").isEmpty();

    assertThat(trail(set))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.getActor()).isEqualTo("segue");
              assertThat(entry.getAction()).isEqualTo("change-set.approve");
              assertThat(Json.parse(entry.getDetail().data()))
                  .isEqualTo(Json.object().put("by", "the diagram").put("hash", set.hash()));
            });
    assertThat(sets.find(database.jooq(), set.id()).orElseThrow().state())
        .isEqualTo(ChangeSetState.APPROVED);
  }

  @Test
  void whatARuleForbidsIsNotInTheTrail() {
    StoredChangeSet set = planned();

    assertThat(admission((tx, any) -> Optional.of("Ask somebody.")).refusal(set, true))
        .contains(new JobOutcome.Incident("Ask somebody."));

    assertThat(trail(set)).isEmpty();
  }

  private Admission admission(ApplyRule rule) {
    return new Admission(database, sets, rule, new Audit(database));
  }

  private static List<AuditRecord> trail(StoredChangeSet set) {
    return database
        .jooq()
        .selectFrom(AUDIT)
        .where(AUDIT.SUBJECT_KIND.eq("change-set"), AUDIT.SUBJECT_ID.eq(set.id().toString()))
        .fetch();
  }

  private StoredChangeSet planned() {
    Change change =
        Change.of(new ChangeTarget("sign", "door", "Door"), "Paint the door")
            .after("hue", 7)
            .build();
    return database.transaction(
        tx ->
            sets.insert(
                tx,
                new NewChangeSet(
                    UUID.randomUUID().toString(),
                    UUID.randomUUID(),
                    7L,
                    "paint",
                    "signs:paint-signs:1",
                    "1.0.0",
                    Map.of(),
                    null,
                    false,
                    null,
                    null,
                    "test",
                    new ChangeSet("Paint", "", List.of(change)))));
  }
}
