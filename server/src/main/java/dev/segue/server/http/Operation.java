package dev.segue.server.http;

import java.util.Map;
import java.util.Set;

/**
 * One operation of the contract and who answers it.
 *
 * @param id the operation id in the contract
 * @param access who may call it
 * @param handler answers it, on a virtual thread
 */
public record Operation(String id, Access access, Handler handler) {

  /** Who may call an operation. */
  public sealed interface Access {

    /** Anybody, signed in or not. */
    record Anybody() implements Access {}

    /** Whoever has at least one of the roles. */
    record AnyOf(Set<Role> roles) implements Access {
      public AnyOf {
        roles = Set.copyOf(roles);
      }
    }

    /** Whoever the operation's own gate lets in, and the handler then by the bytes of the body. */
    record Gated(Gate gate) implements Access {}
  }

  /** Looks at a call before its body is read. Blocks as it likes. */
  @FunctionalInterface
  public interface Gate {

    /**
     * Lets a call in.
     *
     * @return the most bytes of body that it may send
     * @throws ApiException if it must not go on
     */
    int admit(Head head);
  }

  /**
   * What is known of a call before its body.
   *
   * @param path its parameters by name
   * @param headers by name in lower case; the last one where a name comes twice
   * @param address the IP address that it came from
   */
  public record Head(Map<String, String> path, Map<String, String> headers, String address) {
    public Head {
      path = Map.copyOf(path);
      headers = Map.copyOf(headers);
    }
  }

  /** Answers a call. Blocks as it likes. */
  @FunctionalInterface
  public interface Handler {

    /**
     * Answers one call.
     *
     * @throws ApiException for what the caller should know
     * @throws Exception for faults: the caller gets a 500 with the id of the log entry
     */
    ApiResponse handle(ApiRequest request) throws Exception;
  }

  /** An operation for those who have the role. {@link Role#VIEWER} means all who are signed in. */
  public static Operation of(String id, Role role, Handler handler) {
    return of(id, Set.of(role), handler);
  }

  /** An operation for those who have at least one of the roles. */
  public static Operation of(String id, Set<Role> anyOf, Handler handler) {
    return new Operation(id, new Access.AnyOf(anyOf), handler);
  }

  /** An operation that needs no sign-in. */
  public static Operation open(String id, Handler handler) {
    return new Operation(id, new Access.Anybody(), handler);
  }

  /**
   * An operation that decides by itself who may call. Its handler gets the body's bytes as they
   * came, of whatever media type; neither they nor the query are held against the contract.
   */
  public static Operation gated(String id, Gate gate, Handler handler) {
    return new Operation(id, new Access.Gated(gate), handler);
  }
}
