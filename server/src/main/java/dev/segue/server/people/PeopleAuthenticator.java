package dev.segue.server.people;

import dev.segue.server.http.Authenticator;
import dev.segue.server.http.Principal.Door;
import dev.segue.server.http.Role;
import dev.segue.server.people.ApiTokens.ApiToken;
import dev.segue.server.people.Sessions.Session;
import dev.segue.server.storage.Database;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;

/** Recognises sessions and tokens. */
final class PeopleAuthenticator implements Authenticator {

  private final Database database;
  private final Accounts accounts;
  private final Sessions sessions;
  private final ApiTokens tokens;

  PeopleAuthenticator(Database database, Accounts accounts, Sessions sessions, ApiTokens tokens) {
    this.database = database;
    this.accounts = accounts;
    this.sessions = sessions;
    this.tokens = tokens;
  }

  @Override
  public Optional<Authentication> authenticate(Credentials credentials) {
    DSLContext db = database.jooq();
    return switch (credentials) {
      case Credentials.Session(String cookie) ->
          sessions.find(db, cookie).flatMap(session -> bySession(db, session));
      case Credentials.Token(String value) ->
          tokens.find(db, value).flatMap(token -> byToken(db, token));
    };
  }

  @Override
  public Optional<Authentication> lookUp(Credentials credentials) {
    DSLContext db = database.jooq();
    return switch (credentials) {
      case Credentials.Session(String cookie) ->
          sessions.lookUp(db, cookie).flatMap(session -> bySession(db, session));
      case Credentials.Token(String value) ->
          tokens.lookUp(db, value).flatMap(token -> byToken(db, token));
    };
  }

  private Optional<Authentication> bySession(DSLContext db, Session session) {
    return accounts
        .byId(db, session.accountId())
        .filter(account -> !account.disabled())
        .map(account -> bySession(account, session.csrfToken()));
  }

  private Optional<Authentication> byToken(DSLContext db, ApiToken token) {
    return accounts
        .byId(db, token.accountId())
        .filter(account -> !account.disabled())
        .map(account -> byToken(account, token));
  }

  private static Authentication bySession(Account account, String csrfToken) {
    return new Authentication(
        account.principal(Role.expand(account.roles()), Door.SESSION), csrfToken);
  }

  private static Authentication byToken(Account account, ApiToken token) {
    Set<Role> roles = new HashSet<>(Role.expand(account.roles()));
    roles.retainAll(Role.expand(token.roles()));
    return new Authentication(account.principal(roles, Door.TOKEN), null);
  }
}
