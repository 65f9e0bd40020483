package dev.segue.deploy;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a command ended.
 *
 * @param code its exit code
 * @param out what it printed as its result
 * @param err what it said besides
 */
record Exit(int code, String out, String err) {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** The result of a command that worked, as JSON. */
  JsonNode json() {
    ok();
    return JSON.readTree(out);
  }

  /** This, if the command worked. */
  Exit ok() {
    if (code != 0) {
      throw new AssertionError("exit code " + code + "\n" + out + "\n" + err);
    }
    return this;
  }
}
