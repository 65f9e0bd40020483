package dev.segue.server.data;

import dev.segue.sdk.Site;
import dev.segue.server.http.Operation;
import dev.segue.server.people.Audit;
import dev.segue.server.storage.Database;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Sites, what they sell, and what workflows made of it. Thread-safe. */
public final class BusinessData {

  private final Database database;
  private final Audit audit;
  private final SiteRows sites = new SiteRows();

  /** Works on that database. */
  public BusinessData(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  /** The site of that id. */
  public Optional<Site> site(String id) {
    return sites.find(database.jooq(), id).map(StoredSite::site);
  }

  /** The operations of the contract that belong to business data. */
  public List<Operation> operations() {
    return Stream.of(
            new SiteOperations(database, sites, audit).operations(),
            new ItemOperations(database, sites, new ItemRows(), audit).operations(),
            new OutcomeOperations(database, sites).operations(),
            new SalesOperations(database, sites, Clock.systemUTC()).operations())
        .flatMap(List::stream)
        .toList();
  }
}
