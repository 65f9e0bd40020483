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
  private final SiteGroupRows groups = new SiteGroupRows();

  /** Works on that database. */
  public BusinessData(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  /** The site of that id. */
  public Optional<Site> site(String id) {
    return sites.find(database.jooq(), id).map(StoredSite::site);
  }

  /** All sites, by id. */
  public List<Site> sites() {
    return sites.all(database.jooq());
  }

  /** The ids of the sites of a group; empty if there is no such group. */
  public Optional<List<String>> sitesOfGroup(String group) {
    return groups.find(database.jooq(), group).map(SiteGroupRows.SiteGroup::sites);
  }

  /** The operations of the contract that belong to business data. */
  public List<Operation> operations() {
    return Stream.of(
            new SiteOperations(database, sites, audit).operations(),
            new SiteCalendarOperations(database, sites, audit).operations(),
            new SiteGroupOperations(database, groups, audit).operations(),
            new ItemOperations(database, sites, new ItemRows(), audit).operations(),
            new OutcomeOperations(database, sites).operations(),
            new SalesOperations(database, sites, Clock.systemUTC()).operations())
        .flatMap(List::stream)
        .toList();
  }
}
